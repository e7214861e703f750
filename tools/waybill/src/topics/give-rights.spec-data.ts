import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Kafka,
  ResourcePatternTypes,
} from 'kafkajs';
import type { AclRule } from './acls';

/** Tells the broker of rules, as kafka-acls does. */
export async function giveRights(kafka: Kafka, rules: readonly AclRule[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createAcls({
    acl: rules.flatMap((rule) => rule.operations.map((operation) => entryOf(rule, operation))),
  });
  await admin.disconnect();
}

const operations = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Describe: AclOperationTypes.DESCRIBE,
  Create: AclOperationTypes.CREATE,
  Delete: AclOperationTypes.DELETE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  AlterConfigs: AclOperationTypes.ALTER_CONFIGS,
} as const satisfies Record<AclRule['operations'][number], AclOperationTypes>;

/** A rule as kafkajs takes it. */
export function entryOf({ principal, resource, pattern, name }: AclRule, operation: keyof typeof operations) {
  return {
    principal,
    host: '*',
    resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    resourceName: name,
    resourcePatternType: pattern === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
    operation: operations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}

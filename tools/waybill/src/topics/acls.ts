import type { TopicSpec } from '@waybill/contracts';

type Operation = 'Read' | 'Write' | 'Describe' | 'Create' | 'Delete' | 'DescribeConfigs' | 'AlterConfigs';

/** A right of one user: allowed, from every host. Whatever no rule allows, the broker refuses. */
export interface AclRule {
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly pattern: 'literal' | 'prefixed';
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** Whoever uses Waybill and is none of its services. */
export const aclRoles = ['producers', 'carriers', 'readers', 'operators', 'provisioners'] as const;
export type AclRole = (typeof aclRoles)[number];

/** Users by role; a role that is not named is one user of that name. */
export type RoleUsers = Partial<Readonly<Record<AclRole, readonly string[]>>>;

/** What the manifest calls writers and readers that are no service. */
const outsiders = {
  producers: 'any producer',
  carriers: 'carriers',
  readers: 'anyone',
  operators: 'operators',
  askers: 'whoever asked for a reply',
} as const;

/**
 * The least rights that everybody needs, from what the topic manifest says of writers and readers. Read and Write bring
 * Describe with them, Write brings what an idempotent producer needs.
 */
export function aclsOf(manifest: readonly TopicSpec[], roleUsers: RoleUsers = {}): AclRule[] {
  const services = servicesOf(manifest);
  return [
    ...services.flatMap((service) => ofService(manifest, service)),
    ...aclRoles.flatMap((role) =>
      (roleUsers[role] ?? [role]).flatMap((user) => ofRole(manifest, role, user, services)),
    ),
  ];
}

/** All services that the manifest names. */
export function servicesOf(manifest: readonly TopicSpec[]): string[] {
  const names = new Set(manifest.flatMap(({ writers, readers }) => [...writers, ...readers]));
  for (const outsider of Object.values(outsiders)) names.delete(outsider);
  return [...names];
}

/** A service owns the consumer groups that have its name, or begin with it and a dot. */
function ofService(manifest: readonly TopicSpec[], service: string): AclRule[] {
  const rules = granting(service);
  return [
    ...manifest.flatMap(({ name, writers, readers }) =>
      rules.topic(name, [
        ...(readers.includes(service) ? (['Read'] as const) : []),
        ...(writers.includes(service) ? (['Write'] as const) : []),
      ]),
    ),
    rules.group('literal', service, ['Read']),
    // looks back at single records, and figures that were counted anew, have groups that go when they are done
    rules.group('prefixed', `${service}.`, ['Read', 'Delete']),
  ];
}

function ofRole(
  manifest: readonly TopicSpec[],
  role: AclRole,
  user: string,
  services: readonly string[],
): AclRule[] {
  const rules = granting(user);
  const own = rules.group('prefixed', `${user}-`, ['Read']);
  switch (role) {
    case 'producers':
    case 'carriers': {
      const written = manifest.filter(({ writers }) => writers.includes(outsiders[role]));
      const owners = new Set(written.map(({ owner }) => owner));
      const replies = manifest.filter(
        ({ owner, readers }) => owners.has(owner) && readers.includes(outsiders.askers),
      );
      return [
        ...written.flatMap(({ name }) => rules.topic(name, ['Write'])),
        ...replies.flatMap(({ name }) => rules.topic(name, ['Read'])),
        own,
      ];
    }
    case 'readers':
      return [
        ...manifest
          .filter(({ readers }) => readers.includes(outsiders.readers))
          .flatMap(({ name }) => rules.topic(name, ['Read'])),
        own,
      ];
    case 'operators':
      return [
        // what the command line shows is read from the topics; what it sends back goes where a caller's command goes
        ...manifest.flatMap(({ name, owner, writers }) =>
          rules.topic(name, writers.some((writer) => writer !== owner) ? ['Read', 'Write'] : ['Read']),
        ),
        ...services.flatMap((service) => [
          rules.group('literal', service, ['Read']),
          rules.group('prefixed', `${service}.`, ['Read']),
        ]),
        rules.group('prefixed', 'waybill-look-', ['Read', 'Delete']),
      ];
    case 'provisioners':
      return manifest.flatMap(({ name }) =>
        rules.topic(name, ['Describe', 'Create', 'DescribeConfigs', 'AlterConfigs']),
      );
  }
}

const granting = (user: string) => {
  const principal = `User:${user}`;
  return {
    topic: (name: string, operations: readonly Operation[]): AclRule[] =>
      operations.length === 0 ? [] : [{ principal, resource: 'topic', pattern: 'literal', name, operations }],
    group: (pattern: AclRule['pattern'], name: string, operations: readonly Operation[]): AclRule => ({
      principal,
      resource: 'group',
      pattern,
      name,
      operations,
    }),
  };
};

/** The same as commands of the Kafka distribution, one for all that a user may do alike. `$KAFKA_BROKERS` is left to the shell. */
export function aclCommands(rules: readonly AclRule[]): string[] {
  const alike = Map.groupBy(rules, ({ principal, resource, pattern, operations }) =>
    [
      `--allow-principal ${principal}`,
      ...operations.map((operation) => `--operation ${operation}`),
      ...(pattern === 'prefixed' ? ['--resource-pattern-type prefixed'] : []),
      `--${resource}`,
    ].join(' '),
  );
  return [...alike].map(([right, own]) => {
    const [, who = '', option = ''] = /^(.*) (--\w+)$/.exec(right) ?? [];
    const resources = own.map(({ name }) => `${option} ${name}`).join(' ');
    return `kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --add ${who} ${resources}`;
  });
}

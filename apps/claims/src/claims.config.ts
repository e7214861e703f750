import { serviceTopics } from '@waybill/contracts';
import {
  type Environment,
  type KafkaConfig,
  kafkaConfig,
  type MongoConfig,
  mongoConfig,
  parksBehindFailed,
  retryDelays,
  type ServiceConfig,
  serviceConfig,
  signingKey,
} from '@waybill/service';

export interface ClaimsConfig extends ServiceConfig {
  readonly kafka: KafkaConfig;
  readonly mongo: MongoConfig;
  readonly signingKey: string;
  readonly retryDelays: readonly string[];
  /** Commands wait behind one of their aggregate that failed. */
  readonly parksBehindFailed: boolean;
}

/** What every command service has, and nothing of its own. */
export const claimsConfig = (from: Environment): ClaimsConfig => ({
  ...serviceConfig(from, 'claims'),
  kafka: kafkaConfig(from),
  mongo: mongoConfig(from, 'claims'),
  signingKey: signingKey(from),
  retryDelays: retryDelays(from),
  parksBehindFailed: parksBehindFailed(from),
});

export const claimsConfigToken = Symbol('claims config');

/** Topics whose facts become copies, and the group that reads them. */
export const copiedTopics: readonly string[] = [
  serviceTopics('orders').events,
  serviceTopics('shipments').events,
];
export const copiesGroup = 'claims.copies';

/** All topics that the service reads from or writes to. */
export function neededTopics({ retryDelays: delays }: Pick<ClaimsConfig, 'retryDelays'>): readonly string[] {
  const { retry, ...single } = serviceTopics('claims', delays);
  return [...Object.values(single), ...retry.map(({ topic }) => topic), ...copiedTopics];
}

import { serviceTopics } from '@waybill/contracts';
import {
  duration,
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

export interface ShipmentsConfig extends ServiceConfig {
  readonly kafka: KafkaConfig;
  readonly mongo: MongoConfig;
  readonly signingKey: string;
  readonly retryDelays: readonly string[];
  /** Commands wait behind one of their aggregate that failed. */
  readonly parksBehindFailed: boolean;
  /** How long a scan waits for its tracking number. */
  readonly keepScansForMs: number;
  readonly sweepEveryMs: number;
  /** How often estimates are checked; 0: never. */
  readonly overdueCheckEveryMs: number;
}

/** WAYBILL_KEEP_SCANS_FOR [30d], WAYBILL_SWEEP_EVERY [5m], WAYBILL_OVERDUE_CHECK [1h, or off], and what every command service has. */
export const shipmentsConfig = (from: Environment): ShipmentsConfig => ({
  ...serviceConfig(from, 'shipments'),
  kafka: kafkaConfig(from),
  mongo: mongoConfig(from, 'shipments'),
  signingKey: signingKey(from),
  retryDelays: retryDelays(from),
  parksBehindFailed: parksBehindFailed(from),
  keepScansForMs: duration(from, 'WAYBILL_KEEP_SCANS_FOR', '30d'),
  sweepEveryMs: duration(from, 'WAYBILL_SWEEP_EVERY', '5m', { forTimer: true }),
  overdueCheckEveryMs: duration(from, 'WAYBILL_OVERDUE_CHECK', '1h', { orOff: true, forTimer: true }),
});

export const shipmentsConfigToken = Symbol('shipments config');

/** Topics whose facts become commands on shipments. */
export const upstreamTopics: readonly string[] = [serviceTopics('orders').events];

/** All topics that the service reads from or writes to. */
export function neededTopics({
  retryDelays: delays,
}: Pick<ShipmentsConfig, 'retryDelays'>): readonly string[] {
  const { retry, ...single } = serviceTopics('shipments', delays);
  return [...Object.values(single), ...retry.map(({ topic }) => topic), ...upstreamTopics];
}

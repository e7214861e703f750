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

export interface OrdersConfig extends ServiceConfig {
  readonly kafka: KafkaConfig;
  readonly mongo: MongoConfig;
  readonly signingKey: string;
  /** How long a command waits for an order that is not known yet, try by try. */
  readonly retryDelays: readonly string[];
  /** Commands wait behind one of their aggregate that failed. */
  readonly parksBehindFailed: boolean;
}

export const ordersConfig = (from: Environment): OrdersConfig => ({
  ...serviceConfig(from, 'orders'),
  kafka: kafkaConfig(from),
  mongo: mongoConfig(from, 'orders'),
  signingKey: signingKey(from),
  retryDelays: retryDelays(from),
  parksBehindFailed: parksBehindFailed(from),
});

export const ordersConfigToken = Symbol('orders config');

/** Topics whose facts become commands on orders. */
export const upstreamTopics: readonly string[] = [serviceTopics('shipments').events];

/** All topics that the service reads from or writes to. */
export function neededTopics({ retryDelays: delays }: Pick<OrdersConfig, 'retryDelays'>): readonly string[] {
  const { retry, ...single } = serviceTopics('orders', delays);
  return [...Object.values(single), ...retry.map(({ topic }) => topic), ...upstreamTopics];
}

import { serviceTopics } from '@waybill/contracts';
import {
  type Environment,
  type KafkaConfig,
  kafkaConfig,
  type MongoConfig,
  mongoConfig,
  type ServiceConfig,
  serviceConfig,
} from '@waybill/service';

export interface AnalyticsConfig extends ServiceConfig {
  readonly kafka: KafkaConfig;
  readonly mongo: MongoConfig;
}

/** What every service with a database has, and nothing of its own. */
export const analyticsConfig = (from: Environment): AnalyticsConfig => ({
  ...serviceConfig(from, 'analytics'),
  kafka: kafkaConfig(from),
  mongo: mongoConfig(from, 'analytics'),
});

export const analyticsConfigToken = Symbol('analytics config');

/** Topics whose facts are counted. */
export const countedTopics: readonly string[] = [
  serviceTopics('orders').events,
  serviceTopics('claims').events,
];

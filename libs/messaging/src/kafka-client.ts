import { Kafka, type KafkaConfig, type LogEntry, logLevel } from 'kafkajs';
import { registerCodecs } from './codecs';
import { installFetchGuard } from './fetch-guard';
import { installIdleTimerGuard } from './idle-timer-guard';
import { installProduceEncoder } from './produce-encoder';

/** Where log lines go; pino, Nest's logger and the console all fit. */
export interface MessagingLog {
  debug(context: object, message: string): void;
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /** Without one, kafkajs says nothing. */
  readonly log?: MessagingLog;
}

/** The settings as kafkajs takes them, with our time limits: a request that gets no answer is given up after 30 s. */
export function kafkaConfig({ brokers, clientId, ssl, sasl, log }: KafkaSettings): KafkaConfig {
  return {
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 3000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 200, multiplier: 2, maxRetryTime: 5000, retries: 8 },
    logLevel: log ? logLevel.INFO : logLevel.NOTHING,
    logCreator: () => (entry) => log && routeLog(log, entry),
  };
}

/** A kafkajs client that reads every codec, survives hostile batches, is quiet while idle, and logs to `settings.log`. One per consumer group. */
export function createKafka(settings: KafkaSettings): Kafka {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING ??= '1';
  installIdleTimerGuard();
  installFetchGuard();
  installProduceEncoder();
  registerCodecs();
  return new Kafka(kafkaConfig(settings));
}

function routeLog(log: MessagingLog, { level, namespace, log: entry }: LogEntry): void {
  // what kafkajs calls an error is a text, and a log's member `error` is for errors
  const { message, error, ...rest } = entry;
  const context = { ...rest, ...(error === undefined ? {} : { reason: error as unknown }), kafka: namespace };
  if (level === logLevel.ERROR) log.error(context, message);
  else if (level === logLevel.WARN) log.warn(context, message);
  else log.debug(context, message);
}

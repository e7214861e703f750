import type { Environment } from './configuration/configuration';
import {
  type KafkaSecurity,
  kafkaSecurity,
  type MongoSecurity,
  mongoSecurity,
  mongoUri,
} from './configuration/secure-connections';
import { hostAndPort, listOf, matching, oneOf, wholeNumber } from './configuration/variables';
import { type TracingConfig, tracingConfig } from './tracing/tracing-config';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What every service has: a name, a door for HTTP, a log, and traces where they are wanted. */
export interface ServiceConfig {
  readonly name: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly logLevel: (typeof logLevels)[number];
  /** Nothing is traced without. */
  readonly tracing?: TracingConfig | undefined;
}

export interface KafkaConfig extends KafkaSecurity {
  readonly brokers: readonly string[];
  readonly sessionTimeoutMs: number;
}

export interface MongoConfig {
  readonly uri: string;
  readonly database: string;
  readonly security?: MongoSecurity;
}

/** HOST [127.0.0.1], PORT [3000, 0 = any free one], LOG_LEVEL [info], and those of {@link tracingConfig}. */
export const serviceConfig = (from: Environment, name: string): ServiceConfig => ({
  name,
  http: {
    host: from.value('HOST', {
      parse: matching(/^[A-Za-z0-9.:_-]+$/),
      wants: 'a host name or an address to listen on',
      default: '127.0.0.1',
    }),
    port: from.value('PORT', {
      parse: wholeNumber(0, 65_535),
      wants: 'a port from 0 (any free one) to 65535',
      default: 3000,
    }),
  },
  logLevel: from.value('LOG_LEVEL', {
    parse: oneOf(...logLevels),
    wants: `one of ${logLevels.join(', ')}`,
    default: 'info',
  }),
  tracing: tracingConfig(from),
});

/** KAFKA_BROKERS (no default: nobody should join a cluster by accident), KAFKA_SESSION_TIMEOUT_MS [30000], and those of {@link kafkaSecurity}. */
export const kafkaConfig = (from: Environment): KafkaConfig => ({
  ...kafkaSecurity(from),
  brokers: from.value('KAFKA_BROKERS', {
    parse: listOf(hostAndPort),
    wants: 'host:port, several separated by commas',
  }),
  sessionTimeoutMs: from.value('KAFKA_SESSION_TIMEOUT_MS', {
    parse: wholeNumber(1000, 1_800_000),
    wants: 'a whole number of milliseconds from 1000 to 1800000',
    default: 30_000,
  }),
});

/** MONGODB_URI or MONGODB_URI_FILE (it may hold a password), MONGODB_DATABASE [the service's name], and those of {@link mongoSecurity}. */
export const mongoConfig = (from: Environment, service: string): MongoConfig => ({
  uri: from.secret('MONGODB_URI', {
    parse: mongoUri,
    wants: 'a URI that starts with mongodb:// or mongodb+srv://',
  }),
  database: from.value('MONGODB_DATABASE', {
    parse: matching(/^[A-Za-z0-9_-]{1,63}$/),
    wants: 'a database name of 1 to 63 letters, digits, hyphens or underscores',
    default: service,
  }),
  security: mongoSecurity(from),
});

/** WAYBILL_SIGNING_KEY or WAYBILL_SIGNING_KEY_FILE: what the origins of handed-on messages are signed with. Every instance of a service needs the same one. */
export const signingKey = (from: Environment): string =>
  from.secret('WAYBILL_SIGNING_KEY', {
    parse: matching(/^[\x21-\x7e]{32,1024}$/),
    wants: 'a secret of 32 to 1024 printable characters without spaces',
  });

/** WAYBILL_RETRY_DELAYS [5s,30s,2m,10m]: how long a command waits for its reference, try by try. Each one names a topic. */
export const retryDelays = (from: Environment): readonly string[] =>
  from.value('WAYBILL_RETRY_DELAYS', {
    parse: listOf(matching(/^[1-9]\d{0,4}[smh]$/)),
    wants: 'durations such as 5s,30s,2m,10m',
    default: ['5s', '30s', '2m', '10m'],
  });

/**
 * WAYBILL_PARK_BEHIND_FAILED [on, or off]: what comes to an aggregate after a command that failed waits behind it, as a dead
 * letter, so that a redrive keeps the order. A line that was begun is brought to its end in any case.
 */
export const parksBehindFailed = (from: Environment): boolean =>
  from.value('WAYBILL_PARK_BEHIND_FAILED', {
    parse: oneOf('on', 'off'),
    wants: 'on or off',
    default: 'on',
  }) === 'on';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface DurationOptions {
  readonly orOff?: boolean;
  /** It is what a timer waits: at most 24 days, for a longer timer (2^31 ms) goes off at once, again and again. */
  readonly forTimer?: boolean;
}

/** A duration such as 90s, 5m, 1h or 30d, in milliseconds; 0 for `off` where that is allowed. */
export const duration = (
  from: Environment,
  name: string,
  preset: string,
  { orOff = false, forTimer = false }: DurationOptions = {},
): number => {
  const mostMs = forTimer ? longestTimerMs : Infinity;
  const parse = (text: string): number | undefined => {
    if (orOff && text === 'off') return 0;
    const [, count, unit = ''] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
    const ms = Number(count) * (unitMs[unit] ?? 0);
    return ms <= mostMs ? ms : undefined;
  };
  const example = forTimer
    ? 'a duration such as 90s, 5m or 1h, at most 24d'
    : 'a duration such as 90s, 5m, 1h or 30d';
  return from.value(name, {
    parse,
    wants: `${example}${orOff ? ', or off' : ''}`,
    default: parse(preset) ?? 0,
  });
};

const longestTimerMs = 24 * 86_400_000;

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, type EnvironmentVariables, readConfiguration } from './configuration';
import {
  duration,
  kafkaConfig,
  mongoConfig,
  parksBehindFailed,
  retryDelays,
  serviceConfig,
  signingKey,
} from '../service-config';

const key = 'k'.repeat(32);
const good = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  WAYBILL_SIGNING_KEY: key,
};

const read = (variables: EnvironmentVariables) =>
  readConfiguration(variables, (from) => ({
    ...serviceConfig(from, 'orders'),
    kafka: kafkaConfig(from),
    mongo: mongoConfig(from, 'orders'),
    signingKey: signingKey(from),
    retryDelays: retryDelays(from),
    parksBehindFailed: parksBehindFailed(from),
  }));

function problemsOf(variables: EnvironmentVariables): readonly string[] {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

it('fills in what is not set', () => {
  expect(read(good)).toEqual({
    name: 'orders',
    http: { host: '127.0.0.1', port: 3000 },
    logLevel: 'info',
    kafka: { brokers: ['127.0.0.1:9092'], sessionTimeoutMs: 30_000 },
    mongo: { uri: 'mongodb://127.0.0.1:27017', database: 'orders', security: {} },
    signingKey: key,
    retryDelays: ['5s', '30s', '2m', '10m'],
    parksBehindFailed: true,
  });
});

it('reads what is set', () => {
  const read1 = read({
    ...good,
    KAFKA_BROKERS: 'kafka-1:9092, [::1]:9093',
    PORT: '0',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'debug',
    MONGODB_DATABASE: 'orders_test',
    WAYBILL_RETRY_DELAYS: '1s,2s',
    WAYBILL_PARK_BEHIND_FAILED: 'off',
  });
  expect(read1).toMatchObject({
    http: { host: '0.0.0.0', port: 0 },
    logLevel: 'debug',
    kafka: { brokers: ['kafka-1:9092', '[::1]:9093'] },
    mongo: { database: 'orders_test' },
    retryDelays: ['1s', '2s'],
    parksBehindFailed: false,
  });
});

it.each([
  [{ PORT: '80a' }, 'PORT must be a port from 0 (any free one) to 65535, got "80a"'],
  [{ PORT: '65536' }, 'PORT must be a port from 0 (any free one) to 65535, got "65536"'],
  [{ PORT: '-1' }, 'PORT must be a port from 0 (any free one) to 65535, got "-1"'],
  [{ HOST: 'two words' }, 'HOST must be a host name or an address to listen on, got "two words"'],
  [
    { LOG_LEVEL: 'loud' },
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, got "loud"',
  ],
  [
    { KAFKA_BROKERS: undefined },
    'KAFKA_BROKERS is not set, it must be host:port, several separated by commas',
  ],
  [{ KAFKA_BROKERS: ' ' }, 'KAFKA_BROKERS is not set, it must be host:port, several separated by commas'],
  [{ KAFKA_BROKERS: 'kafka' }, 'KAFKA_BROKERS must be host:port, several separated by commas, got "kafka"'],
  [{ KAFKA_BROKERS: 'a:1,' }, 'KAFKA_BROKERS must be host:port, several separated by commas, got "a:1,"'],
  [
    { WAYBILL_RETRY_DELAYS: '5 seconds' },
    'WAYBILL_RETRY_DELAYS must be durations such as 5s,30s,2m,10m, got "5 seconds"',
  ],
  [{ WAYBILL_PARK_BEHIND_FAILED: 'true' }, 'WAYBILL_PARK_BEHIND_FAILED must be on or off, got "true"'],
  [
    { WAYBILL_SIGNING_KEY: undefined },
    'WAYBILL_SIGNING_KEY (or WAYBILL_SIGNING_KEY_FILE) is not set, it must be a secret of 32 to 1024 printable characters without spaces',
  ],
  [
    { WAYBILL_SIGNING_KEY: undefined, WAYBILL_SIGNING_KEY_FILE: '/nowhere/key' },
    'WAYBILL_SIGNING_KEY_FILE must name a readable file, got "/nowhere/key" (ENOENT)',
  ],
  [
    { WAYBILL_SIGNING_KEY_FILE: '/nowhere/key' },
    'WAYBILL_SIGNING_KEY and WAYBILL_SIGNING_KEY_FILE are both set, one of them must go',
  ],
])('says what is wrong with %j', (change, problem) => {
  expect(problemsOf({ ...good, ...change })).toEqual([problem]);
});

describe('a duration', () => {
  const read30d = (text: string | undefined, options = {}) =>
    readConfiguration({ EVERY: text }, (from) => duration(from, 'EVERY', '30d', options));
  const dayMs = 86_400_000;

  it.each([
    { text: undefined, ms: 30 * dayMs },
    { text: '1s', ms: 1000 },
    { text: '99999d', ms: 99_999 * dayMs },
  ])('$text is $ms ms', ({ text, ms }) => {
    expect(read30d(text)).toBe(ms);
  });
  it.each(['0s', '-1s', '1.5h', '1 d', '1w', '100000s', 's', 'off'])('%s is none', (text) => {
    expect(() => read30d(text)).toThrow(
      new ConfigurationError([`EVERY must be a duration such as 90s, 5m, 1h or 30d, got "${text}"`]),
    );
  });

  // 2^31 ms and more go off at once
  it.each(['24d', '576h', '34560m'])('%s is not too long for a timer', (text) => {
    const ms = read30d(text, { forTimer: true });
    expect(ms).toBe(24 * dayMs);
    expect(ms).toBeLessThan(2 ** 31);
  });
  it.each(['25d', '577h', '34561m', '99999d'])('%s is', (text) => {
    expect(() => read30d(text, { forTimer: true, orOff: true })).toThrow(
      new ConfigurationError([
        `EVERY must be a duration such as 90s, 5m or 1h, at most 24d, or off, got "${text}"`,
      ]),
    );
  });
});

it('shows no secret', () => {
  const problems = problemsOf({
    ...good,
    WAYBILL_SIGNING_KEY: 'hunter2',
    MONGODB_URI: 'mongo://me:hunter2@host',
  });
  expect(problems).toEqual([
    'MONGODB_URI (or MONGODB_URI_FILE) must be a URI that starts with mongodb:// or mongodb+srv://, got a value of 23 characters that is not shown',
    'WAYBILL_SIGNING_KEY (or WAYBILL_SIGNING_KEY_FILE) must be a secret of 32 to 1024 printable characters without spaces, got a value of 7 characters that is not shown',
  ]);
});

it('collects the problems of one start', () => {
  expect(problemsOf({ PORT: 'x' })).toHaveLength(4);
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-secret-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read without the line end that editors leave', () => {
    const path = join(folder, 'key');
    writeFileSync(path, `${key}\n`);
    expect(read({ ...good, WAYBILL_SIGNING_KEY: undefined, WAYBILL_SIGNING_KEY_FILE: path }).signingKey).toBe(
      key,
    );
  });

  it('must not be empty', () => {
    const path = join(folder, 'empty');
    writeFileSync(path, '\n');
    const variables = { ...good, WAYBILL_SIGNING_KEY: undefined, WAYBILL_SIGNING_KEY_FILE: path };
    expect(problemsOf(variables)).toEqual([
      'the content of WAYBILL_SIGNING_KEY_FILE is not set, it must be a secret of 32 to 1024 printable characters without spaces',
    ]);
  });
});

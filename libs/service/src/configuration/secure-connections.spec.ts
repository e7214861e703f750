import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, type EnvironmentVariables, readConfiguration } from './configuration';
import { kafkaSecurity, mongoSecurity, mongoUri } from './secure-connections';

const folder = mkdtempSync(join(tmpdir(), 'waybill-secure-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const caFile = file('ca.pem', pem);

const read = (variables: EnvironmentVariables) =>
  readConfiguration(variables, (from) => ({ kafka: kafkaSecurity(from), mongo: mongoSecurity(from) }));

function problemsOf(variables: EnvironmentVariables): readonly string[] {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('connections to Kafka', () => {
  it('are plain unless told otherwise', () => {
    expect(read({}).kafka).toEqual({});
    expect(read({ KAFKA_TLS: 'off', KAFKA_SASL_MECHANISM: 'off' }).kafka).toEqual({});
  });
  it('check the broker against the authorities that Node knows, or against those of a file', () => {
    expect(read({ KAFKA_TLS: 'on' }).kafka).toEqual({ ssl: {} });
    expect(read({ KAFKA_TLS: 'on', KAFKA_TLS_CA_FILE: caFile }).kafka).toEqual({ ssl: { ca: pem } });
  });
  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('take a password by %s', (mechanism) => {
    const given = { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: 'orders' };
    const sasl = { mechanism, username: 'orders', password: 'open sesame' };
    expect(read({ ...given, KAFKA_SASL_PASSWORD: 'open sesame' }).kafka).toEqual({ sasl });
    const passwordFile = file('password', 'open sesame\n');
    expect(read({ ...given, KAFKA_SASL_PASSWORD_FILE: passwordFile }).kafka).toEqual({ sasl });
  });
});

describe('connections to MongoDB', () => {
  it('are what the URI says unless told otherwise', () => {
    expect(read({}).mongo).toEqual({});
  });
  it('take authorities and credentials', () => {
    const variables = {
      MONGODB_TLS: 'on',
      MONGODB_TLS_CA_FILE: caFile,
      MONGODB_USERNAME: 'orders',
      MONGODB_PASSWORD_FILE: file('mongo-password', 'p@ss/word\n'),
    };
    const auth = { username: 'orders', password: 'p@ss/word' };
    expect(read(variables).mongo).toEqual({ tls: true, ca: pem, auth });
  });
});

const together = 'KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, and they need it';
it.each([
  [{ KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be on or off, got "yes"'],
  [{ MONGODB_TLS_CA_FILE: caFile }, 'MONGODB_TLS_CA_FILE is set, but MONGODB_TLS is off'],
  [
    { KAFKA_TLS: 'on', KAFKA_TLS_CA_FILE: '/nowhere/ca.pem' },
    'KAFKA_TLS_CA_FILE must be a readable file with certificates (PEM), got "/nowhere/ca.pem"',
  ],
  [{ KAFKA_SASL_MECHANISM: 'scram-sha-512' }, together],
  [{ KAFKA_SASL_USERNAME: 'orders', KAFKA_SASL_PASSWORD: 'hunter2' }, together],
  [
    { MONGODB_USERNAME: 'orders' },
    'MONGODB_USERNAME and MONGODB_PASSWORD (or MONGODB_PASSWORD_FILE) go together, one of them is missing',
  ],
  [
    { MONGODB_USERNAME: 'orders', MONGODB_PASSWORD: 'hunter2\u0007' },
    'MONGODB_PASSWORD (or MONGODB_PASSWORD_FILE) must be a password of 1 to 1024 printable characters, got a value of 8 characters that is not shown',
  ],
])('says what is wrong with %j, and shows no secret', (variables, problem) => {
  expect(problemsOf(variables)).toEqual([problem]);
});

// what the driver says of these would show "ss" and "hunter2"
it.each(['mongodb://me:p@ss:x/word@host/', 'mongodb://me:%hunter2@host/', 'mongodb://host/?hunter2=1'])(
  'does not take the URI %s',
  (uri) => {
    expect(mongoUri(uri)).toBeUndefined();
  },
);
it('takes a URI with several hosts and options', () => {
  const uri = 'mongodb://a:27017,b:27017/?replicaSet=rs0&authSource=admin';
  expect(mongoUri(uri)).toBe(uri);
});

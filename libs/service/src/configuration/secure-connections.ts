import { readFileSync } from 'node:fs';
import type { KafkaSettings } from '@waybill/messaging';
import { mongo } from 'mongoose';
import type { Environment } from './configuration';
import { matching, oneOf } from './variables';

const mechanisms = ['off', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How a Kafka client proves who it is and whom it talks to; members that are not there are off. */
export type KafkaSecurity = Pick<KafkaSettings, 'ssl' | 'sasl'>;

/** The same for MongoDB, as the driver takes it. */
export type MongoSecurity = Pick<mongo.MongoClientOptions, 'tls' | 'ca' | 'auth'>;

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const username = matching(/^[\x21-\x7e]{1,255}$/);
const password = matching(/^[\x20-\x7e]{1,1024}$/);

/**
 * KAFKA_TLS [off], KAFKA_TLS_CA_FILE (else the authorities that Node knows), KAFKA_SASL_MECHANISM [off], KAFKA_SASL_USERNAME,
 * KAFKA_SASL_PASSWORD or KAFKA_SASL_PASSWORD_FILE. `plain` sends the password as it is: only with TLS.
 */
export function kafkaSecurity(from: Environment): KafkaSecurity {
  const ca = authorities(from, 'KAFKA');
  const mechanism = from.value('KAFKA_SASL_MECHANISM', {
    parse: oneOf(...mechanisms),
    wants: `one of ${mechanisms.join(', ')}`,
    default: 'off',
  });
  const given = credentials(from, 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD');
  if ((mechanism !== 'off') !== (given !== undefined))
    from.refuse('KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, and they need it');
  // kafkajs has a type per mechanism, all of the same shape
  const sasl = { mechanism, ...given } as Exclude<KafkaSecurity['sasl'], string | undefined>;
  return {
    ...(ca === undefined ? {} : { ssl: tlsOptions(ca) }),
    ...(mechanism === 'off' ? {} : { sasl }),
  };
}

/**
 * MONGODB_TLS [off], MONGODB_TLS_CA_FILE, MONGODB_USERNAME, MONGODB_PASSWORD or MONGODB_PASSWORD_FILE. What the URI says
 * is obeyed where these are not set; `authSource` is always the URI's.
 */
export function mongoSecurity(from: Environment): MongoSecurity {
  const ca = authorities(from, 'MONGODB');
  const auth = credentials(from, 'MONGODB_USERNAME', 'MONGODB_PASSWORD');
  return {
    ...(ca === undefined ? {} : { tls: true, ...tlsOptions(ca) }),
    ...(auth === undefined ? {} : { auth }),
  };
}

/** A MongoDB URI that the driver can read. What the driver says of another one could show parts of a password. */
export function mongoUri(text: string): string | undefined {
  if (!/^mongodb(?:\+srv)?:\/\/\S+$/.test(text)) return undefined;
  try {
    return new mongo.MongoClient(text).options ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined without TLS; an empty text for the authorities that Node knows. */
function authorities(from: Environment, system: 'KAFKA' | 'MONGODB'): string | undefined {
  const isOn = from.value(`${system}_TLS`, {
    parse: oneOf('on', 'off'),
    wants: 'on or off',
    default: 'off',
  });
  const ca = from.value(`${system}_TLS_CA_FILE`, {
    parse: readPem,
    wants: 'a readable file with certificates (PEM)',
    default: '',
  });
  if (isOn === 'on') return ca;
  if (ca !== '') from.refuse(`${system}_TLS_CA_FILE is set, but ${system}_TLS is off`);
  return undefined;
}

const tlsOptions = (ca: string): { ca?: string } => (ca === '' ? {} : { ca });

function readPem(path: string): string | undefined {
  try {
    const pem = readFileSync(path, 'utf8');
    return pem.includes('-----BEGIN CERTIFICATE-----') ? pem : undefined;
  } catch {
    return undefined;
  }
}

function credentials(from: Environment, userName: string, secretName: string): Credentials | undefined {
  const user = from.value(userName, {
    parse: username,
    wants: 'a name of 1 to 255 printable characters without spaces',
    default: '',
  });
  const secret = from.secret(secretName, {
    parse: password,
    wants: 'a password of 1 to 1024 printable characters',
    default: '',
  });
  if (user === '' && secret === '') return undefined;
  if (user === '' || secret === '')
    from.refuse(`${userName} and ${secretName} (or ${secretName}_FILE) go together, one of them is missing`);
  return { username: user, password: secret };
}

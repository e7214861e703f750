import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned } from './certificate.mjs';

export const authoritiesFile = (dataDir) => join(dataDir, 'broker-ca.pem');

/**
 * Settings of a listener that wants TLS and a password (SASL PLAIN), and of an authoriser that refuses whatever no rule
 * allows. Who comes by the open listener may do all: that is how the rules get there.
 *
 * @param {string} dataDir
 * @param {Readonly<Record<string, string>>} users passwords by name
 */
export function securitySettings(dataDir, users) {
  const keyStore = join(dataDir, 'broker-key.pem');
  if (!existsSync(keyStore)) {
    const { key, certificate } = selfSigned();
    writeFileSync(keyStore, `${key}${certificate}`, { mode: 0o600 });
    writeFileSync(authoritiesFile(dataDir), certificate);
  }
  const logins = Object.entries(users).map(([user, password]) => ` user_${user}="${password}"`);
  return {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'listener.name.secured.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.secured.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${logins.join('')};`,
    'listener.name.secured.ssl.keystore.type': 'PEM',
    'listener.name.secured.ssl.keystore.location': keyStore,
  };
}

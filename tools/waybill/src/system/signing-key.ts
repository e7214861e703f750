import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure } from '../failure';

export const signingKeyFile = (dataDir: string): string => join(dataDir, 'signing-key');

/** The key file of a data folder, made at the first call. Only its owner may read it. */
export function ensureSigningKey(dataDir: string): string {
  const file = signingKeyFile(dataDir);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return file;
}

/** The key that the services sign with: from the environment as they read it, else from the data folder. */
export function readSigningKey(dataDir: string, env = process.env): string {
  const given = env['WAYBILL_SIGNING_KEY'];
  if (given) return given;
  const file = env['WAYBILL_SIGNING_KEY_FILE'] ?? signingKeyFile(dataDir);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new CommandFailure(
      `the signing key cannot be read from ${file}: give the services' key in WAYBILL_SIGNING_KEY or WAYBILL_SIGNING_KEY_FILE`,
    );
  }
}

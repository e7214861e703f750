import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const pinsFolder = join(import.meta.dirname, 'pins');

/**
 * Where installed servers live. Outside of node_modules, because `npm ci` empties that.
 *
 * @param {Record<string, string | undefined>} [env]
 */
export function cacheFolder(env = process.env) {
  if (env.WAYBILL_CACHE) return resolve(env.WAYBILL_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'waybill');
}

/**
 * A folder for one pinned part. A changed pin gets another folder, so an old installation is never mistaken for it.
 *
 * @param {string} name
 * @param {string} version
 * @param {Record<string, string | undefined>} [env]
 */
export function partFolder(name, version, env = process.env) {
  const pins = createHash('sha256');
  const folder = join(pinsFolder, name);
  for (const file of readdirSync(folder).toSorted()) pins.update(readFileSync(join(folder, file)));
  return join(cacheFolder(env), `${name}-${version}-${pins.digest('hex').slice(0, 8)}`);
}

import { cp, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.mjs';

/** `@scope/name` or `name`, of a path that may go on into the package. */
export const packageNameOf = (path) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

// what only people and compilers read
const notNeeded = /\.(?:map|md|d\.[cm]?ts)$/;

/**
 * Copies packages and what they depend on into a `node_modules`. Optional dependencies are those that npm has installed,
 * so native code is that of the machine that packs.
 *
 * @param {readonly string[]} names
 * @param {string} folder
 * @returns {Promise<Record<string, string>>} the versions of the packages that were named
 */
export async function copyWithDependencies(names, folder) {
  const installed = join(root, 'node_modules');
  const done = new Map();
  const copy = async (name, isOptional) => {
    if (done.has(name)) return;
    const from = join(installed, name);
    if (!existsSync(from)) {
      if (isOptional) return;
      throw new Error(`the package ${name} is not installed`);
    }
    const manifest = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
    done.set(name, manifest.version);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
    // another version of one of them, which npm has put inside, comes along with the folder
    await cp(from, join(folder, name), { recursive: true, filter: (path) => !notNeeded.test(path) });
    const needed = Object.keys(dependencies).filter((one) => !Object.hasOwn(optionalDependencies, one));
    for (const one of needed) await copy(one, false);
    for (const one of Object.keys({ ...optionalDependencies, ...peerDependencies })) await copy(one, true);
  };
  for (const name of names) await copy(name, false);
  return Object.fromEntries(names.map((name) => [name, done.get(name)]));
}

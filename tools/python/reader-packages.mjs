import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../stack/cache.mjs';
import { reasonIn, run, StackError, withProgress } from '../stack/commands.mjs';
import { withFileLock } from '../stack/file-lock.mjs';

const requirements = join(import.meta.dirname, 'requirements.txt');

/**
 * Installs what `read_orders.py` needs into the cache folder; does nothing when it is there. Every file must have one of
 * the pinned hashes. Answers the folder, for PYTHONPATH.
 *
 * @param {(line: string) => void} say
 */
export async function ensureReaderPackages(say) {
  const folder = await packagesFolder();
  if (existsSync(folder)) return folder;
  await withFileLock(
    join(cacheFolder(), 'install.lock'),
    async () => existsSync(folder) || install(folder, say),
    {
      onWait: ({ pid }) => say(`waiting for another installation, process ${pid} …`),
    },
  );
  return folder;
}

// another Python needs other wheels, changed pins need other versions: both get a folder of their own
async function packagesFolder() {
  const tag = 'import sys, sysconfig; print(sys.implementation.cache_tag, sysconfig.get_platform())';
  const { found, code, output } = await run('python3', ['-c', tag]);
  if (!found || code !== 0)
    throw new StackError(`Python (python3) was not found: install it and run this again.`);
  const hash = createHash('sha256').update(output).update(readFileSync(requirements));
  return join(cacheFolder(), `python-reader-${hash.digest('hex').slice(0, 8)}`);
}

async function install(folder, say) {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const quiet = ['-q', '--disable-pip-version-check', '--only-binary=:all:'];
  const args = ['-m', 'pip', 'install', ...quiet, '--require-hashes', '-r', requirements, '--target', draft];
  const { code, output } = await withProgress(say, 'Python packages of the reader: fetching with pip', () =>
    run('python3', args),
  );
  if (code !== 0)
    throw new StackError(`pip could not install the packages of read_orders.py:\n${reasonIn(output)}`);
  renameSync(draft, folder);
}

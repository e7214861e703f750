// usage: node tools/bootstrap.mjs COMMAND [arguments]
// The way in for `npm test`, `npm run demo` and the like, on a fresh clone and with Node 20 or later: installs the
// packages when they are missing or not those of package-lock.json, and goes on under the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StackError, withProgress } from './stack/commands.mjs';
import { withFileLock } from './stack/file-lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const tool = (...args) => ['tools/build/run-built.mjs', 'tools/waybill', ...args];

const commands = {
  test: ['tools/test/run.mjs'],
  demo: tool('--with-apps', '--', 'demo'),
  up: tool('--with-apps', '--', 'up'),
  down: tool('--', 'down'),
  replay: tool('--with-apps', '--', 'replay'),
  waybill: tool('--'),
  stack: ['tools/stack/cli.mjs'],
  contracts: ['tools/build/run-built.mjs', 'tools/contracts', '--'],
  simulate: ['tools/build/run-built.mjs', 'tools/simulate', '--'],
  'delivery-contract': ['tools/build/run-built.mjs', 'tools/delivery-contract', '--'],
  bench: ['tools/build/run-built.mjs', 'tools/bench', '--with-apps', '--'],
  storm: ['tools/build/run-built.mjs', 'tools/storm', '--with-apps', '--'],
};

const say = (line) => process.stderr.write(`${line}\n`);

const [name, ...args] = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  if (!Object.hasOwn(commands, name ?? '')) {
    say(`usage: node tools/bootstrap.mjs ${Object.keys(commands).join('|')} [arguments]`);
    return 2;
  }
  try {
    await ensurePackages();
    const { code, signal } = await runUnder(chooseNode(), [...commands[name], ...args]);
    if (signal) lastLineOfTests();
    return code ?? 128 + constants.signals[signal];
  } catch (error) {
    say(error instanceof StackError ? error.message : error.stack);
    lastLineOfTests();
    return 1;
  }
}

// the test runner prints this line itself unless it did not come that far
function lastLineOfTests() {
  if (name === 'test') process.stdout.write('\n0 passed, 1 failed\n');
}

async function ensurePackages() {
  if (packagesAreThere()) return;
  await withFileLock(join(root, 'tmp', 'npm-ci.lock'), async () => packagesAreThere() || installPackages(), {
    onWait: ({ pid }) => say(`waiting for another npm ci, process ${pid} …`),
  });
}

/*
 * npm writes down what it has installed. That is compared with the lockfile, entry by entry, instead of file times, which
 * a checkout changes. Packages for other machines may be missing.
 */
function packagesAreThere() {
  const installed = readLockfile(join(modules, '.package-lock.json'));
  if (!installed) return false;
  const wanted = Object.entries(readLockfile(join(root, 'package-lock.json')));
  return wanted.every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there) return Boolean(entry.optional || entry.devOptional);
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function readLockfile(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

async function installPackages() {
  const { npm_execpath: runner = '' } = process.env;
  const [command, ...start] = basename(runner) === 'npm-cli.js' ? [process.execPath, runner] : ['npm'];
  const title = `npm ci: installing ${countOfPackages()} packages, which takes a minute or two`;
  const { code, signal } = await withProgress(say, title, () => runHere(command, [...start, 'ci']));
  if (code === 0 && packagesAreThere()) return say('npm ci: done');
  throw new StackError(
    `The packages could not be installed (npm ci ended with ${code ?? signal}); npm gives its reason above.\n` +
      'Check the network, proxy and registry settings of npm (npm config list) and run this again.',
  );
}

function countOfPackages() {
  const entries = Object.values(readLockfile(join(root, 'package-lock.json')));
  return entries.filter(({ optional, devOptional }) => !optional && !devOptional).length;
}

/** The Node that package.json pins where it exists (Linux with glibc), else the one that runs this. */
function chooseNode() {
  const pinned = join(bin, 'node');
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 22)) return process.execPath;
  throw new StackError(
    `Node ${process.versions.node} is too old for Waybill, and there is no pinned one for ${process.platform}/${process.arch}: ` +
      'install Node 24 (22.22 or later will do) and run this again.',
  );
}

function runUnder(node, [script, ...rest]) {
  return runHere(node, [join(root, script), ...rest]);
}

function runHere(command, commandArguments) {
  const child = spawn(command, commandArguments, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  // a terminal sends Ctrl-C to the child as well, a supervisor only to this process
  const handOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handOn);
  return new Promise((done) => {
    const settle = (result) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, handOn);
      done(result);
    };
    child.on('error', (error) => {
      say(`${command}: ${error.message}`);
      settle({ code: 1, signal: null });
    });
    child.on('close', (code, signal) => settle({ code, signal }));
  });
}

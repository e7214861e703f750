// usage: node tools/releases/build-release.mjs learning|writing|COMMIT
// Builds a release of the orders service other than the present one: a later one that is made up here, or the one of a
// commit. Prints the path of its program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ownCodeOptions, packagesOutside, root } from '../build/bundle.mjs';

const made = { learning: 'learning.ts', writing: 'writing.ts' };
const app = 'apps/orders';

const [release = ''] = process.argv.slice(2);
console.log(Object.hasOwn(made, release) ? await buildMade(release) : buildCommit(release));

async function buildMade(name) {
  const program = join(root, 'dist/releases', name, 'main.js');
  const changed = join(import.meta.dirname, made[name]);
  await build(await ownCodeOptions(app, program, [packagesOutside, instead('./order.aggregate', changed)]));
  return program;
}

/** The sources of the present release, with one module of theirs taken from elsewhere. */
function instead(module, file) {
  return {
    name: 'instead',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^${RegExp.escape(module)}$`) }, () => ({ path: file }));
    },
  };
}

/** Throws when the commit is not there, in a shallow clone for instance. */
function buildCommit(commit) {
  const files = ['.swcrc', 'tsconfig.base.json', 'package.json', 'apps', 'libs', 'tools/build'];
  const archive = ['archive', commit, ...files];
  const sources = execFileSync('git', archive, { cwd: root, maxBuffer: 2 ** 30 });
  // inside of the workspace, whose packages it uses
  const folder = join(root, 'dist/releases/commit');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-x', '-C', folder], { input: sources });
  execFileSync(process.execPath, ['tools/build/build-app.mjs', app], { cwd: folder });
  return join(folder, 'dist', app, 'main.js');
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { staleDocuments, writeDocuments } from './workspace-files';

const usage = `usage: npm run contracts -- --check | --write
Makes the JSON Schemas, docs/asyncapi.json and the topic table of README.md from libs/contracts.
  --check   says which of them are stale, exit code 1 when one is
  --write   writes those that are stale`;

function main([mode, ...rest]: string[]): number {
  if (rest.length > 0 || (mode !== '--check' && mode !== '--write')) {
    console.log(usage);
    return mode === '--help' ? 0 : 2;
  }
  const root = process.cwd();
  const stale = staleDocuments(root);
  for (const { path } of stale) console.log(`${mode === '--check' ? 'stale' : 'written'}: ${path}`);
  if (mode === '--check') return stale.length === 0 ? 0 : 1;
  writeDocuments(root, stale);
  return format(
    root,
    stale.map(({ path }) => path),
  );
}

/** Laid out like every other file, so that the format check finds nothing to say. */
function format(root: string, paths: readonly string[]): number {
  if (paths.length === 0) return 0;
  return spawnSync(join(root, 'node_modules/.bin/oxfmt'), paths, { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main(process.argv.slice(2));

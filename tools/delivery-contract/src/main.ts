import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { collect } from './collect';
import { writePage } from './contract';

const usage = `usage: npm run delivery-contract [-- --collect]
Makes docs/delivery-contract.md from the sentences in tools/delivery-contract and the figures in docs/results.
  --collect   first takes over the figures of the newest runs from tmp (simulate, fuzz, storm, soak)`;

function main(args: readonly string[]): number {
  const [option] = args;
  if (args.length > 1 || (option !== undefined && option !== '--collect')) {
    console.log(usage);
    return option === '--help' ? 0 : 2;
  }
  const root = process.cwd();
  if (option === '--collect') {
    for (const name of collect(root)) console.log(`taken over: ${name}`);
    // laid out like every other file, so that the format check finds nothing to say
    spawnSync(join(root, 'node_modules/.bin/oxfmt'), ['docs/results'], { cwd: root, stdio: 'inherit' });
  }
  try {
    writePage(root);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  console.log('written: docs/delivery-contract.md');
  return 0;
}

process.exitCode = main(process.argv.slice(2));

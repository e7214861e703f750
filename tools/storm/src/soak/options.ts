import { join } from 'node:path';
import { Command } from 'commander';
import { folder, positive, whole } from '../options';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly instances: number;
  /** Records in a second. */
  readonly rate: number;
  readonly everySeconds: number;
  /** Where data and logs are kept. */
  readonly dir: string;
  readonly result: string;
  /** File of the plot; undefined: none is drawn. */
  readonly plot: string | undefined;
}

/** Reads the command line. Throws commander's error where it is called in a wrong way, or for help. */
export function readSoakOptions(argv: readonly string[], root: string): SoakOptions {
  const command = new Command('soak')
    .description(
      'plays commands into the real system at a steady rate, watches what it uses, then audits what has come of them',
    )
    .option('--minutes <m>', 'how long', positive, 15)
    .option('--rate <n>', 'records in a second', positive, 15)
    .option('--instances <n>', 'processes of each service', whole(1, 8), 1)
    .option('--every <s>', 'seconds between two looks', whole(1, 600), 10)
    .option('--seed <s>', 'of the commands', whole(0, 2 ** 31 - 1), 1)
    .option('--dir <dir>', 'data and logs (default: tmp/soak)', folder)
    .option('--result <file>', 'the figures, as JSON (default: result.json in --dir)', folder)
    .option('--plot <file>', 'draws them, as SVG', folder)
    .addHelpText(
      'after',
      '\nExit codes: 0 all is flat and nothing is lost, doubled, out of order or wrong; 1 something is not; 2 called in a wrong way;\n' +
        '128 + n stopped by signal n.',
    )
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .allowExcessArguments(false);
  command.parse(argv, { from: 'user' });
  const { every, ...given } = command.opts<
    Omit<SoakOptions, 'dir' | 'result' | 'everySeconds' | 'plot'> & {
      every: number;
      dir?: string;
      result?: string;
      plot?: string;
    }
  >();
  const dir = given.dir ?? join(root, 'tmp/soak');
  return {
    ...given,
    everySeconds: every,
    dir,
    result: given.result ?? join(dir, 'result.json'),
    plot: given.plot,
  };
}

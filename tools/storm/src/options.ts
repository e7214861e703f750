import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

export interface StormOptions {
  /** How many processes are killed; what dies at a failpoint comes on top. */
  readonly kills: number;
  readonly minutes: number;
  readonly seed: number;
  /** Processes of each service. */
  readonly instances: number;
  /** Records in a second. */
  readonly rate: number;
  readonly sessionTimeoutMs: number;
  /** Where data, logs and findings are kept. */
  readonly dir: string;
  readonly result: string;
}

const seeds = 1_000_000;

/** Reads the command line. Throws commander's error where it is called in a wrong way, or for help. */
export function readOptions(argv: readonly string[], root: string): StormOptions {
  const command = new Command('storm')
    .description(
      'plays commands into the real system while it is being killed, then audits what has come of them',
    )
    .option('--kills <n>', 'processes to kill', whole(1, 100_000), 20)
    .option('--minutes <m>', 'how long', positive, 3)
    .option('--seed <s>', 'what is done, and to whom (default: any)', whole(0, 2 ** 31 - 1))
    .option('--instances <n>', 'processes of each service', whole(1, 8), 2)
    .option('--rate <n>', 'records in a second', positive, 20)
    .option(
      '--session-timeout <ms>',
      'after which a silent process loses its partitions',
      whole(2000, 60_000),
      6000,
    )
    .option('--dir <dir>', 'data, logs and findings (default: tmp/storm/<seed>)', folder)
    .option('--result <file>', 'the figures, as JSON (default: result.json in --dir)', folder)
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing lost, doubled, out of order or wrong; 1 something is; 2 called in a wrong way;\n' +
        '128 + n stopped by signal n. The same seed does the same things in the same order; what they meet is up to the machine.',
    )
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .allowExcessArguments(false);
  command.parse(argv, { from: 'user' });
  const given = command.opts<{
    kills: number;
    minutes: number;
    seed?: number;
    instances: number;
    rate: number;
    sessionTimeout: number;
    dir?: string;
    result?: string;
  }>();
  const seed = given.seed ?? Math.floor(Math.random() * seeds);
  const dir = given.dir ?? join(root, 'tmp/storm', String(seed));
  return {
    kills: given.kills,
    minutes: given.minutes,
    seed,
    instances: given.instances,
    rate: given.rate,
    sessionTimeoutMs: given.sessionTimeout,
    dir,
    result: given.result ?? join(dir, 'result.json'),
  };
}

export const whole = (low: number, high: number) => (text: string) => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
};

export function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 10_000) return value;
  throw new InvalidArgumentError('It must be a number above 0, up to 10000.');
}

/** A folder or file as a person names it: relative to where they are, which npm changes before it runs us. */
export const folder = (text: string): string => resolve(process.env['INIT_CWD'] ?? '.', text);

import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { folder } from '../connection';
import { CommandFailure } from '../failure';
import { paintFor } from '../screen/paint';
import { projectRoot } from '../system/project-root';
import { play, type PlayRequest, type SystemAddresses } from './play';
import type { PlayReport } from './play-report';
import { playScreen } from './play-screen';

export interface PlayOptions {
  readonly data: string;
  readonly shop?: string;
  readonly orders?: number;
  readonly rate?: number;
  readonly shuffleScans?: number;
  readonly asOf?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export const sampleDir = (): string => join(projectRoot(), 'tools/waybill/sample');

/** Options of everything that plays orders in. */
export function withPlayOptions(command: Command, data: { readonly required: boolean }): Command {
  const text = 'folder with orders.csv, order_items.csv and customers.csv, as in the Olist data set';
  if (data.required) command.requiredOption('--data <dir>', text, folder);
  else command.option('--data <dir>', text, folder, sampleDir());
  return command
    .option(
      '--shop <slug>',
      'shop that the orders belong to (default: demo-shop for the sample, olist for other data)',
    )
    .option('--orders <n>', 'only the first n orders', positive)
    .option('--rate <n>', 'at most n messages a second', positive)
    .option('--timeout <seconds>', 'give up after this time', positive, 300)
    .option('--json', 'the report as JSON instead of a screen');
}

/** Plays, shows the report, and fails when it is not as it must be. */
export async function playAndShow(
  options: PlayOptions,
  system: SystemAddresses & Pick<PlayRequest, 'isFresh' | 'withStory' | 'signal'>,
  name: string,
): Promise<void> {
  const isSample = options.data === sampleDir();
  const shop = options.shop ?? (isSample ? 'demo-shop' : 'olist');
  const where = isSample ? 'the sample' : basename(options.data);
  const shuffled = options.shuffleScans === undefined ? '' : `, scans shuffled by ${options.shuffleScans}`;
  const progress = progressLine();
  const report = await play({
    ...system,
    data: options.data,
    shop,
    ...(options.orders === undefined ? {} : { limit: options.orders }),
    ...(options.rate === undefined ? {} : { perSecond: options.rate }),
    ...(options.shuffleScans === undefined ? {} : { shuffleScans: options.shuffleScans }),
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    title: (orders) => `Waybill ${name}: ${orders} orders of ${where}, shop ${shop}${shuffled}`,
    signal: AbortSignal.any([system.signal, AbortSignal.timeout(options.timeout * 1000)]),
    progress: progress.tell,
  }).finally(progress.end);
  show(report, options.json ?? false);
  if (!report.ok) throw new CommandFailure('the check has failed');
}

function show(report: PlayReport, json: boolean): void {
  if (json) console.log(JSON.stringify(report, null, 2));
  else for (const line of playScreen(report, paintFor(process.stdout))) console.log(line);
}

/** Progress on standard error: one line that changes on a terminal, now and then a line elsewhere. */
function progressLine() {
  const { stderr } = process;
  let toldMs = 0;
  let last = '';
  return {
    tell: (text: string) => {
      const now = performance.now();
      const what = text.replace(/:.*/, '');
      if (now - toldMs < (stderr.isTTY ? 100 : 2000) && what === last) return;
      [toldMs, last] = [now, what];
      stderr.write(stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('wanted a whole number from 1 on');
  return value;
}

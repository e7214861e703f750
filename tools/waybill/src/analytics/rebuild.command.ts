import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Admin } from 'kafkajs';
import { brokersOf } from '../connection';
import { CommandFailure } from '../failure';
import { connectKafka, withAdmin } from '../kafka/connect';
import { endsOf } from '../kafka/rest';
import { interruptible } from '../screen/interruption';
import { paintFor } from '../screen/paint';
import { say } from '../screen/say';
import { cancelRebuild, claimRebuild, keepWatching, stopWatching } from './claim-rebuild';
import { countedTopics } from './counted-offsets';
import { Estimate } from './estimate';
import {
  type AnalyticsDatabase,
  type AnalyticsOptions,
  analyticsOptions,
  type GenerationsDocument,
  withAnalytics,
} from './generations';
import { operator } from './operator';
import { ProgressScreen } from './progress-screen';
import { comparisonLines, progressLine, progressOf } from './rebuild-screen';

interface Options extends AnalyticsOptions {
  readonly cancel?: boolean;
  readonly evenIfDifferent?: boolean;
}

const lookEveryMs = 500;

export function rebuildCommand(): Command {
  return analyticsOptions(
    new Command('rebuild').description('count all figures again, compare, and answer from the new ones'),
  )
    .option('--even-if-different', 'answer from the new figures also when they differ, and show how')
    .option('--cancel', 'give the rebuild up and throw away what it has built')
    .addHelpText(
      'after',
      '\nThe analytics service does the work, and answers from the old figures meanwhile. This command asks for it and\n' +
        'watches: ended half-way, the rebuild goes on, and the same command watches it again. Exit code 1: the figures\n' +
        'differ; both are kept and nothing was changed.',
    )
    .action(rebuild);
}

async function rebuild(options: Options): Promise<void> {
  if (options.cancel) return withAnalytics(options, cancel);
  const brokers = brokersOf(options);
  await withAdmin(connectKafka(brokers), brokers, (admin) =>
    withAnalytics(options, (database) => claimAndWatch(database, admin, options.evenIfDifferent ?? false)),
  );
}

async function claimAndWatch(database: AnalyticsDatabase, admin: Admin, evenIfDifferent: boolean) {
  const by = operator();
  const { number, isResumed } = await claimRebuild(database, by, evenIfDifferent);
  say(isResumed ? `goes on with generation ${number}` : `generation ${number} is begun`);
  let isTold = false;
  try {
    const screen = new ProgressScreen(process.stderr);
    const watched = { database, admin, number, by, screen };
    const ended = await interruptible((signal) => watch(watched, signal)).finally(() => screen.end());
    tell(ended);
    isTold = true;
  } catch (error) {
    isTold = error instanceof CommandFailure;
    if (!isTold) say('the rebuild goes on: the same command watches it, --cancel gives it up');
    throw error;
  } finally {
    await stopWatching(database, number, by, isTold);
  }
}

interface Watched {
  readonly database: AnalyticsDatabase;
  readonly admin: Admin;
  readonly number: number;
  readonly by: string;
  readonly screen: ProgressScreen;
}

/** Resolves with the document when the rebuild has ended, well or not. */
async function watch(
  { database, admin, number, by, screen }: Watched,
  signal: AbortSignal,
): Promise<GenerationsDocument> {
  const estimate = new Estimate();
  for (;;) {
    signal.throwIfAborted();
    if (!(await keepWatching(database, number, by)))
      throw new CommandFailure(`somebody else watches generation ${number} now, or has given it up`);
    const document = await database.read();
    const { rebuild: state, retired = [] } = document;
    if (state?.stage === 'different' || state?.stage === 'switched') {
      if (state.stage === 'different' || retired.length === 0) return document;
      screen.show('the new generation answers; the one before is thrown away once no instance reads for it');
    } else {
      const ends = await endsOf(admin, countedTopics);
      const progress = progressOf(ends, await database.positions(number));
      const nowMs = Date.now();
      estimate.add(nowMs, progress.done, progress.goal);
      screen.show(progressLine(document, progress, estimate, nowMs));
    }
    await pause(lookEveryMs, undefined, { signal });
  }
}

function tell({ live, rebuild: state }: GenerationsDocument): void {
  if (!state?.result) throw new Error('the comparison has no result');
  const { number, stage, result } = state;
  for (const line of comparisonLines(result, paintFor(process.stdout))) console.log(line);
  if (stage === 'switched') {
    console.log(`generation ${number} answers now; what came before it is thrown away`);
    return;
  }
  throw new CommandFailure(
    `generation ${number} differs from generation ${live}: both are kept, ${live} goes on answering. Again: compares ` +
      'once more; --even-if-different: answers from the new one; --cancel: throws it away',
  );
}

async function cancel(database: AnalyticsDatabase): Promise<void> {
  const number = await cancelRebuild(database);
  console.log(`generation ${number} is given up; the analytics service throws it away`);
}

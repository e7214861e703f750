import { parseTime } from '@waybill/contracts';
import { Command, InvalidArgumentError } from 'commander';
import {
  brokersOf,
  type ConnectionOptions,
  isSystemGiven,
  serviceUrlsOf,
  withConnection,
} from '../connection';
import { interruptible } from '../screen/interruption';
import { say } from '../screen/say';
import { loadStackTools } from '../system/stack-tools';
import { readState } from '../system/system-state';
import { livenessOf } from '../system/waybill-system';
import { addressesOf, isFresh, withOwnSystem } from './demo.command';
import { type PlayOptions, playAndShow, withPlayOptions } from './play-options';

type Options = PlayOptions & ConnectionOptions;

export function replayCommand(): Command {
  const command = new Command('replay').description(
    'play a data set into the running system, or into one of its own, and check what came of it',
  );
  return withConnection(withPlayOptions(command, { required: true }), 'services')
    .option(
      '--shuffle-scans <seed>',
      'play what carriers say in any order, also before its number; a seed always gives the same order',
      seed,
    )
    .option(
      '--as-of <time>',
      'when to look for overdue parcels (default: the hour after all that the data set tells)',
      time,
    )
    .addHelpText(
      'after',
      '\nThe final state is a hash of what all orders and parcels came to. Two systems that were played the same orders\n' +
        'have the same one, whatever order their scans came in.',
    )
    .action(replay);
}

async function replay(options: Options): Promise<void> {
  if (await isSystemThere(options)) {
    await interruptible((signal) =>
      playAndShow(
        options,
        {
          brokers: brokersOf(options),
          ...serviceUrlsOf(options),
          isFresh: false,
          withStory: false,
          signal,
        },
        'replay',
      ),
    );
    return;
  }
  say('no system is running (npm run up starts one), so this run gets one of its own');
  await withOwnSystem(false, (system, signal) =>
    playAndShow(
      options,
      { ...addressesOf(system), isFresh: isFresh(system, false), withStory: false, signal },
      'replay',
    ),
  );
}

async function isSystemThere(options: Options): Promise<boolean> {
  if (isSystemGiven(options)) return true;
  const state = readState(options.dataDir);
  return state !== undefined && livenessOf(state, await loadStackTools()) === 'running';
}

function seed(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('wanted a whole number from 0 on');
  return value;
}

function time(text: string): string {
  const normal = parseTime(text);
  if (normal === undefined)
    throw new InvalidArgumentError('wanted a time with its offset, 2018-10-01T00:00:00Z for instance');
  return normal;
}

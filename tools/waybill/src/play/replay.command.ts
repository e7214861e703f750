import { Command } from 'commander';
import { brokersOf, type ConnectionOptions, ordersUrlOf, withConnection } from '../connection';
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
  return withConnection(withPlayOptions(command, { required: true }), 'orders').action(replay);
}

async function replay(options: Options): Promise<void> {
  if (await isSystemThere(options)) {
    await interruptible((signal) =>
      playAndShow(
        options,
        { brokers: brokersOf(options), ordersUrl: ordersUrlOf(options), isFresh: false, signal },
        'replay',
      ),
    );
    return;
  }
  say('no system is running (npm run up starts one), so this run gets one of its own');
  await withOwnSystem(false, (system, signal) =>
    playAndShow(options, { ...addressesOf(system), isFresh: isFresh(system, false), signal }, 'replay'),
  );
}

async function isSystemThere(options: Options): Promise<boolean> {
  if (options.ordersUrl ?? process.env['WAYBILL_ORDERS_URL']) return true;
  const state = readState(options.dataDir);
  return state !== undefined && livenessOf(state, await loadStackTools()) === 'running';
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandFailure } from '../failure';
import { interruptible } from '../screen/interruption';
import { say } from '../screen/say';
import { endOfLog } from '../system/service-process';
import { logFile, type ServiceName, serviceNames } from '../system/system-state';
import { systemAddresses } from '../system/system-screen';
import { startSystem, type WaybillSystem } from '../system/waybill-system';
import type { SystemAddresses } from './play';
import { type PlayOptions, playAndShow, withPlayOptions } from './play-options';

interface Options extends PlayOptions {
  readonly keep?: boolean;
}

export function demoCommand(): Command {
  return withPlayOptions(
    new Command('demo').description(
      'start everything, play orders in, show and check what came of them, stop',
    ),
    { required: false },
  )
    .option('--keep', 'leave everything running, and say how to use and to stop it')
    .action(demo);
}

async function demo(options: Options): Promise<void> {
  await withOwnSystem(options.keep ?? false, (system, signal) =>
    playAndShow(
      options,
      {
        ...addressesOf(system),
        isFresh: isFresh(system, options.keep ?? false),
        withStory: true,
        signal,
      },
      'demo',
    ),
  );
}

/** Runs `work` with a system of its own in a temporary folder, which is gone afterwards unless it is kept. */
export async function withOwnSystem(
  keep: boolean,
  work: (system: WaybillSystem, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'waybill-demo-'));
  let isKept = false;
  try {
    await interruptible(async (signal) => {
      const system = await startSystem({
        dataDir,
        detached: keep,
        // what is played lies in the past: the clock on the wall must not say that it is overdue
        ...(keep ? {} : { environment: { WAYBILL_OVERDUE_CHECK: 'off' } }),
        say,
        signal,
      });
      const broken = new AbortController();
      void system.broken.then((sentence) =>
        broken.abort(new CommandFailure(`${sentence}\n${endsOfLogs(dataDir, sentence)}`)),
      );
      try {
        await work(system, AbortSignal.any([signal, broken.signal]));
        isKept = keep;
      } finally {
        if (!isKept) {
          say('stopping everything …');
          await system.stop();
        }
      }
    });
    if (isKept) for (const line of ['', ...systemAddresses(dataDir)]) say(line);
  } finally {
    if (!isKept) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Whether nobody can have used it before: the servers are this run's own and not those that a user keeps. */
export function isFresh({ state }: WaybillSystem, keep: boolean): boolean {
  return state.stack.kind === 'local' || (state.stack.kind === 'docker' && !keep);
}

export function addressesOf({ state }: WaybillSystem): SystemAddresses {
  const urlOf = (wanted: ServiceName) =>
    `http://127.0.0.1:${state.services.find(({ name }) => name === wanted)?.port ?? 0}`;
  return {
    brokers: state.brokers.split(','),
    ordersUrl: urlOf('orders'),
    shipmentsUrl: urlOf('shipments'),
    analyticsUrl: urlOf('analytics'),
  };
}

function endsOfLogs(dataDir: string, sentence: string): string {
  const name = serviceNames.find((service) => sentence.startsWith(service));
  return name ? endOfLog(logFile(dataDir, name)) : '';
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Waiting } from '../evidence/settled';
import type { Playing } from '../load/playing';
import type { Monkey } from '../monkey/monkey';
import type { Fleet } from '../system/fleet';

const everyMs = 10_000;

export interface Watched {
  readonly monkey: Monkey;
  readonly fleet: Fleet;
  readonly playing: Playing;
  readonly waiting: Waiting;
}

/** Says every ten seconds how far it is, until it is told to stop. */
export async function sayProgress(
  { monkey, fleet, playing, waiting }: Watched,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const begin = Date.now();
  for (;;) {
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { ready, wanted } = fleet.state;
    const lag = await waiting.look().then(
      (all) => Object.values(all).reduce((sum, count) => sum + count, 0),
      () => undefined,
    );
    const behind = lag === undefined ? 'the broker does not answer' : `${lag} records wait`;
    const seconds = Math.round((Date.now() - begin) / 1000);
    say(
      `${seconds} s: ${playing.acknowledged.size} commands, ${monkey.kills.total} kills, ` +
        `${monkey.trouble.total} other trouble, ${ready}/${wanted} processes, ${behind}`,
    );
  }
}

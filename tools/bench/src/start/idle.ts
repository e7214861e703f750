import { setTimeout as pause } from 'node:timers/promises';
import { services, startDelivered } from '../delivered';
import { cpuMs } from '../process-usage';
import { setStage } from '../stage';

/** What a service that has just started still does on its own: it compiles, and collects garbage. */
const settleMs = 20_000;

/** Percent of a core that each of the four services needs while there is no traffic, all of them on one stage. */
export async function measureIdle(seconds: number): Promise<Readonly<Record<string, number>>> {
  const stage = await setStage();
  try {
    const children = await Promise.all(services.map((name) => startDelivered(name, stage)));
    await pause(settleMs);
    const before = children.map(({ pid }) => cpuMs(pid));
    const begin = performance.now();
    await pause(seconds * 1000);
    const ms = performance.now() - begin;
    const used = children.map(({ pid }, i) => cpuMs(pid) - (before[i] ?? 0));
    await Promise.all(children.map((child) => child.stop()));
    return Object.fromEntries(services.map((name, i) => [name, ((used[i] ?? Number.NaN) / ms) * 100]));
  } finally {
    await stage.end();
  }
}

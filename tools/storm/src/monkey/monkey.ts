import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random';
import { type Fleet, type Instance, patienceMs } from '../system/fleet';
import type { ServiceName } from '../system/service-names';
import type { Part, StormServers } from '../system/servers';
import type { Deed, PlannedDeed } from './deeds';
import { Tally } from './tally';

export const partNames: Readonly<Record<Part, string>> = { kafka: 'broker', mongo: 'database' };

const lookEveryMs = 100;
const longestWorkMs = 5000;

/** Does what was planned. What is done to one server, or to one service, is done one after the other; the rest at once. */
export class Monkey {
  /** Processes that were killed. */
  readonly kills = new Tally();
  /** What else was done to them. */
  readonly trouble = new Tally();
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly later = new Set<Promise<void>>();

  constructor(
    private readonly servers: StormServers,
    private readonly fleet: Fleet,
    private readonly random: Random,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when all is done, and everything is back. */
  async run(plan: readonly PlannedDeed[]): Promise<void> {
    const begin = Date.now();
    for (const { atMs, deed } of plan) {
      await pause(Math.max(0, begin + atMs - Date.now()), undefined, { signal: this.signal });
      const lane = 'service' in deed ? deed.service : deed.part;
      const done = (this.lanes.get(lane) ?? Promise.resolve()).then(() => this.act(deed));
      // whoever waits for all of them hears of it
      done.catch(() => undefined);
      this.lanes.set(lane, done);
    }
    await Promise.all(this.lanes.values());
    await Promise.all(this.later);
  }

  private async act(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'kill service':
        await this.fleet.kill(await this.victim(deed.service));
        this.kills.add(deed.service);
        return;
      case 'terminate service': {
        const how = await this.fleet.terminate(await this.victim(deed.service));
        this.trouble.add(how === 0 ? 'SIGTERM' : 'SIGTERM, without the time to finish');
        return;
      }
      case 'freeze service': {
        const victim = await this.victim(deed.service);
        this.trouble.add('SIGSTOP of a service');
        this.fleet.freeze(victim);
        return this.after(deed.forMs, () => this.fleet.thaw(victim));
      }
      case 'scale service':
        this.trouble.add('scaled up or down');
        return this.fleet.scale(deed.service, deed.to);
      case 'kill server':
        await this.servers.kill(deed.part);
        this.kills.add(partNames[deed.part]);
        await pause(deed.forMs, undefined, { signal: this.signal });
        return this.servers.restart(deed.part);
      case 'freeze server':
        this.trouble.add(`SIGSTOP of the ${partNames[deed.part]}`);
        this.servers.freeze(deed.part);
        await pause(deed.forMs, undefined, { signal: this.signal }).finally(() =>
          this.servers.thaw(deed.part),
        );
        return;
      case 'cut':
        this.trouble.add(
          'connections cut',
          this.servers.proxies[deed.part].cut(() => this.random.chance(deed.share)),
        );
        return;
      case 'delay':
        this.trouble.add('connections held up');
        this.servers.proxies[deed.part].delay(deed.byMs);
        return this.after(deed.forMs, () => this.servers.proxies[deed.part].delay(0));
      case 'silence':
        this.trouble.add('connections silent');
        this.servers.proxies[deed.part].fallSilent(
          pause(deed.forMs, undefined, { signal: this.signal }).catch(() => undefined),
        );
        return;
    }
  }

  /** Somebody who has worked for a while: to kill at once whoever gets up would only keep everything down. */
  private async victim(service: ServiceName): Promise<Instance> {
    const workMs = this.random.int(0, longestWorkMs);
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const since = Date.now() - workMs;
      const ready = this.fleet
        .readyOf(service)
        .filter(({ readySinceMs = Infinity }) => readySinceMs <= since);
      if (ready.length > 0) return this.random.pick(ready);
      await pause(lookEveryMs, undefined, { signal: this.signal });
    }
    throw new Error(`no process of ${service} takes work any more`);
  }

  /** Puts an end to it later; meanwhile other things may be done to the same. */
  private after(ms: number, end: () => void): void {
    const done = pause(ms, undefined, { signal: this.signal }).finally(end);
    done.catch(() => undefined);
    this.later.add(done);
    void done.finally(() => this.later.delete(done)).catch(() => undefined);
  }
}

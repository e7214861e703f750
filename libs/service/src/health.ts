import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Something that the service cannot work without. */
export interface HealthSource {
  /** One word, shown as the key in the answer of /health/ready. */
  readonly name: string;
  /** Resolves while all is well; rejects with what is wrong, in words for an operator, without secrets. */
  check(): Promise<void>;
  /** What an operator should know although it is well; undefined: nothing. Without secrets. */
  note?(): string | undefined;
}

export type Condition = { readonly name: string; readonly fault: string | null };

/** A probe is asked every few seconds and must not hang with what it looks at. */
const probeWithinMs = 2000;
/** While starting there is time to hear the real reason, which a driver gives only when it gives up. */
const startWithinMs = 10_000;
const longestPauseMs = 2000;

/** The health sources of one app: providers add themselves, the probes and the start ask. */
@Injectable()
export class Health {
  private readonly list: HealthSource[] = [];
  private readonly running = new Map<HealthSource, Promise<void>>();

  get sources(): readonly HealthSource[] {
    return this.list;
  }

  add(source: HealthSource): void {
    this.list.push(source);
  }

  async condition(source: HealthSource, withinMs = probeWithinMs): Promise<Condition> {
    const timeout = new AbortController();
    try {
      const late = delay(withinMs, undefined, { signal: timeout.signal }).then(() => {
        throw new Error(`no answer within ${withinMs} ms`);
      });
      await Promise.race([this.checkOnce(source), late]);
      return { name: source.name, fault: null };
    } catch (error) {
      return { name: source.name, fault: error instanceof Error ? error.message : String(error) };
    } finally {
      timeout.abort();
    }
  }

  /** Waits until every source is well. `onFault` hears of each new fault once. Stops waiting when `signal` aborts. */
  async untilWell(onFault: (condition: Condition) => void, signal: AbortSignal): Promise<void> {
    const last = new Map<string, string | null>();
    for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const conditions = await Promise.all(this.list.map((source) => this.condition(source, startWithinMs)));
      for (const condition of conditions) {
        if (condition.fault !== null && last.get(condition.name) !== condition.fault) onFault(condition);
        last.set(condition.name, condition.fault);
      }
      if (conditions.every(({ fault }) => fault === null)) return;
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  // while one check hangs, probes wait for that one instead of starting more of them
  private checkOnce(source: HealthSource): Promise<void> {
    const running = this.running.get(source);
    if (running !== undefined) return running;
    const check = source.check().finally(() => this.running.delete(source));
    this.running.set(source, check);
    return check;
  }
}

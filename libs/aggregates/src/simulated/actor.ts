import type { Random } from './random';

/** The process of this actor is gone; whatever it awaited never comes back. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A call failed, or its acknowledgement was lost: the caller cannot know which. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Somebody else was faster: the same again, from the beginning. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * What becomes of a call. `…-late`: the request is on its way and arrives later, when nobody waits for it any more.
 * `…-torn`: some of its parts arrive, such as what goes to one of several partitions.
 */
export const faults = [
  'kill',
  'kill-after',
  'kill-late',
  'kill-torn',
  'lose-request',
  'lose-acknowledgement',
  'lose-late',
  'lose-torn',
] as const;
export type Fault = (typeof faults)[number];
export type Verdict = 'run' | Fault;

/** A call to broker or database, by its name in the catalogue. */
export interface Step {
  readonly kind: string;
  /** What it is about, for the story of a history. */
  readonly about?: () => string;
  /** Its parts, where it may arrive in parts. */
  readonly parts?: () => readonly (() => Promise<unknown>)[];
}

const nothing = (): void => undefined;

interface Turn {
  readonly step: Step;
  readonly call: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Whoever stands before a call. */
export interface Caller {
  call<T>(run: () => Promise<T>, step: Step): Promise<T>;
}

/** One worker of a process, stopped before each of its calls to the outside until the scheduler gives it a turn. */
export class Actor implements Caller {
  private turn: Turn | null = null;
  /** Waiting for input; a turn lets it look again. */
  idle = false;
  dead = false;
  private wake: (() => void) | null = null;

  constructor(readonly name: string) {}

  call<T>(run: () => Promise<T>, step: Step): Promise<T> {
    if (this.dead) return Promise.reject(new Killed(this.name));
    if (this.turn) throw new Error(`${this.name} asks for ${step.kind} beside ${this.turn.step.kind}`);
    return new Promise<T>((resolve, reject) => {
      this.turn = { step, call: run, resolve: resolve as (value: unknown) => void, reject };
    });
  }

  waitForInput(): Promise<void> {
    if (this.dead) return Promise.reject(new Killed(this.name));
    this.idle = true;
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** The call that it stands before. */
  get before(): Step | null {
    return this.turn?.step ?? null;
  }

  get canRun(): boolean {
    return !this.dead && (this.turn !== null || this.idle);
  }

  kill(): void {
    this.dead = true;
    this.turn = null;
    this.idle = false;
  }

  /** `postpone` takes a request that arrives later. */
  async give(verdict: Verdict, random: Random, postpone: (request: () => Promise<unknown>) => void) {
    const { turn } = this;
    this.turn = null;
    if (!turn) {
      this.idle = false;
      this.wake?.();
      return;
    }
    const after = await this.send(turn, verdict, random, postpone);
    if (verdict === 'run') after();
    else if (verdict.startsWith('lose')) turn.reject(new Unreachable(this.name));
    else this.kill();
  }

  /** What arrives of the request; answers what its acknowledgement would do. */
  private async send(
    { call, step, resolve, reject }: Turn,
    verdict: Verdict,
    random: Random,
    postpone: (request: () => Promise<unknown>) => void,
  ): Promise<() => void> {
    if (verdict === 'kill' || verdict === 'lose-request') return nothing;
    if (verdict.endsWith('late')) {
      postpone(call);
      return nothing;
    }
    if (verdict.endsWith('torn')) {
      for (const part of step.parts?.() ?? []) if (random.chance(0.5)) await part();
      return nothing;
    }
    return call().then(
      (value) => () => resolve(value),
      (error: Error) => () => reject(error),
    );
  }
}

/** The process of this actor is gone; whatever it awaited never comes back. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A call failed, or its acknowledgement was lost: the caller cannot know which. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type Verdict = 'run' | 'lose-request' | 'lose-acknowledgement' | 'kill' | 'kill-after';

interface Turn {
  readonly call: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One process, stopped before each of its calls to the outside until the scheduler gives it a turn. */
export class Actor {
  private turn: Turn | null = null;
  /** Waiting for input; a turn lets it look again. */
  idle = false;
  dead = false;
  stalled = false;
  private wake: (() => void) | null = null;

  constructor(readonly name: string) {}

  /** A call to broker or database. */
  call<T>(run: () => Promise<T>): Promise<T> {
    if (this.dead) return Promise.reject(new Killed(this.name));
    return new Promise<T>((resolve, reject) => {
      this.turn = { call: run, resolve: resolve as (value: unknown) => void, reject };
    });
  }

  waitForInput(): Promise<void> {
    if (this.dead) return Promise.reject(new Killed(this.name));
    this.idle = true;
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  get canRun(): boolean {
    return !this.dead && (this.turn !== null || this.idle);
  }

  kill(): void {
    this.dead = true;
    this.turn = null;
    this.idle = false;
  }

  async give(verdict: Verdict): Promise<void> {
    const { turn } = this;
    if (!turn) {
      this.idle = false;
      this.wake?.();
      return;
    }
    this.turn = null;
    if (verdict === 'lose-request') turn.reject(new Unreachable(this.name));
    else if (verdict === 'kill') this.kill();
    else {
      const result = await turn.call().then(
        (value) => () => turn.resolve(value),
        (error: Error) => () => turn.reject(error),
      );
      if (verdict === 'run') result();
      else if (verdict === 'lose-acknowledgement') turn.reject(new Unreachable(this.name));
      else this.kill();
    }
  }
}

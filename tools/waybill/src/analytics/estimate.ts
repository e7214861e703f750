interface Sample {
  readonly atMs: number;
  readonly done: number;
  readonly goal: number;
}

/** What can honestly be said of the time left. */
export type TimeLeft =
  | { readonly is: 'unknown' }
  /** At the rate of late it never ends: facts come faster than they are counted, or nothing moves. */
  | { readonly is: 'never' }
  | { readonly is: 'about'; readonly seconds: number };

const windowMs = 20_000;
const leastMs = 3000;

/** Estimates from what was done in the last 20 seconds. The goal moves, too, while facts flow in. */
export class Estimate {
  private readonly samples: Sample[] = [];

  add(atMs: number, done: number, goal: number): void {
    // before the first record nothing was slow, it had only not begun
    if (this.samples.every((sample) => sample.done === 0) && done === 0) this.samples.length = 0;
    this.samples.push({ atMs, done, goal });
    while (this.samples.length > 2 && (this.samples[0]?.atMs ?? atMs) < atMs - windowMs) this.samples.shift();
  }

  /** Records counted in a second; null: it was not watched long enough. */
  get perSecond(): number | null {
    return this.rate(({ done }) => done);
  }

  get timeLeft(): TimeLeft {
    const last = this.samples.at(-1);
    const closing = this.rate(({ done, goal }) => done - goal);
    if (!last || closing === null) return { is: 'unknown' };
    const left = Math.max(0, last.goal - last.done);
    if (left === 0) return { is: 'about', seconds: 0 };
    return closing <= 0 ? { is: 'never' } : { is: 'about', seconds: left / closing };
  }

  private rate(valueOf: (sample: Sample) => number): number | null {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < leastMs) return null;
    return (valueOf(last) - valueOf(first)) / ((last.atMs - first.atMs) / 1000);
  }
}

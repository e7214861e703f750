export const say = (line: string): void => void process.stderr.write(`${line}\n`);

const everyMs = 5000;

/** Says every few seconds how far a run is. */
export class Progress {
  private readonly startedMs = performance.now();
  private toldMs = this.startedMs;
  private done = 0;

  constructor(
    private readonly all: number,
    private readonly things: string,
  ) {}

  at(done: number, more: string): void {
    this.done = done;
    if (performance.now() - this.toldMs < everyMs) return;
    this.toldMs = performance.now();
    say(`${done} of ${this.all} ${this.things}, ${this.perSecond} a second, ${more}`);
  }

  get seconds(): number {
    return Math.round((performance.now() - this.startedMs) / 100) / 10;
  }

  get perSecond(): number {
    return Math.round(this.done / Math.max(0.1, this.seconds));
  }
}

import type { Positions } from './cut';
import type { GenerationBook } from './generation-book';

const pauseForMs = 10_000;
const renewEveryMs = 2000;

/** The comparison cannot be made now. It is tried again, if the rebuild was not given up. */
export class NotNowError extends Error {
  override readonly name = 'NotNowError';
}

/** Keeps a pause from ending. */
export class Pausing {
  private cut: Positions = new Map();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly book: GenerationBook,
    private readonly number: number,
  ) {
    // one that cannot be renewed ends, and the comparison finds out
    this.timer = setInterval(() => void this.renew().catch(() => undefined), renewEveryMs);
  }

  async at(cut: Positions): Promise<void> {
    this.cut = cut;
    if (!(await this.renew())) throw new NotNowError('the rebuild was given up');
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private renew(): Promise<boolean> {
    const cut = [...this.cut].map(([stream, next]) => ({ stream, next }));
    return this.book.pause(this.number, { until: new Date(Date.now() + pauseForMs), cut });
  }
}

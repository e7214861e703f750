import { randomUUID } from 'node:crypto';
import { countedGenerations, type GenerationBook, type GenerationsDocument } from './generation-book';
import type { Rebuilder } from './rebuilder';

const sweepEveryMs = 3_600_000;

/** This instance's part in the work on generations: all of it while it is its turn, otherwise nothing. */
export class RebuildWork {
  private readonly id = randomUUID();
  private isWorking = false;
  private sweptAtMs = -Infinity;

  constructor(
    private readonly book: Pick<GenerationBook, 'takeWork'>,
    private readonly rebuilder: Pick<Rebuilder, 'work' | 'sweep'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** To be called again and again, whether or not the last turn is over. */
  async turn(document: GenerationsDocument): Promise<void> {
    const isSweepDue = this.now() - this.sweptAtMs > sweepEveryMs;
    const isAsked = (document.retired ?? []).length > 0 || countedGenerations(document).length > 1;
    if (!isAsked && !isSweepDue) return;
    // asked for while it works, too, so that it is not given to somebody else
    if (!(await this.book.takeWork(this.id)) || this.isWorking) return;
    this.isWorking = true;
    try {
      if (isSweepDue) await this.rebuilder.sweep(document);
      if (isSweepDue) this.sweptAtMs = this.now();
      await this.rebuilder.work(document);
    } finally {
      this.isWorking = false;
    }
  }
}

import { type ResourceLimits, Worker } from 'node:worker_threads';

export interface CrewOptions {
  readonly size: number;
  readonly resourceLimits?: ResourceLimits;
  /** A job that takes longer is a hang. */
  readonly longestMs?: number;
}

/** What became of a job whose worker was lost: it ran out of memory, or it did not come back. */
export class LostJob extends Error {
  override readonly name = 'LostJob';

  constructor(
    readonly job: unknown,
    reason: string,
  ) {
    super(reason);
  }
}

/** Threads that run this very program and work jobs off, each one at a time. */
export class Crew<Job, Result> {
  constructor(private readonly options: CrewOptions) {}

  /** Hands each result over as it comes. Rejects with the first error of a job. */
  async run(jobs: Iterable<Job>, take: (result: Result, job: Job) => void): Promise<void> {
    const waiting = jobs[Symbol.iterator]();
    await Promise.all(Array.from({ length: this.options.size }, () => this.work(waiting, take)));
  }

  private async work(waiting: Iterator<Job>, take: (result: Result, job: Job) => void): Promise<void> {
    const { resourceLimits } = this.options;
    const worker = new Worker(__filename, resourceLimits ? { resourceLimits } : {});
    try {
      for (let next = waiting.next(); !next.done; next = waiting.next())
        take(await this.one(worker, next.value), next.value);
    } finally {
      await worker.terminate();
    }
  }

  private one(worker: Worker, job: Job): Promise<Result> {
    const { longestMs } = this.options;
    return new Promise((resolve, reject) => {
      const timer = longestMs
        ? setTimeout(() => end(() => reject(new LostJob(job, `no answer within ${longestMs} ms`))), longestMs)
        : undefined;
      const lost = (error: Error) => end(() => reject(new LostJob(job, error.message)));
      const done = (result: Result) => end(() => resolve(result));
      const end = (settle: () => void) => {
        clearTimeout(timer);
        worker.off('message', done).off('error', lost);
        settle();
      };
      worker.on('message', done).on('error', lost);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows of a browser
      worker.postMessage(job);
    });
  }
}

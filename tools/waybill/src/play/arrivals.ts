import { CommandFailure } from '../failure';

/** Waits for things that arrive one by one, without polling. */
export class Arrivals {
  private readonly waiting = new Set<() => void>();

  /** Something arrived: whoever waits looks again. */
  changed(): void {
    for (const look of this.waiting) look();
  }

  /** Resolves as soon as `isThere` says so. `missing` words the failure when `signal` aborts before. */
  async until(isThere: () => boolean, missing: () => string, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => {
      if (isThere()) resolve();
    };
    const stop = () => {
      const reason = signal.reason as Error;
      reject(reason.name === 'TimeoutError' ? new CommandFailure(`it took too long: ${missing()}`) : reason);
    };
    this.waiting.add(look);
    signal.addEventListener('abort', stop);
    try {
      look();
      if (signal.aborted) stop();
      await promise;
    } finally {
      this.waiting.delete(look);
      signal.removeEventListener('abort', stop);
    }
  }
}

/** Ctrl-C or a request to end, as a reason to abort. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly by: NodeJS.Signals) {
    super(`stopped by ${by}`);
  }
}

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs `work` with a signal that aborts at Ctrl-C, so that it can clean up before the program ends. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (by: NodeJS.Signals) => controller.abort(new Interrupted(by));
  for (const name of signals) process.on(name, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, abort);
  }
}

/** The same for work that goes on until then: being interrupted is how it ends well. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await interruptible(async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  });
}

import { setTimeout as pause } from 'node:timers/promises';

/** Calls `send` with 0, 1, 2 … so many times a second, whatever becomes of it, `total` times or until `signal`. Answers how often. */
export async function atRate(
  perSecond: number,
  total: number,
  send: (i: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const begin = performance.now();
  let sent = 0;
  while (sent < total) {
    if (signal?.aborted) break;
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * perSecond));
    while (sent < due) send(sent++);
    await pause(2);
  }
  return sent;
}

import type { BatchContext } from './batch-context';
import { whenDue } from './retry-server-kafka';
import { sampleRecord } from './sample-record';

const delayMs = 5000;
const records = [0, 100, 5000].map((timestampMs, offset) => sampleRecord('{}', { timestampMs, offset }));

it.each([
  ['nothing is due', 4999, [], [0, 1]],
  ['the first is due', 5000, [0], [1, 100]],
  ['two are due', 5100, [0, 1], [2, 4900]],
  ['all are due', 10_000, [0, 1, 2], undefined],
  ['our clock is far behind the one of the broker', -60_000, [], [0, delayMs]],
])('when %s', async (_what, nowMs, due, hold) => {
  const handed: number[][] = [];
  const holds: unknown[] = [];
  const context = { holdFrom: (...held: unknown[]) => holds.push(held) } as unknown as BatchContext;

  await whenDue(
    async (some) => void handed.push(some.map(({ offset }) => offset)),
    delayMs,
    () => nowMs,
  )(records, context);

  expect(handed).toEqual(due.length === 0 ? [] : [due]);
  expect(holds).toEqual(hold ? [hold] : []);
});

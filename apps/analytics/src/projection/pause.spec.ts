import type { BatchContext, InputRecord } from '@waybill/messaging';
import { areAt, commonCut, isBeyond, remaining } from './cut';
import { pausable, pausedFrom } from './pause';

const pause = { until: new Date(1000), cut: [{ stream: 'a', next: 7 }] };

it.each([
  { when: 'there is none', given: undefined, stream: 'a', nowMs: 0, from: Infinity },
  { when: 'it is over', given: pause, stream: 'a', nowMs: 1000, from: Infinity },
  { when: 'the stream has a cut', given: pause, stream: 'a', nowMs: 999, from: 7 },
  { when: 'the stream is new since', given: pause, stream: 'b', nowMs: 999, from: 0 },
])('a pause lets pass what is below $from when $when', ({ given, stream, nowMs, from }) => {
  expect(pausedFrom(given, stream, nowMs)).toBe(from);
});

const run = async (from: number, hold: (context: BatchContext) => void = () => undefined) => {
  const handled: number[] = [];
  const held: unknown[][] = [];
  const context = {
    partition: 3,
    holdFrom: (...how: unknown[]) => held.push(how),
  } as unknown as BatchContext;
  const records = [5, 6, 9].map((offset) => ({ offset }) as InputRecord);
  const handler = pausable(
    async (given) => {
      handled.push(...given.map(({ offset }) => offset));
      hold(context);
    },
    (partition) => (partition === 3 ? from : 0),
  );
  await handler(records, context);
  return { handled, held };
};

it.each([
  { from: Infinity, handled: [5, 6, 9], held: [] },
  { from: 7, handled: [5, 6], held: [[9, 250]] },
  { from: 0, handled: [], held: [[5, 250]] },
])('hands over what is below $from and asks for the rest again', async ({ from, ...wanted }) => {
  expect(await run(from)).toEqual(wanted);
});

it('leaves the last word to a handler that holds the partition for longer', async () => {
  expect((await run(7, ({ holdFrom }) => holdFrom?.(6))).held).toEqual([[9, 250], [6]]);
});

const positions = (given: Record<string, number>) => new Map(Object.entries(given));

it('cuts where the generation that is ahead stands, stream by stream', () => {
  const [a, b] = [positions({ x: 5, y: 1 }), positions({ x: 3, y: 4, z: 2 })];
  const cut = commonCut(a, b);
  expect(cut).toEqual(positions({ x: 5, y: 4, z: 2 }));
  expect(isBeyond(a, cut)).toBe(false);
  expect(isBeyond(positions({ x: 6 }), cut)).toBe(true);
  expect(isBeyond(positions({ other: 1 }), cut)).toBe(true);
  expect(remaining(a, b)).toBe(2);
});

it('is there when all have come to the cut, but for streams of topics that are gone', () => {
  const cut = positions({ x: 5, 'gone/x': 9 });
  const isCurrent = (stream: string) => !stream.startsWith('gone/');
  expect(areAt([cut, positions({ x: 5 })], cut, isCurrent)).toBe(true);
  expect(areAt([cut, positions({ x: 4, 'gone/x': 9 })], cut, isCurrent)).toBe(false);
  expect(areAt([cut, positions({})], cut, isCurrent)).toBe(false);
});

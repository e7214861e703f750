import { coursesOf } from './flatness';
import type { Sample } from './sample';

const sample = (i: number, changed: Partial<Sample> = {}): Sample => ({
  seconds: i * 10,
  commands: i * 200,
  memoryMb: { orders: 150 + (i % 3) },
  descriptors: { orders: 40 },
  documentKb: { orders: 9 },
  lag: i % 5,
  ...changed,
});
const thirty = Array.from({ length: 30 }, (_, i) => i);
const notFlat = (samples: readonly Sample[]) =>
  coursesOf(samples).flatMap(({ what, isFlat }) => (isFlat ? [] : [what]));

test('what goes up and down is flat, and so is what grew while it warmed up', () => {
  expect(notFlat(thirty.map((i) => sample(i)))).toEqual([]);
  expect(notFlat(thirty.map((i) => sample(i, { memoryMb: { orders: i < 9 ? 80 : 150 } })))).toEqual([]);
});

test.each<[string, (i: number) => Partial<Sample>]>([
  ['memory, MB, of orders', (i) => ({ memoryMb: { orders: 150 + 8 * i } })],
  ['file descriptors of orders', (i) => ({ descriptors: { orders: 40 + i } })],
  ['mean document, KB, of orders', (i) => ({ documentKb: { orders: 9 + i / 5 } })],
  ['records that wait', (i) => ({ lag: i * 30 })],
])('what grows is found: %s', (what, grown) => {
  expect(notFlat(thirty.map((i) => sample(i, grown(i))))).toEqual([what]);
});

test('a measure that could not be taken is not flat', () => {
  expect(notFlat(thirty.map((i) => sample(i, { lag: Number.NaN })))).toEqual(['records that wait']);
});

import { Random } from './random';

const thousand = <T>(make: () => T): T[] => Array.from({ length: 1000 }, make);

test('a seed always gives the same numbers', () => {
  const [one, same, other] = [new Random(5), new Random(5), new Random(6)];
  const numbers = thousand(() => one.next());
  expect(thousand(() => same.next())).toEqual(numbers);
  expect(thousand(() => other.next())).not.toEqual(numbers);
});

test('whole numbers have both ends, and nothing beyond', () => {
  const random = new Random(5);
  const numbers = thousand(() => random.int(2, 4));
  expect(new Set(numbers)).toEqual(new Set([2, 3, 4]));
});

test('names come as often as they weigh', () => {
  const random = new Random(5);
  const names = thousand(() => random.weighted({ often: 9, seldom: 1, never: 0 }));
  const often = names.filter((name) => name === 'often').length;
  expect(names).not.toContain('never');
  expect(often).toBeGreaterThan(850);
  expect(often).toBeLessThan(950);
});

test('shuffled, all are still there', () => {
  const all = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = new Random(5).shuffled(all);
  expect(shuffled).not.toEqual(all);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(all);
});

test('from nothing nothing can be picked', () => {
  expect(() => new Random(5).pick([])).toThrow('there is nothing to pick from');
});

import { growthTables } from './growth-tables';
import { pictureOf } from './pictures';
import { costOf, type Point } from './point';

const curve = {
  name: 'lag',
  about: 'orders that wait',
  x: 'messages',
  isLogX: true,
  plots: [{ figure: 'rate', title: 'Handled', y: 'messages/s' }],
};
const point = (x: number, rate: number, more: Partial<Point> = {}): Point => ({
  curve: 'lag',
  series: 'orders',
  x,
  figures: { rate },
  load: 1,
  faults: [],
  ...more,
});
const all = [
  point(1000, 4000),
  point(10_000, 5000),
  point(10_000, 9, { series: 'void ones', faults: ['facts: 3, not 2'] }),
  point(1, 7, { curve: 'other', series: 'strangers' }),
];

test('a picture shows the points of its curve that are not void', () => {
  const svg = pictureOf(curve, all);
  expect(svg).toContain('>orders</text>');
  expect(svg).not.toContain('void ones');
  expect(svg).not.toContain('strangers');
});

test('a table has a row for each point of its curve, and says why one is void', () => {
  const rows = growthTables([curve], all).filter((line) => line.startsWith('| '));
  expect(rows).toHaveLength(5);
  expect(rows.at(-1)).toBe('| void ones | 10000 | 9 | 1.0 | facts: 3, not 2 |');
});

test('the cost of a point is the median of its windows, and the most memory of any', () => {
  const window = { messages: 1, ms: 1, serviceUs: 1, brokerUs: 1, databaseUs: 1, load: 1 };
  const windows = [
    { ...window, rate: 10, peakMb: 300 },
    { ...window, rate: 90, peakMb: 200 },
    { ...window, rate: 20, peakMb: 100 },
  ];
  expect(costOf(windows)).toMatchObject({ rate: 20, peakMb: 300 });
});

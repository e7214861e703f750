import { plain } from '../screen/paint';
import { Estimate } from './estimate';
import { holding, missingText } from './gaps';
import type { Comparison, GapDocument, GenerationsDocument } from './generations';
import { comparisonLines, duration, progressLine, progressOf } from './rebuild-screen';
import { statusLines } from './status.command';

const at = new Date('2026-01-10T08:00:00Z');
const nowMs = at.getTime() + 60_000;
const document: GenerationsDocument = {
  _id: 'analytics',
  live: 1,
  last: 2,
  worker: { until: new Date(nowMs + 1) },
  rebuild: { number: 2, stage: 'filling', by: 'ada@desk (process 7)', at, evenIfDifferent: false },
};
const stream = (topic: string, partition: number) => `here/${topic}@1/${partition}`;
const positions = new Map([
  [stream('orders.events', 0), 40],
  [stream('claims.events', 1), 5],
]);
const ends = new Map([
  ['orders.events/0', 100],
  ['orders.events/1', 20],
  ['claims.events/1', 5],
]);

const estimate = (...samples: [seconds: number, done: number, goal: number][]) => {
  const made = new Estimate();
  for (const [seconds, done, goal] of samples) made.add(seconds * 1000, done, goal);
  return made;
};
const line = (given: GenerationsDocument, made = estimate()) =>
  progressLine(given, { done: 45, goal: 12_500 }, made, nowMs);

it('counts what is counted of all that there is, whatever else lies in other topics', () => {
  const more = new Map([...positions, [stream('orders.events', 1), 30], [stream('old.events', 0), 9]]);
  expect(progressOf(ends, more)).toEqual({ done: 65, goal: 125 });
});

it.each([
  { what: 'nothing is known', made: estimate(), says: '45 of 12 500 records (0 %), time left not known yet' },
  {
    what: 'it gets on',
    made: estimate([0, 1000, 10_000], [10, 2000, 10_000]),
    says: '45 of 12 500 records (0 %), 100 a second, about 80 s left until they are compared',
  },
  {
    what: 'facts come as fast',
    made: estimate([0, 1000, 9000], [10, 2000, 10_000]),
    says: '45 of 12 500 records (0 %), 100 a second, but facts come in as fast: it does not get there',
  },
  {
    what: 'nothing moves',
    made: estimate([0, 1000, 9000], [10, 1000, 9000]),
    says: '45 of 12 500 records (0 %), nothing moves: "waybill analytics status" says where',
  },
])('says how far it is when $what', ({ made, says }) => {
  expect(line(document, made)).toBe(`generation 2: ${says}`);
});

it('says that it waits when nobody works on it, but not at once', () => {
  const silent = { ...document, worker: { until: new Date(nowMs - 1) } };
  expect(line(silent)).toContain('no analytics service works on it');
  const fresh = {
    ...silent,
    rebuild: { ...document.rebuild, at: new Date(nowMs - 4000) },
  } as GenerationsDocument;
  expect(line(fresh)).not.toContain('no analytics service works on it');
});

it.each([
  [0.2, '1 s'],
  [89, '89 s'],
  [600, '10 min'],
  [11_100, '3 h 5 min'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

const comparison: Comparison = {
  reports: [
    { report: 'orders', live: 'aa', rebuilt: 'ab' },
    { report: 'claims', live: 'cc', rebuilt: 'cc' },
  ],
  differingPages: 1,
  differences: [
    {
      report: 'orders',
      cell: 'demo-shop 2026-01-10 orders all none EUR DE',
      measure: 'revenue',
      live: '4551',
      rebuilt: '4550',
    },
  ],
};

it('shows both hashes of each report, and what differs', () => {
  expect(comparisonLines(comparison, plain)).toEqual([
    'REPORT  LIVE  REBUILT',
    'orders  aa    ab       DIFFERENT',
    'claims  cc    cc       equal',
    '',
    expect.stringContaining('in 1 groups of cells'),
    'CELL                                         MEASURE  LIVE  REBUILT',
    'demo-shop 2026-01-10 orders all none EUR DE  revenue  4551     4550',
  ]);
  expect(comparisonLines({ ...comparison, differingPages: 0, differences: [] }, plain)).toHaveLength(3);
});

const gap = (more: Partial<GapDocument> = {}): GapDocument => ({
  _id: `${stream('orders.events', 0)} 40 4`,
  topic: 'orders.events',
  partition: 0,
  offset: 40,
  aggregateId: 'one',
  expected: 4,
  got: 6,
  foundAt: at,
  ...more,
});
const accepted = { by: 'ada@desk (process 7)', at };

it.each([
  { what: 'stands there', given: gap(), holds: true },
  { what: 'has come past it', given: gap({ offset: 39 }), holds: false },
  { what: 'has not come to it yet', given: gap({ offset: 41 }), holds: false },
  { what: 'may pass it', given: gap({ accepted }), holds: false },
])('a gap holds a generation that $what: $holds', ({ given, holds }) => {
  expect(holding([given], [new Map(), positions])).toHaveLength(holds ? 1 : 0);
});

it('names one missing fact, and several', () => {
  expect(missingText(gap())).toBe('2 facts (numbers 4 to 5) of one');
  expect(missingText(gap({ got: 5 }))).toBe('1 fact (number 4) of one');
});

it('the status shows generations, who asked for what, and what is held or missing', () => {
  const lines = statusLines({
    document: { ...document, retired: [0] },
    positions: new Map([
      [1, positions],
      [2, new Map()],
    ]),
    ends,
    gaps: [gap(), gap({ partition: 1, accepted }), gap({ partition: 2, got: 5, accepted })],
  });
  expect(lines).toEqual([
    'GENERATION              TOPIC          BEHIND',
    '1           answers     orders.events      80',
    '1           answers     claims.events       0',
    '2           is filling  orders.events     120',
    '2           is filling  claims.events       5',
    'generation 2 was asked for by ada@desk (process 7) at 2026-01-10T08:00:00.000Z',
    'generation 0 is being thrown away',
    'orders.events/0 is held at 40 since 2026-01-10T08:00:00.000Z: 2 facts (numbers 4 to 5) of one are missing',
    'orders.events/1: 2 facts (numbers 4 to 5) of one were given up by ada@desk (process 7) at 2026-01-10T08:00:00.000Z',
    'orders.events/2: 1 fact (number 4) of one were given up by ada@desk (process 7) at 2026-01-10T08:00:00.000Z',
    '3 facts are missing for good',
  ]);
});

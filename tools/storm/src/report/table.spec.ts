import { countsOf, faults, type Figures } from './figures';
import { tableOf } from './table';

const figures: Figures = {
  kills: { broker: 2, orders: 11 },
  failpoints: { 'after-write': 1 },
  trouble: { SIGTERM: 3 },
  gaveUp: {},
  commands: 12_345,
  facts: 34_567,
  repeatsDropped: 89,
  sendersInDoubt: 0,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  wrongAnswers: 0,
  slowestRecovery: { ms: 9876, command: 's1-1' },
  settledAfterMs: 5000,
};

test('one table says it all', () => {
  expect(tableOf(figures)).toEqual([
    'kills                    14',
    '  broker                  2',
    '  orders                 11',
    '  at after-write          1',
    'other trouble             3',
    '  SIGTERM                 3',
    'commands             12 345',
    'facts                34 567',
    'repeats dropped          89',
    'slowest recovery  9.9 s (s1-1)',
    'lost                      0',
    'doubled                   0',
    'out of order              0',
    'wrong answers             0',
  ]);
});

test('processes that have ended by themselves are told', () => {
  expect(tableOf({ ...figures, gaveUp: { 'orders: the service cannot go on': 1 } })).toContain(
    'ended by themselves                         1',
  );
});

test.each(['lost', 'doubled', 'outOfOrder', 'wrongAnswers'] as const)('one that is %s is a fault', (name) => {
  expect(faults(figures)).toBe(0);
  expect(faults({ ...figures, [name]: 1 })).toBe(1);
});

test('each column has its count', () => {
  const counts = { lost: 1, doubled: 2, 'out of order': 3, wrong: 4 };
  expect(countsOf((column) => counts[column])).toEqual({
    lost: 1,
    doubled: 2,
    outOfOrder: 3,
    wrongAnswers: 4,
  });
});

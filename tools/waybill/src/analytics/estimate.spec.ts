import fc from 'fast-check';
import { Estimate } from './estimate';

function watched(...samples: [seconds: number, done: number, goal: number][]): Estimate {
  const estimate = new Estimate();
  for (const [seconds, done, goal] of samples) estimate.add(seconds * 1000, done, goal);
  return estimate;
}

it.each<{ what: string; samples: Parameters<typeof watched>; left: object; perSecond: number | null }>([
  { what: 'nothing was seen', samples: [], left: { is: 'unknown' }, perSecond: null },
  {
    what: 'it was watched too short',
    samples: [
      [0, 10, 100],
      [2, 90, 100],
    ],
    left: { is: 'unknown' },
    perSecond: null,
  },
  {
    what: 'nothing has been counted yet',
    samples: [
      [0, 0, 100],
      [60, 0, 100],
    ],
    left: { is: 'unknown' },
    perSecond: null,
  },
  {
    what: 'the goal stands',
    samples: [
      [0, 100, 1000],
      [10, 300, 1000],
    ],
    left: { is: 'about', seconds: 35 },
    perSecond: 20,
  },
  {
    what: 'the goal moves half as fast',
    samples: [
      [0, 100, 900],
      [10, 300, 1000],
    ],
    left: { is: 'about', seconds: 70 },
    perSecond: 20,
  },
  {
    what: 'the goal moves as fast',
    samples: [
      [0, 100, 800],
      [10, 300, 1000],
    ],
    left: { is: 'never' },
    perSecond: 20,
  },
  {
    what: 'nothing moves',
    samples: [
      [0, 100, 800],
      [10, 100, 800],
    ],
    left: { is: 'never' },
    perSecond: 0,
  },
  {
    what: 'all is done',
    samples: [
      [0, 100, 800],
      [10, 800, 800],
    ],
    left: { is: 'about', seconds: 0 },
    perSecond: 70,
  },
])('the time left when $what', ({ samples, left, perSecond }) => {
  const estimate = watched(...samples);
  expect(estimate.timeLeft).toEqual(left);
  expect(estimate.perSecond).toBe(perSecond);
});

it('forgets how fast it was long ago', () => {
  expect(
    watched([0, 1, 10_000], [100, 1000, 10_000], [110, 1100, 10_000], [120, 1200, 10_000]).perSecond,
  ).toBe(10);
});

it('is right at every moment where the rate is constant', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 2000, max: 100_000 }),
      (seconds, rate, start) => {
        const goal = start + 1000 * 1000;
        const samples = Array.from({ length: seconds * 2 + 6 }, (_, i): [number, number, number] => [
          i / 2,
          start + (rate * i) / 2,
          goal,
        ]);
        const last = samples.at(-1) ?? [0, 0, 0];
        const { timeLeft } = watched(...samples);
        expect(timeLeft).toEqual({ is: 'about', seconds: expect.closeTo((goal - last[1]) / rate, 5) });
      },
    ),
  );
});

import { rules } from './rules';
import { type Control, controls, findFault, isConfirmed } from './simulated/controls';
import { play, runHistory } from './simulated/history';
import { planOf } from './simulated/plan';
import { shrink } from './simulated/shrink';
import { type WeatherName, weathers } from './simulated/weather';

// Each history runs the engine's real code against a broker and a database in memory, stopped before each of their
// calls: a process may die there, or stand still and go on later beside its successor; a request or its
// acknowledgement may be lost or late; a bulk write may be half done. A seed is one history. `npm run simulate` plays
// as many as wanted.

const histories = 150;
/** The rarest faults are left to `npm run simulate -- --negative all`. */
const mostSeeds = 300;

describe.each(Object.keys(weathers) as WeatherName[])('%s histories', (weather) => {
  it(`are right, seeds 0 to ${histories - 1}`, async () => {
    for (let seed = 0; seed < histories; seed++)
      expect({ seed, wrong: await runHistory(seed, weathers[weather]) }).toEqual({ seed, wrong: [] });
  }, 120_000);
});

// a check that cannot fail is none: without the rule, some seed must be found to be wrong
describe('what a rule is for is seen without it', () => {
  it('in some weather, whatever the rule', () => {
    expect(controls.map(({ rule }) => rule).toSorted()).toEqual(rules.toSorted());
  });
  it.each(controls.filter(({ withinSeeds }) => withinSeeds <= mostSeeds))(
    '$rule',
    async (control: Control) => {
      const found = await findFault(control);
      expect({ found, isConfirmed: isConfirmed(control, found) }).toEqual({ found, isConfirmed: true });
    },
    120_000,
  );
});

describe('a seed', () => {
  const told = async () => {
    const lines: string[] = [];
    const course = await play(planOf(4, weathers.stormy), { tell: (line) => lines.push(line) });
    return { lines, course };
  };
  it('always tells the same story', async () => {
    expect(await told()).toEqual(await told());
    expect((await told()).course.faults).toBeGreaterThan(0);
  });
  it('that goes wrong is made smaller, and still goes wrong in the same way', async () => {
    const plan = planOf(0, weathers.bulks);
    const before = await play(plan, { without: ['item-index'] });
    const small = await shrink(plan, ['item-index']);
    expect(small.plan.commands.length).toBeLessThan(plan.commands.length / 2);
    expect(small.plan.mostFaults).toBeLessThan(before.faults);
    expect(small.wrong[0]).toMatch(/lost as a duplicate/);
    expect((await play(small.plan, { without: ['item-index'] })).wrong).toEqual(small.wrong);
  }, 60_000);
});

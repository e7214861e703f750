import type { Rule } from './rules';
import { calm, runHistory, stormy, type Weather } from './simulated/history';

// Each history runs the engine's real code against a broker and a database in memory, stopped before each of their
// calls: a process may die there, or stand still and go on later beside its successor; a request or its
// acknowledgement may be lost; a bulk write may be half done. A seed is one history.

const weathers = {
  calm,
  stormy,
  references: {
    ...stormy,
    reference: 0.35,
    kinds: ['append', 'append-if', 'set', 'set', 'rename', 'rename'],
  },
  names: { ...stormy, wrongKey: 0.1, batch: 6, kinds: ['rename', 'rename', 'rename', 'create', 'set'] },
  bugs: { ...stormy, poison: 0.3, kinds: ['append', 'append', 'set', 'create'] },
  scans: { ...stormy, kinds: ['create', 'create', 'attach', 'scan', 'scan', 'scan', 'set'], commands: 14 },
  zombies: { ...stormy, stall: 0.05, wrongKey: 0.3 },
} satisfies Record<string, Weather>;

const histories = 60;

describe.each(Object.entries(weathers))('%s histories', (_name, weather) => {
  it(`are right, seeds 0 to ${histories - 1}`, async () => {
    for (let seed = 0; seed < histories; seed++)
      expect({ seed, wrong: await runHistory(seed, weather) }).toEqual({ seed, wrong: [] });
  }, 60_000);
});

// a check that cannot fail is none: without the rule, some seed must be found to be wrong
describe('a history goes wrong without the rule', () => {
  it.each<{ rule: Rule; weather: keyof typeof weathers; withinSeeds: number }>([
    { rule: 'at', weather: 'bugs', withinSeeds: 10 },
    { rule: 'origin-position', weather: 'zombies', withinSeeds: 30 },
    { rule: 'origin-left-by-all', weather: 'zombies', withinSeeds: 30 },
    { rule: 'rekeyed-name', weather: 'calm', withinSeeds: 30 },
    { rule: 'one-reaction-group', weather: 'zombies', withinSeeds: 60 },
    { rule: 'one-fact-source', weather: 'references', withinSeeds: 400 },
    { rule: 'exact-late', weather: 'bugs', withinSeeds: 60 },
    { rule: 'ids', weather: 'calm', withinSeeds: 60 },
    { rule: 'out-on-redelivery', weather: 'stormy', withinSeeds: 20 },
    { rule: 'old-out-in-front', weather: 'bugs', withinSeeds: 20 },
    { rule: 'outcomes-kept', weather: 'stormy', withinSeeds: 20 },
    { rule: 'failure-kept', weather: 'bugs', withinSeeds: 20 },
    { rule: 'others-written', weather: 'names', withinSeeds: 600 },
    { rule: 'cut-at-unique', weather: 'names', withinSeeds: 60 },
    { rule: 'rev-guard', weather: 'zombies', withinSeeds: 60 },
    { rule: 'route-once', weather: 'references', withinSeeds: 400 },
    { rule: 'sweep', weather: 'scans', withinSeeds: 400 },
    { rule: 'publish-before-commit', weather: 'stormy', withinSeeds: 10 },
  ])(
    '$rule',
    async ({ rule, weather, withinSeeds }) => {
      let wrong: string[] = [];
      for (let seed = 0; wrong.length === 0 && seed < withinSeeds; seed++)
        wrong = await runHistory(seed, weathers[weather], [rule]);
      expect(wrong).not.toEqual([]);
    },
    60_000,
  );
});

import { Random } from '../random';
import { planDeeds, type PlanOptions } from './deeds';

const options: PlanOptions = { kills: 50, minutes: 5, instances: 2, sessionTimeoutMs: 6000 };
const plan = (seed: number, more: Partial<PlanOptions> = {}) =>
  planDeeds(new Random(seed), { ...options, ...more });

test('a seed always plans the same, and another seed something else', () => {
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test.each([1, 3, 4, 6, 50, 200])('%d kills are as many as wanted', (kills) => {
  const deeds = plan(7, { kills }).map(({ deed }) => deed);
  expect(deeds.filter(({ kind }) => kind === 'kill service' || kind === 'kill server')).toHaveLength(kills);
});

test('services, broker and database are killed, and everything else is done to them', () => {
  const deeds = plan(7, { kills: 200 }).map(({ deed }) => deed);
  const kinds = new Set(deeds.map((deed) => ('part' in deed ? `${deed.kind} ${deed.part}` : deed.kind)));
  expect([...kinds].toSorted()).toEqual([
    'cut kafka',
    'cut mongo',
    'delay kafka',
    'delay mongo',
    'freeze server kafka',
    'freeze server mongo',
    'freeze service',
    'kill server kafka',
    'kill server mongo',
    'kill service',
    'scale service',
    'silence kafka',
    'silence mongo',
    'terminate service',
  ]);
  expect(new Set(deeds.flatMap((deed) => ('service' in deed ? [deed.service] : []))).size).toBe(4);
});

test('it is done one after the other, within the time that it is given', () => {
  const times = plan(7).map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(0)).toBeGreaterThanOrEqual(3000);
  expect(times.at(-1)).toBeLessThanOrEqual(5 * 60_000);
});

test('a service is frozen for longer than its group waits for it', () => {
  const frozen = plan(7, { kills: 200 }).flatMap(({ deed }) =>
    deed.kind === 'freeze service' ? [deed.forMs] : [],
  );
  expect(Math.min(...frozen)).toBeGreaterThan(options.sessionTimeoutMs);
});

import { Health } from './health';

const source = (name: string, ...faults: (string | null)[]) => ({
  name,
  checks: 0,
  async check() {
    const fault = faults[Math.min(this.checks++, faults.length - 1)];
    if (fault) throw new Error(fault);
  },
});

it('says what is wrong', async () => {
  const health = new Health();
  expect(await health.condition(source('kafka', 'no broker'))).toEqual({ name: 'kafka', fault: 'no broker' });
  expect(await health.condition(source('kafka', null))).toEqual({ name: 'kafka', fault: null });
});

it('asks a source that hangs only once at a time', async () => {
  const health = new Health();
  let release = () => {};
  let checks = 0;
  const hanging = {
    name: 'mongodb',
    check: () => {
      checks++;
      return new Promise<void>((resolve) => (release = resolve));
    },
  };
  const asked = [health.condition(hanging), health.condition(hanging)];
  release();
  expect(await Promise.all(asked)).toEqual([
    { name: 'mongodb', fault: null },
    { name: 'mongodb', fault: null },
  ]);
  expect(checks).toBe(1);
});

it('waits until every source is well and names each fault once', async () => {
  const health = new Health();
  health.add(source('mongodb', null));
  health.add(source('kafka', 'connection refused', 'connection refused', null));
  const faults: string[] = [];
  await health.untilWell(({ name, fault }) => faults.push(`${name}: ${fault}`), new AbortController().signal);
  expect(faults).toEqual(['kafka: connection refused']);
});

it('stops waiting when told to', async () => {
  const health = new Health();
  health.add(source('kafka', 'connection refused'));
  const stopping = new AbortController();
  await health.untilWell(() => stopping.abort(), stopping.signal);
  expect(stopping.signal.aborted).toBe(true);
});

import { attachedAt, Parcel, saidAt, target } from './kept-parcel.spec-data';
import type { Rule } from './rules';

it('sends on what is kept when the number is attached, in order, without a second reply', async () => {
  const parcel = new Parcel();
  await parcel.keep('s2', { order: 'b' });
  await parcel.keep('s1', { order: 'a' });
  parcel.attach('dhl');
  await parcel.follow();
  expect(parcel.arrived()).toEqual(['s1', 's2']);
  expect(parcel.store.kept.size).toBe(0);
  const [first] = parcel.log.all('commands');
  expect(Object.keys(first?.headers ?? {})).not.toContain('kafka_replyTopic');
  expect(JSON.parse(String(first?.headers['waybill-origin']))).toMatchObject({
    kept: true,
    time: attachedAt,
    saidAt,
    target,
  });
});

// the number is attached in the very moment in which the scan is kept
describe.each([
  { what: 'attached and followed before the scan is kept', followFirst: true },
  { what: 'attached before the scan is kept, followed after', followFirst: false },
])('a race: $what', ({ followFirst }) => {
  const race = async (without: readonly Rule[]) => {
    const parcel = new Parcel(without);
    const keep = parcel.store.keep.bind(parcel.store);
    parcel.store.keep = async (...args) => {
      parcel.attach('dhl');
      if (followFirst) await parcel.follow();
      return keep(...args);
    };
    await parcel.keep('s1');
    if (!followFirst) await parcel.follow();
    return parcel;
  };
  it('arrives at once', async () => {
    expect((await race([])).arrived()).toEqual(['s1']);
  });
  it.each<Rule>(['look-again', 'follow'])(
    'arrives with the sweep at the latest without the rule %s',
    async (rule) => {
      const parcel = await race([rule]);
      await parcel.sweep.run();
      expect(parcel.arrived()).toEqual(['s1']);
    },
  );
});

it('is stranded without either side, and the sweep finds it', async () => {
  const parcel = new Parcel(['look-again', 'follow']);
  await parcel.keep('s1');
  parcel.attach('dhl');
  await parcel.follow();
  expect(parcel.arrived()).toEqual([]);
  await parcel.sweep.run();
  expect(parcel.arrived()).toEqual(['s1']);
});

describe('a number whose carrier is not known', () => {
  it('takes what is kept if all of it comes from one carrier', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1', { kind: 'ups' });
    await parcel.keep('s2', { kind: 'ups' });
    parcel.attach(null);
    await parcel.follow();
    expect(parcel.arrived()).toEqual(['s1', 's2']);
  });
  it('takes nothing of two carriers, also in the sweep, until it knows its own', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1', { kind: 'ups' });
    await parcel.keep('s2', { kind: 'dhl' });
    parcel.attach(null);
    await parcel.follow();
    await parcel.sweep.run();
    expect(parcel.arrived()).toEqual([]);
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual(['s2']);
  });
});

// its number went to another carrier while it was on its way
describe('a scan that comes back before its sender has removed it', () => {
  it.each<{ what: string; without: Rule[]; isKept: boolean }>([
    { what: 'is kept', without: [], isKept: true },
    { what: 'would be removed, if it were taken for what was sent', without: ['keep-back'], isKept: false },
  ])('$what', async ({ without, isKept }) => {
    const parcel = new Parcel(without);
    await parcel.keep('s1');
    parcel.attach('dhl');
    const publish = parcel.log.publish.bind(parcel.log);
    parcel.log.publish = async (messages) => {
      await publish(messages);
      parcel.attach(undefined);
      parcel.nowMs += 1;
      await parcel.keep('s1', { isBack: true });
    };
    await parcel.follow();

    parcel.log.publish = publish;
    expect([...parcel.store.kept.values()].map(({ mark }) => mark)).toEqual(isKept ? [undefined] : []);
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual(isKept ? ['s1', 's1'] : ['s1']);
  });
});

it('a scan that its new owner keeps again is still kept when an owner of the past dies over the same', async () => {
  const parcel = new Parcel();
  await parcel.keep('s1');
  parcel.attach('dhl');
  await parcel.follow();
  parcel.attach(undefined);
  await parcel.keep('s1', { isBack: true });
  const dies = () => Promise.reject(new Error('the process ended'));
  parcel.store.keep = dies;
  parcel.store.keepBack = dies;
  await expect(parcel.keep('s1', { isBack: true })).rejects.toThrow('the process ended');

  parcel.attach('dhl');
  await parcel.follow();
  expect(parcel.arrived()).toEqual(['s1', 's1']);
});

it('a scan whose record comes again is sent as it was kept first', async () => {
  const parcel = new Parcel();
  await parcel.keep('s1');
  parcel.nowMs = 1;
  parcel.attach('dhl');
  await parcel.keep('s1');
  expect([parcel.arrived(), parcel.store.kept.size]).toEqual([['s1'], 0]);
});

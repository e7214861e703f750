import { encodeEnvelope, type InputRecord, OriginSigner, readDeadLetter } from '@waybill/messaging';
import { refused } from '@waybill/decider';
import type { CommandMessage } from './aggregate-type';
import { HandOn, type ResolvedTarget } from './hand-on';
import type { Incoming } from './incoming';
import { Keeping } from './keeping';
import { KeptSweep } from './kept-sweep';
import { MemoryKeptStore } from './memory-kept-store';
import type { Rule } from './rules';
import { MemoryLog } from './simulated/memory-log';

const place = 'demo-shop/00340000000000010011';
const target = { aggregateId: 'parcel-1', key: 'order-1' };
const attachedAt = '2026-01-15T11:00:00.000Z';

/** A scan and a parcel that takes its number, with hands on every step between them. */
class Parcel {
  readonly store = new MemoryKeptStore();
  readonly log = new MemoryLog(1);
  kind: string | null | undefined = undefined;
  nowMs = 0;
  private readonly signer = new OriginSigner('a-key-for-the-parcel-0123456789abcdef');
  private readonly handOn = new HandOn({
    signer: this.signer,
    commandTopic: 'commands',
    retryTopics: [],
    partitions: 1,
  });
  readonly keeping: Keeping;
  readonly sweep: KeptSweep;

  constructor(without: readonly Rule[] = []) {
    const resolve = (messages: readonly CommandMessage[]) =>
      Promise.resolve(messages.map(() => this.taker()));
    const [store, publisher, now] = [this.store, this.log, () => this.nowMs];
    this.keeping = new Keeping({
      store,
      handOn: this.handOn,
      publisher,
      resolve,
      now,
      without: new Set(without),
    });
    this.sweep = new KeptSweep({
      store,
      keeping: this.keeping,
      router: { resolve, missing: () => refused('tracking_number_not_found', 'nobody has this number') },
      publisher,
      deadLetters: 'dead-letters',
      keepForMs: 1000,
      now,
    });
  }

  /** Writes the parcel; `follow` is what comes after the write is published. */
  attach(kind: string | null): void {
    this.kind = kind;
  }

  follow(): Promise<void> {
    const { kind } = this;
    return kind === undefined
      ? Promise.resolve()
      : this.keeping.follow([{ place, kind, target: { ...target, attachedAt } }]);
  }

  keep(id: string, { kind = 'dhl', order = id } = {}) {
    const keep = { identity: `${place}/${id}`, place, kind, order };
    return this.keeping.keep([{ incoming: this.scan(id), keep }]);
  }

  arrived(): string[] {
    return this.log.all('commands').map(({ value }) => (JSON.parse(String(value)) as { id: string }).id);
  }

  private taker(): ResolvedTarget | null {
    return this.kind === undefined ? null : { ...target, attachedAt, kind: this.kind };
  }

  private scan(id: string): Incoming {
    const message: CommandMessage = {
      type: 'shipments.record-scan.v1',
      id,
      source: 'feed',
      time: attachedAt,
      data: {},
    };
    const record: InputRecord = {
      topic: 'commands',
      partition: 0,
      offset: Number(id.slice(1)),
      timestampMs: 0,
      key: Buffer.from('any'),
      value: Buffer.from(encodeEnvelope(message)),
      headers: { kafka_replyTopic: Buffer.from('feed.reply'), kafka_correlationId: Buffer.from(id) },
    };
    return {
      record,
      message,
      from: { stream: 'cluster/commands@1/0', offset: record.offset, item: 0, redrives: 0 },
    };
  }
}

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

describe('what is kept too long', () => {
  it('ends in the dead letters with its whole message, once', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1');
    parcel.nowMs = 999;
    await parcel.sweep.run();
    expect(parcel.log.all('dead-letters')).toEqual([]);
    parcel.nowMs = 1000;
    await parcel.sweep.run();
    await parcel.sweep.run();
    const letters = parcel.log.all('dead-letters').map(readDeadLetter);
    expect(letters.map(({ key, id }) => [key, id])).toEqual([['tracking_number_not_found', 'commands/0/1']]);
    expect(JSON.parse(String(letters[0]?.record.value))).toMatchObject({ id: 's1' });
  });
  it('is looked up once more before it ends', async () => {
    const parcel = new Parcel(['follow']);
    await parcel.keep('s1');
    parcel.attach('dhl');
    parcel.nowMs = 5000;
    await parcel.sweep.run();
    expect([parcel.arrived(), parcel.log.all('dead-letters')]).toEqual([['s1'], []]);
  });
  it.each<{ what: string; without: Rule[]; arrived: string[] }>([
    { what: 'is not sent by one that had read it before the mark', without: [], arrived: [] },
    { what: 'would be, if the sender did not mark it first', without: ['mark-first'], arrived: ['s1'] },
  ])('$what', async ({ without, arrived }) => {
    const parcel = new Parcel(without);
    await parcel.keep('s1');
    const of = parcel.store.of.bind(parcel.store);
    parcel.store.of = async (places) => {
      const read = await of(places);
      await parcel.store.mark(`${place}/s1`, 'expired');
      return read;
    };
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual(arrived);
  });
  it('is not sent any more once it is marked as expired', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1');
    await parcel.store.mark(`${place}/s1`, 'expired');
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual([]);
  });
});

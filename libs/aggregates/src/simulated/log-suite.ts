import type { InputRecord, OutgoingMessage, Publisher } from '@waybill/messaging';
import { partitionOfKey } from '../partition-of-key';

/** Records that a member of a group was handed, and works on until it says how it ended. */
export interface HandedOver {
  readonly records: readonly InputRecord[];
  readonly isStale: () => boolean;
  /** The work is done: the offset is committed, if the partition is still its own. Resolves when that is settled. */
  done(): Promise<void>;
  /** The work failed: the same records come again. */
  failed(): void;
}

/** One member of a consumer group. */
export interface GroupMember {
  /** The next records; those before them of the same partition are settled. */
  next(): Promise<HandedOver>;
  leave(): Promise<void>;
}

/** A broker with one topic of three partitions that nobody has written to. */
export interface LogUnderTest {
  readonly topic: string;
  readonly publisher: Publisher;
  /** Resolves when the member has all partitions; who had them before, and does not answer, has lost them. */
  join(group: string): Promise<GroupMember>;
  committed(group: string, partition: number): Promise<number>;
}

const partitions = 3;

const textsOf = ({ records }: HandedOver) => records.map(({ value }) => String(value));

/** What the engine and its transport rely on; the log in memory and Kafka pass the same. */
export function describeLog(open: () => Promise<LogUnderTest>): void {
  // a group waits some seconds for a member that does not answer
  jest.setTimeout(60_000);
  let log: LogUnderTest;
  beforeEach(async () => {
    log = await open();
  });
  const publish = (values: readonly string[], more: Partial<OutgoingMessage> = {}) =>
    log.publisher.publish(
      values.map((value) => ({ topic: log.topic, partition: 1, key: 'k', value, ...more })),
    );
  const asMember = async (group: string, work: (member: GroupMember) => Promise<void>) => {
    const member = await log.join(group);
    try {
      await work(member);
    } finally {
      await member.leave();
    }
  };

  it('keeps the order of what is published, its bytes, and gives offsets without a gap', async () => {
    const odd = Buffer.from([0, 255, 10]);
    await publish(['a', 'b']);
    await publish(['c'], { key: odd, value: odd, headers: { text: 'ü', bytes: odd } });
    await publish([''], { key: null, value: null });
    await asMember('g', async (member) => {
      const { records } = await collect(member, 4);
      expect(records.map(({ offset, partition }) => [partition, offset])).toEqual(
        [0, 1, 2, 3].map((n) => [1, n]),
      );
      expect(records.map(({ value }) => value)).toEqual([Buffer.from('a'), Buffer.from('b'), odd, null]);
      expect(records.map(({ key }) => key)).toEqual([Buffer.from('k'), Buffer.from('k'), odd, null]);
      expect(records[2]?.headers).toEqual({ text: Buffer.from('ü'), bytes: odd });
    });
  });

  it('finds the partition of a key as everybody else does', async () => {
    const keys = ['a', 'demo-shop/10001', 'größe'];
    for (const key of keys) await log.publisher.publish([{ topic: log.topic, key, value: key }]);
    await asMember('g', async (member) => {
      const { records } = await collect(member, keys.length);
      const found = Object.fromEntries(records.map(({ key, partition }) => [String(key), partition]));
      expect(found).toEqual(Object.fromEntries(keys.map((key) => [key, partitionOfKey(key, partitions)])));
    });
  });

  it('hands a group everything from the beginning, and goes on behind what was committed', async () => {
    await publish(['a', 'b']);
    await asMember('g', async (member) => {
      const { records } = await collect(member, 2);
      expect(records).toHaveLength(2);
    });
    expect(await log.committed('g', 1)).toBe(2);
    await publish(['c']);
    await asMember('g', async (member) => {
      const batch = await member.next();
      expect(textsOf(batch)).toEqual(['c']);
      await batch.done();
    });
    await asMember('another', async (member) => {
      const { records } = await collect(member, 3);
      expect(records.map(({ value }) => String(value))).toEqual(['a', 'b', 'c']);
    });
  });

  it('hands over again what failed, and commits nothing of it', async () => {
    await publish(['a']);
    await asMember('g', async (member) => {
      const first = await member.next();
      first.failed();
      const again = await member.next();
      expect(textsOf(again)).toEqual(['a']);
      expect(await log.committed('g', 1)).toBe(0);
      await again.done();
    });
    expect(await log.committed('g', 1)).toBe(1);
  });

  it('hands the next owner what the one before has not committed, and lets that one commit nothing any more', async () => {
    await publish(['a']);
    const old = await log.join('g');
    const stuck = await old.next();
    expect(textsOf(stuck)).toEqual(['a']);
    await publish(['b']);
    await asMember('g', async (member) => {
      const { records } = await collect(member, 2);
      expect(records.map(({ value }) => String(value))).toEqual(['a', 'b']);
      expect(stuck.isStale()).toBe(true);
      // it is not hindered from anything else
      await publish(['late']);
      await stuck.done();
      await old.leave();
      expect(await log.committed('g', 1)).toBe(2);
      const rest = await member.next();
      expect(textsOf(rest)).toEqual(['late']);
      await rest.done();
    });
    expect(await log.committed('g', 1)).toBe(3);
  });
}

/** Works off batches until so many records have come. */
async function collect(
  member: GroupMember,
  count: number,
): Promise<{ readonly records: readonly InputRecord[] }> {
  const records: InputRecord[] = [];
  while (records.length < count) {
    const batch = await member.next();
    records.push(...batch.records);
    await batch.done();
  }
  return { records };
}

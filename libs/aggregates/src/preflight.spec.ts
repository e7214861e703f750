import type { Admin } from 'kafkajs';
import { fingerprintOf } from './fingerprint';
import { MemoryPositionStore } from './memory-stores';
import { preflight, PreflightError } from './preflight';

const record = (offset: number, value: string, timestampMs: number) => ({
  partition: 0,
  offset,
  key: Buffer.from('k'),
  value: Buffer.from(value),
  timestampMs,
});

interface Given {
  low?: number;
  high?: number;
  committed?: number;
  finished?: { offset: number; value: string; timestampMs: number };
  records?: ReturnType<typeof record>[];
  /** Others of the group, who are at work. */
  members?: number;
  /** What they do while it is looked. */
  meanwhile?: (positions: MemoryPositionStore, topic: { high: number; committed: number }) => Promise<void>;
}

async function run(given: Given) {
  const { low = 0, finished, records = [], members = 0, meanwhile } = given;
  const topic = { high: given.high ?? 100, committed: given.committed ?? -1 };
  const positions = new MemoryPositionStore();
  if (finished) {
    const { offset, value, timestampMs } = finished;
    await positions.finish('s0', { offset, timestampMs, fingerprint: fingerprintOf(record(0, value, 0)) });
  }
  const set: unknown[] = [];
  const admin = {
    fetchTopicOffsets: async () => {
      const end = { partition: 0, offset: '0', low: String(low), high: String(topic.high) };
      await meanwhile?.(positions, topic);
      return [end];
    },
    fetchOffsets: async () => {
      const offset = String(topic.committed);
      await meanwhile?.(positions, topic);
      return [{ topic: 't', partitions: [{ partition: 0, offset, metadata: null }] }];
    },
    setOffsets: (offsets: unknown) =>
      members > 0
        ? Promise.reject(new Error('it has running instances'))
        : Promise.resolve(set.push(offsets)),
    describeGroups: () => Promise.resolve({ groups: [{ members: Array.from({ length: members }) }] }),
  } as unknown as Admin;
  await preflight({
    admin,
    groupId: 'orders',
    topic: 't',
    positions,
    stream: (partition) => `s${partition}`,
    read: (ranges) =>
      Promise.resolve(
        ranges.map(({ from, to }) => records.findLast(({ offset }) => offset >= from && offset <= to)),
      ),
  });
  return set;
}

const finished = { offset: 50, value: 'v49', timestampMs: 1_000_000 };
const last = record(49, 'v49', 1_000_000);

it('lets a new service start at the earliest record', async () => {
  expect(await run({})).toEqual([]);
});
it('starts a group without offsets where the database stands', async () => {
  expect(await run({ finished, records: [last] })).toEqual([
    { groupId: 'orders', topic: 't', partitions: [{ partition: 0, offset: '50' }] },
  ]);
});
it('lets a commit run a little ahead of the saved position', async () => {
  expect(await run({ finished, committed: 60, records: [last, record(59, 'x', 1_030_000)] })).toEqual([]);
});
it('starts where nothing but transaction markers were committed', async () => {
  expect(await run({ committed: 2 })).toEqual([]);
});
it('starts when the finished record itself has expired', async () => {
  expect(await run({ finished, committed: 50, low: 50 })).toEqual([]);
});
it('lets others of the group finish and commit more while it looks', async () => {
  const meanwhile: Given['meanwhile'] = async (positions, topic) => {
    const next = topic.high + 1;
    const fingerprint = fingerprintOf(record(0, 'next', 0));
    await positions.finish('s0', { offset: next, timestampMs: 1_000_000, fingerprint });
    topic.high = next;
    topic.committed = next;
  };
  const next = Array.from({ length: 5 }, (_, i) => record(99 + i, 'next', 1_000_000));
  expect(await run({ committed: 90, finished, records: [last, ...next], meanwhile, members: 1 })).toEqual([]);
  expect(await run({ records: next, meanwhile, members: 1 })).toEqual([]);
});
it('leaves the offsets of a group to those who are at work', async () => {
  expect(await run({ finished, records: [last], members: 1 })).toEqual([]);
});
it.each([
  { what: 'a topic that begins above', given: { finished, low: 51, committed: 60 }, says: /begins at 51/ },
  { what: 'a topic that ends below', given: { finished, high: 49, committed: 49 }, says: /ends at 49/ },
  {
    what: 'another record',
    given: { finished, committed: 50, records: [record(49, 'other', 1_000_000)] },
    says: /another one/,
  },
  {
    what: 'a database that was restored',
    given: { finished, committed: 90, records: [last, record(89, 'x', 1_000_000 + 61_000)] },
    says: /61 s of records beyond 50.*waybill positions rewind/s,
  },
  {
    what: 'a database that was restored, where transaction markers were committed last',
    given: { finished, committed: 90, records: [last, record(70, 'x', 1_000_000 + 61_000)] },
    says: /61 s of records beyond 50/,
  },
  {
    what: 'a database that knows nothing of what was committed',
    given: { committed: 90, records: [record(89, 'x', 1_000_000)] },
    says: /has finished nothing.*waybill positions rewind/s,
  },
])('refuses to start on $what', async ({ given, says }) => {
  const error = await run(given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PreflightError);
  expect((error as Error).message).toMatch(says);
});

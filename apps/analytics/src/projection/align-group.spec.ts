import type { OffsetRange } from '@waybill/aggregates';
import type { Admin } from 'kafkajs';
import { AlignmentError, alignGroup } from './align-group';
import { MemoryPositionStore } from './memory-stores';

interface Given {
  low?: number;
  high?: number;
  committed?: number;
  position?: number;
  members?: number;
  /** Offsets that hold a record; the others are markers. */
  records?: (offset: number) => boolean;
}

async function run({ low = 0, high = 100, committed = -1, position, members = 0, records }: Given) {
  const positions = new MemoryPositionStore();
  if (position !== undefined) await positions.save('s0', position);
  const set: unknown[] = [];
  const looked: OffsetRange[] = [];
  const admin = {
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, low: String(low), high: String(high) }]),
    fetchOffsets: () =>
      Promise.resolve([{ topic: 't', partitions: [{ partition: 0, offset: String(committed) }] }]),
    describeGroups: () => Promise.resolve({ groups: [{ members: Array.from({ length: members }) }] }),
    setOffsets: (offsets: unknown) => Promise.resolve(set.push(offsets)),
  } as unknown as Admin;
  const rewound = await alignGroup({
    admin,
    groupId: 'analytics.g1',
    topic: 't',
    positions,
    streamOf: (partition) => `s${partition}`,
    read: (ranges) => {
      looked.push(...ranges);
      const holds = ({ from, to }: OffsetRange) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i).some(records ?? (() => true));
      return Promise.resolve(ranges.map((range) => (holds(range) ? range : undefined)));
    },
  });
  return { rewound, set, looked };
}

const setTo = (offset: number) => [
  { groupId: 'analytics.g1', topic: 't', partitions: [{ partition: 0, offset: String(offset) }] },
];

it.each<{ what: string; given: Given }>([
  { what: 'a new group of a new database', given: {} },
  { what: 'a group that has committed what is counted', given: { committed: 40, position: 40 } },
  { what: 'a group that crashed before it committed', given: { committed: 30, position: 40 } },
  { what: 'nothing but markers behind it', given: { committed: 42, position: 40, records: (at) => at < 40 } },
  { what: 'others that are about to commit', given: { position: 40, members: 1 } },
])('leaves alone $what', async ({ given }) => {
  expect(await run(given)).toMatchObject({ rewound: [], set: [] });
});

it.each<{ what: string; given: Given; from: number }>([
  { what: 'a database of an older backup', given: { committed: 60, position: 40 }, from: 40 },
  { what: 'an empty database', given: { committed: 60, low: 3 }, from: 3 },
  { what: 'a group that has lost its offsets', given: { position: 40 }, from: 40 },
])('takes the group back to where it is with $what', async ({ given, from }) => {
  const { rewound, set } = await run(given);
  expect(set).toEqual(setTo(from));
  expect(rewound).toEqual([{ partition: 0, from, committed: given.committed ?? -1 }]);
});

it('reads no more than markers can take, however far the database is behind', async () => {
  const { looked } = await run({ committed: 90_000, high: 90_000, position: 40 });
  expect(looked).toEqual([{ partition: 0, from: 89_800, to: 89_999 }]);
});

it.each<{ what: string; given: Given; says: RegExp }>([
  {
    what: 'a topic that begins above',
    given: { low: 41, position: 40, committed: 50 },
    says: /begins at 41/,
  },
  { what: 'a topic that ends below', given: { high: 39, position: 40, committed: 39 }, says: /ends at 39/ },
  {
    what: 'a database behind instances that run',
    given: { committed: 60, position: 40, members: 2 },
    says: /other instances run: stop all/,
  },
])('refuses $what, and changes nothing', async ({ given, says }) => {
  const refused = run(given);
  await expect(refused).rejects.toThrow(AlignmentError);
  await expect(refused).rejects.toThrow(says);
});

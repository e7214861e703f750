import { rewindPartitions } from './rewind';

function place() {
  const done: string[] = [];
  let requests = 0;
  return {
    done,
    get requests() {
      return requests;
    },
    groupId: 'orders',
    topic: 'orders.commands',
    store: {
      rewind: async (stream: string, from: number) => void done.push(`${stream} hands on from ${from}`),
    },
    admin: {
      setOffsets: async ({ partitions }: { partitions: { partition: number; offset: string }[] }) => {
        requests += 1;
        done.push(...partitions.map(({ partition, offset }) => `${partition} starts at ${offset}`));
      },
    },
  };
}
const document = (finished: number, handOnFrom?: number) => ({
  _id: 'c/orders.commands@1/3',
  finished: { offset: finished, fingerprint: '', timestampMs: 0 },
  ...(handOnFrom === undefined ? {} : { handOnFrom }),
});

describe('a rewind', () => {
  it('notes what was handed on before it takes the group back', async () => {
    const at = place();
    const told = await rewindPartitions(at, [
      { partition: 3, document: document(40), low: 0, committed: 100 },
    ]);
    expect(at.done).toEqual(['c/orders.commands@1/3 hands on from 100', '3 starts at 40']);
    expect(told).toEqual(['orders.commands/3: from 40 on again, hands on from 100']);
  });

  it('never forgets what an earlier one has noted', async () => {
    const at = place();
    await rewindPartitions(at, [{ partition: 3, document: document(40, 120), low: 0, committed: 100 }]);
    expect(at.done[0]).toBe('c/orders.commands@1/3 hands on from 120');
  });

  it('goes back to where the topic begins for a database that has finished nothing', async () => {
    const at = place();
    await rewindPartitions(at, [
      {
        partition: 3,
        document: { _id: 'c/orders.commands@1/3' },
        low: 7,
        committed: 100,
      },
    ]);
    expect(at.done).toEqual(['c/orders.commands@1/3 hands on from 100', '3 starts at 7']);
  });

  it('takes all partitions back at once', async () => {
    const at = place();
    const told = await rewindPartitions(at, [
      { partition: 3, document: document(40), low: 0, committed: 100 },
      { partition: 4, document: document(50), low: 0, committed: 50 },
      { partition: 5, document: document(60), low: 0, committed: 100 },
    ]);
    expect(at.requests).toBe(1);
    expect(at.done.slice(2)).toEqual(['3 starts at 40', '5 starts at 60']);
    expect(told[1]).toBe('orders.commands/4: the database is not behind, nothing was done');
  });

  it.each([40, 39, -1])(
    'does nothing when the group has committed %i and 40 is finished',
    async (committed) => {
      const at = place();
      await rewindPartitions(at, [{ partition: 3, document: document(40), low: 0, committed }]);
      expect(at.done).toEqual([]);
    },
  );
});

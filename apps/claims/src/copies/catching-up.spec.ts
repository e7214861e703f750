import { CatchingUp } from './catching-up';

/** A topic with two partitions, the second of them empty. */
function group(high: number) {
  let committed = -1;
  let end = high;
  const held = new Map<string, number>();
  const admin = {
    fetchTopicOffsets: async () => [
      { partition: 0, offset: String(end), low: '0', high: String(end) },
      { partition: 1, offset: '0', low: '0', high: '0' },
    ],
    fetchOffsets: async () => [
      {
        topic: 'orders.events',
        partitions: [
          { partition: 0, offset: String(committed), metadata: null },
          { partition: 1, offset: '-1', metadata: null },
        ],
      },
    ],
  };
  return {
    catchingUp: new CatchingUp({
      admin,
      groupId: 'claims.copies',
      topics: ['orders.events'],
      holds: { all: async () => held },
    }),
    commit: (offset: number) => (committed = offset),
    grow: (to: number) => (end = to),
    hold: (offset: number, partition = 0) => held.set(`orders.events/${partition}`, offset),
  };
}

it('is done once all that was there at the start is read, whatever comes later', async () => {
  const { catchingUp, commit, grow } = group(3);
  expect(await catchingUp.done()).toBe(false);
  grow(9);
  commit(2);
  expect(await catchingUp.done()).toBe(false);
  commit(3);
  expect(await catchingUp.done()).toBe(true);
});

it('stays done when the group is set back', async () => {
  const { catchingUp, commit } = group(3);
  commit(3);
  await catchingUp.done();
  commit(0);
  expect(await catchingUp.done()).toBe(true);
});

it('has nothing to do where nothing was said', async () => {
  expect(await group(0).catchingUp.done()).toBe(true);
});

it('is done where a gap keeps it from going on, as soon as it is there', async () => {
  const { catchingUp, commit, hold } = group(9);
  commit(4);
  expect(await catchingUp.done()).toBe(false);
  hold(4);
  expect(await catchingUp.done()).toBe(true);
});

it('a gap that nothing before it was committed of counts, too', async () => {
  const { catchingUp, hold } = group(9);
  hold(0);
  expect(await catchingUp.done()).toBe(true);
});

it.each([
  ['that it has got past', 3, 0],
  ['of another partition', 4, 1],
])('is not done because of a gap %s', async (_, offset, partition) => {
  const { catchingUp, commit, hold } = group(9);
  commit(4);
  hold(offset, partition);
  expect(await catchingUp.done()).toBe(false);
});

import { ProgressWatchdog, type Stall } from './progress-watchdog';

/** A topic `t` with the ends given, and a clock that stands still until it is told otherwise. */
function given(ends: Record<number, number>, committed: Record<number, number> = {}) {
  const world = { nowMs: 0, ends, committed, isReachable: true, excused: false };
  const stalls: Stall[] = [];
  const errors: unknown[] = [];
  const partitions = (offsets: Record<number, number>) =>
    Object.entries(offsets).map(([partition, offset]) => ({
      partition: Number(partition),
      offset: String(offset),
    }));
  const admin = {
    fetchTopicOffsets: async () => {
      if (!world.isReachable) throw new Error('no broker');
      return partitions(world.ends).map(({ partition, offset }) => ({
        partition,
        offset,
        low: '0',
        high: offset,
      }));
    },
    fetchOffsets: async () => [
      { topic: 't', partitions: partitions(world.committed).map((one) => ({ ...one, metadata: null })) },
    ],
  };
  const watchdog = new ProgressWatchdog(admin, {
    groupId: 'g',
    topics: ['t'],
    stallMs: 1000,
    onStall: (stall) => stalls.push(stall),
    onError: (error) => errors.push(error),
    isExcused: () => world.excused,
    now: () => world.nowMs,
  });
  const lookAt = async (nowMs: number) => {
    world.nowMs = nowMs;
    await watchdog.look();
  };
  const progressed = (partition: number, nextOffset: number, waitsUntilMs?: number) =>
    watchdog.progressed({
      topic: 't',
      partition,
      nextOffset,
      highWatermark: 0,
      ...(waitsUntilMs === undefined ? {} : { waitsUntilMs }),
    });
  return { world, stalls, errors, watchdog, lookAt, progressed };
}

it('reports a partition where records wait and nothing moves, at every look', async () => {
  const { watchdog, lookAt, stalls, progressed } = given({ 0: 10, 1: 10 });
  watchdog.assigned({ t: [0, 1] });
  progressed(0, 4);
  progressed(1, 10);
  await lookAt(999);
  expect(stalls).toEqual([]);
  await lookAt(1000);
  await lookAt(2000);
  expect(stalls).toEqual([
    { topic: 't', partition: 0, offset: 4, lag: 6, stalledMs: 1000 },
    { topic: 't', partition: 0, offset: 4, lag: 6, stalledMs: 2000 },
  ]);
});

it('starts from the committed offset, or the earliest record, until it hears of progress', async () => {
  const { watchdog, lookAt, stalls } = given({ 0: 10, 1: 10, 2: 10 }, { 0: 10, 1: 7, 2: -1 });
  watchdog.assigned({ t: [0, 1, 2] });
  await lookAt(1000);
  expect(stalls.map(({ partition, offset }) => [partition, offset])).toEqual([
    [1, 7],
    [2, 0],
  ]);
});

it('is content while something moves, and while nothing waits', async () => {
  const { watchdog, world, lookAt, stalls, progressed } = given({ 0: 10 });
  watchdog.assigned({ t: [0] });
  for (const [i, nowMs] of [500, 1000, 1500, 2000].entries()) {
    world.nowMs = nowMs;
    progressed(0, i + 1);
    await lookAt(nowMs + 400);
  }
  progressed(0, 10);
  await lookAt(9000);
  world.ends = { 0: 11 };
  await lookAt(9999);
  expect(stalls).toEqual([]);
});

it('does not take waiting on purpose, or a known outage, for a stall', async () => {
  const { watchdog, world, lookAt, stalls, progressed } = given({ 0: 10, 1: 10 });
  watchdog.assigned({ t: [0, 1] });
  progressed(0, 4, 5000);
  progressed(1, 4, Infinity);
  await lookAt(4999);
  await lookAt(5500);
  expect(stalls).toEqual([]);
  await lookAt(6000);
  expect(stalls.map(({ partition }) => partition)).toEqual([0]);
  world.excused = true;
  await lookAt(9000);
  expect(stalls).toHaveLength(1);
});

it('counts nothing while the cluster cannot be asked', async () => {
  const { watchdog, world, lookAt, stalls, errors } = given({ 0: 10 });
  watchdog.assigned({ t: [0] });
  world.isReachable = false;
  await lookAt(5000);
  expect(errors).toHaveLength(1);
  world.isReachable = true;
  await lookAt(5999);
  expect(stalls).toEqual([]);
  await lookAt(6000);
  expect(stalls).toHaveLength(1);
});

it('keeps the clock of a partition over a rebalance, and forgets what it lost', async () => {
  const { watchdog, world, lookAt, stalls } = given({ 0: 10, 1: 10 });
  watchdog.assigned({ t: [0, 1] });
  world.nowMs = 900;
  watchdog.assigned({ t: [1] });
  await lookAt(1000);
  expect(stalls.map(({ partition }) => partition)).toEqual([1]);
});

it('reports a consumer that never joins its group, once there is work for it', async () => {
  const { world, lookAt, stalls } = given({ 0: 0 });
  await lookAt(5000);
  world.ends = { 0: 3 };
  await lookAt(5999);
  expect(stalls).toEqual([]);
  await lookAt(6000);
  expect(stalls).toEqual([{ topic: 't', partition: -1, offset: -1, lag: 3, stalledMs: 1000 }]);
});

import type { PartitionProgress } from './batch-loop';
import { WatchedGroup } from './watched-group';

const place = { topic: 'orders.events', partition: 3 };

function given() {
  const held: [string, number | null][] = [];
  const backingOff: (string | undefined)[] = [];
  const warned: string[] = [];
  const log = {
    error() {},
    warn: (_: object, message: string) => warned.push(message),
    info() {},
    debug() {},
  };
  const group = new WatchedGroup({
    admin: { fetchOffsets: async () => [], fetchTopicOffsets: async () => [] },
    kafka: { brokers: ['localhost:9092'], clientId: 'copies', log },
    groupId: 'copies',
    topics: ['orders.events'],
    sessionTimeoutMs: 30_000,
    reports: {
      held: ({ topic, partition, offset }) => held.push([`${topic}/${partition}`, offset]),
      backingOff: ({ error }) => backingOff.push(error?.message),
    },
    onBroken: () => {},
  });
  group.stop();
  const { transport } = group;
  const progress = (nextOffset: number, more: Partial<PartitionProgress> = {}) =>
    transport.onProgress?.({ ...place, nextOffset, highWatermark: 9, ...more });
  const assign = (...partitions: number[]) => transport.onAssigned?.({ 'orders.events': partitions });
  return { transport, held, backingOff, warned, progress, assign };
}

const stopped = { waitsUntilMs: Infinity };

it('says where a partition is held, and when it goes on', () => {
  const { held, progress, assign } = given();
  assign(3, 4);
  progress(5);
  expect(held).toEqual([]);
  progress(7, stopped);
  progress(9);
  progress(9);
  expect(held).toEqual([
    ['orders.events/3', 7],
    ['orders.events/3', null],
  ]);
});

it('a wait that ends by itself is no hold', () => {
  const { held, progress, assign } = given();
  assign(3);
  progress(7, { waitsUntilMs: 1_000_000 });
  expect(held).toEqual([]);
});

it('what is held belongs to whoever has the partition', () => {
  const { held, progress, assign } = given();
  assign(3, 4);
  progress(7, stopped);
  assign(4);
  assign(3, 4);
  expect(held).toEqual([
    ['orders.events/3', 7],
    ['orders.events/3', null],
    ['orders.events/3', 7],
  ]);
});

it('a failure that lasts is logged once, and reported each time', () => {
  const { transport, backingOff, warned } = given();
  const report = (error: Error | null) => transport.reports?.backingOff?.({ ...place, error });
  report(new Error('mongodb is away'));
  report(new Error('mongodb is away'));
  report(null);
  report(new Error('mongodb is away again'));
  expect(backingOff).toEqual(['mongodb is away', 'mongodb is away', undefined, 'mongodb is away again']);
  expect(warned).toEqual(Array<string>(2).fill('a batch failed and is tried again'));
});

describe('a consumer that stands still', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Ten records wait in the partition, and nothing was ever finished with. */
  async function brokenAfter(minutes: number, during: (group: WatchedGroup['transport']) => void) {
    const broken: string[] = [];
    const group = new WatchedGroup({
      admin: {
        fetchOffsets: async () => [],
        fetchTopicOffsets: async () => [{ partition: 3, offset: '10', low: '0', high: '10' }],
      },
      kafka: { brokers: ['localhost:9092'], clientId: 'copies' },
      groupId: 'copies',
      topics: ['orders.events'],
      sessionTimeoutMs: 30_000,
      reports: {},
      onBroken: ({ message }) => broken.push(message),
    });
    group.transport.onAssigned?.({ 'orders.events': [3] });
    during(group.transport);
    await jest.advanceTimersByTimeAsync(minutes * 60_000);
    group.stop();
    return broken.slice(0, 1);
  }

  it('is broken', async () => {
    expect(await brokenAfter(4, () => {})).toEqual([]);
    expect(await brokenAfter(6, () => {})).toEqual([expect.stringContaining('orders.events/3 stands at')]);
  });

  it('is not while something known fails', async () => {
    const failing = await brokenAfter(20, ({ reports }) =>
      reports?.backingOff?.({ ...place, error: new Error('mongodb is away') }),
    );
    expect(failing).toEqual([]);
  });

  it('is not where it is held, also when the partition comes back', async () => {
    const held = await brokenAfter(20, ({ onProgress, onAssigned }) => {
      onProgress?.({ ...place, nextOffset: 7, highWatermark: 10, waitsUntilMs: Infinity });
      onAssigned?.({ 'orders.events': [] });
      onAssigned?.({ 'orders.events': [3] });
    });
    expect(held).toEqual([]);
  });
});

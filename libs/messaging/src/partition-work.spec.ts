import type { EachBatchPayload } from 'kafkajs';
import type { BatchContext, BatchHandler } from './batch-context';
import type { BatchLoopOptions, PartitionProgress } from './batch-loop';
import { Membership } from './membership';
import { PartitionWork } from './partition-work';

const protocolError = (type: string) =>
  Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type });

/** One fetch of `values` from offset 10 on, as kafkajs hands it over. */
function given(values: readonly string[], more: Partial<BatchLoopOptions> = {}) {
  const kafka = {
    committed: [] as string[],
    resolved: [] as string[],
    paused: 0,
    heartbeatFails: undefined as Error | undefined,
    commitFails: undefined as Error | undefined,
  };
  const progress: PartitionProgress[] = [];
  const backingOff: (string | undefined)[] = [];
  const stopping = new AbortController();
  const membership = new Membership({ t: [0] }, 30_000, () => 0);
  const payload = {
    batch: {
      topic: 't',
      partition: 0,
      highWatermark: String(10 + values.length),
      messages: values.map((value, i) => ({
        offset: String(10 + i),
        timestamp: '1000',
        key: null,
        value: Buffer.from(value),
      })),
      lastOffset: () => String(10 + values.length - 1),
    },
    resolveOffset: (offset: string) => kafka.resolved.push(offset),
    commitOffsetsIfNecessary: async (offsets: { topics: { partitions: { offset: string }[] }[] }) => {
      if (kafka.commitFails) throw kafka.commitFails;
      kafka.committed.push(offsets.topics[0]?.partitions[0]?.offset ?? '');
    },
    heartbeat: async () => {
      if (kafka.heartbeatFails) throw kafka.heartbeatFails;
    },
    pause: () => {
      kafka.paused += 1;
      return () => undefined;
    },
    isRunning: () => true,
    isStale: () => false,
  };
  const options = {
    groupId: 'g',
    maxRecords: 2,
    maxBatchBytes: 1000,
    backoff: { initialMs: 1, maxMs: 1 },
    onProgress: (one: PartitionProgress) => progress.push(one),
    reports: { backingOff: ({ error }: { error: Error | null }) => backingOff.push(error?.message) },
    ...more,
  };
  const run = (handler: BatchHandler) =>
    new PartitionWork({
      payload: payload as unknown as EachBatchPayload,
      handler,
      membership,
      stopping: stopping.signal,
      options,
      now: () => 1000,
    }).run();
  return { kafka, progress, backingOff, membership, stopping, payload, run };
}

const recording = () => {
  const seen: string[][] = [];
  const handler: BatchHandler = async (records) => void seen.push(records.map(({ value }) => String(value)));
  return { seen, handler };
};

it('cuts by number and commits after each batch, the last one up to the end of the fetch', async () => {
  const { run, kafka, progress, payload } = given(['a', 'b', 'c']);
  payload.batch.lastOffset = () => '13';
  const { seen, handler } = recording();

  await run(handler);

  expect(seen).toEqual([['a', 'b'], ['c']]);
  expect(kafka).toMatchObject({ resolved: ['11', '12'], committed: ['12', '14'] });
  expect(progress.map(({ nextOffset }) => nextOffset)).toEqual([12, 14]);
});

it('begins with small batches, so that a process which dies soon after each start gets on', async () => {
  const { run } = given(
    Array.from({ length: 130 }, () => 'x'),
    { maxRecords: 40 },
  );
  const { seen, handler } = recording();
  await run(handler);
  expect(seen.map((batch) => batch.length)).toEqual([10, 20, 40, 40, 20]);
  // a later fetch of the same stay in the group goes on as it was
  await run(handler);
  expect(seen[5]).toHaveLength(40);
});

it('cuts by size, and takes a larger record alone', async () => {
  const { run } = given(['a'.repeat(5), 'b'.repeat(50), 'c'.repeat(5), 'd'.repeat(5)], {
    maxBatchBytes: 10,
    maxRecords: 9,
  });
  const { seen, handler } = recording();

  await run(handler);

  expect(seen.map((batch) => batch.map((value) => value.length))).toEqual([[5], [50], [5, 5]]);
});

it('commits nothing of a batch that fails, and says why until it goes on', async () => {
  const { run, kafka, backingOff } = given(['a', 'b']);
  let calls = 0;

  await run(async () => {
    calls += 1;
    if (calls === 1) throw new TypeError('a bug');
    // what Nest's own exception filter would make of an error
    if (calls === 2) throw { status: 'error', message: 'Internal server error' };
    expect(kafka.committed).toEqual([]);
  });

  expect(calls).toBe(3);
  expect(backingOff).toEqual(['a bug', 'Internal server error', undefined]);
  expect(kafka.committed).toEqual(['12']);
});

it('puts a partition aside that goes on failing, so that the others get their turn, and tries it again', async () => {
  const { run, kafka, backingOff } = given(['a', 'b']);
  let calls = 0;
  const failing = async () => {
    calls += 1;
    throw new Error('no leader');
  };

  await run(failing);
  expect(calls).toBe(6);
  await run(failing);
  expect(calls).toBe(7);
  expect(kafka).toMatchObject({ committed: [], resolved: [], paused: 2 });
  expect(new Set(backingOff)).toEqual(new Set(['no leader']));

  const { seen, handler } = recording();
  await run(handler);
  expect(seen).toEqual([['a', 'b']]);
  expect(kafka.committed).toEqual(['12']);
  expect(backingOff.at(-1)).toBeUndefined();
});

it('gives up without a commit when the consumer stops while a batch fails', async () => {
  const { run, kafka, stopping } = given(['a', 'b', 'c']);

  await run(async () => {
    stopping.abort();
    throw new Error('the database is away');
  });

  expect(kafka).toMatchObject({ resolved: [], committed: [] });
});

it('finishes the running batch when the consumer stops, and begins no other', async () => {
  const { run, kafka, stopping } = given(['a', 'b', 'c']);
  const { seen, handler } = recording();

  await run(async (records, context) => {
    stopping.abort();
    await handler(records, context);
  });

  expect(seen).toEqual([['a', 'b']]);
  expect(kafka.committed).toEqual(['12']);
});

it.each(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'])(
  'lets kafkajs see %s, whatever the handler made of it',
  async (type) => {
    const { run, kafka } = given(['a', 'b', 'c']);
    const lost = protocolError(type);
    kafka.heartbeatFails = lost;
    const contexts: BatchContext[] = [];

    const running = run(async (_records, context) => {
      contexts.push(context);
      await context.heartbeat().catch(() => undefined);
      throw new Error('something else');
    });

    await expect(running).rejects.toBe(lost);
    expect(contexts).toHaveLength(1);
    expect(contexts[0]?.isStale()).toBe(true);
    expect(kafka.committed).toEqual([]);
  },
);

it('commits what was finished before it lets kafkajs join again', async () => {
  const { run, kafka, membership } = given(['a', 'b', 'c']);
  const lost = protocolError('REBALANCE_IN_PROGRESS');

  await expect(run(async () => membership.failed(lost))).rejects.toBe(lost);

  expect(kafka.committed).toEqual(['12']);
});

it('does not go on after a commit that failed', async () => {
  const { run, kafka } = given(['a', 'b', 'c']);
  kafka.commitFails = protocolError('ILLEGAL_GENERATION');
  const { seen, handler } = recording();

  await expect(run(handler)).rejects.toBe(kafka.commitFails);

  expect(seen).toEqual([['a', 'b']]);
});

it('ignores a heartbeat that did not get through, until that lasts as long as a session', () => {
  let nowMs = 0;
  const membership = new Membership({}, 10_000, () => nowMs);
  const gone = Object.assign(new Error('closed'), { name: 'KafkaJSConnectionClosedError' });

  membership.failed(gone);
  nowMs = 9_999;
  membership.failed(gone);
  expect(membership.lostBy).toBeUndefined();
  membership.alive();
  nowMs = 15_000;
  membership.failed(gone);
  expect(membership.lostBy).toBeUndefined();
  nowMs = 25_000;
  membership.failed(gone);
  expect(membership.lostBy).toBe(gone);
});

it('takes records that are held as not handled, and pauses', async () => {
  const { run, kafka, progress } = given(['a', 'b', 'c'], { maxRecords: 5 });

  await run(async (_records, context) => context.holdFrom?.(12, 500));

  expect(kafka).toMatchObject({ resolved: ['11'], committed: ['12'], paused: 1 });
  expect(progress).toEqual([
    { topic: 't', partition: 0, nextOffset: 12, highWatermark: 13, waitsUntilMs: 1500 },
  ]);
});

describe('a partition that is held', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const held = async (forMs: number) => {
    const { run, kafka, payload, stopping } = given(['a']);
    const resume = jest.fn();
    payload.pause = () => resume;
    const listeners = jest.spyOn(stopping.signal, 'removeEventListener');
    await run(async (_records, context) => context.holdFrom?.(10, forMs));
    return { resume, listeners, stopping, kafka };
  };

  it('goes on when its time has come, and leaves nothing behind that holds what was fetched', async () => {
    const { resume, listeners } = await held(500);
    jest.advanceTimersByTime(499);
    expect(resume).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(resume).toHaveBeenCalledTimes(1);
    expect(listeners).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  it('does not go on at once because it is held for longer than a timer can run', async () => {
    const { resume } = await held(40 * 24 * 3600 * 1000);
    jest.advanceTimersByTime(24 * 24 * 3600 * 1000);
    expect(resume).not.toHaveBeenCalled();
  });

  it('is not woken up by a consumer that stops', async () => {
    const { resume, stopping } = await held(500);
    stopping.abort();
    jest.advanceTimersByTime(1000);
    expect(resume).not.toHaveBeenCalled();
  });
});

it('commits nothing when everything is held, and forgets a hold of an attempt that failed', async () => {
  const { run, kafka, progress } = given(['a', 'b']);
  await run(async (_records, context) => context.holdFrom?.(10));
  expect(kafka).toMatchObject({ committed: [], paused: 1 });
  expect(progress[0]).toMatchObject({ nextOffset: 10, waitsUntilMs: Infinity });

  const again = given(['a', 'b']);
  let calls = 0;
  await again.run(async (_records, context) => {
    calls += 1;
    if (calls > 1) return;
    context.holdFrom?.(10);
    throw new Error('afterwards');
  });
  expect(again.kafka).toMatchObject({ committed: ['12'], paused: 0 });
});

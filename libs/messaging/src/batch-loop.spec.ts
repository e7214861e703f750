import type { Consumer, ConsumerRunConfig, EachBatchPayload } from 'kafkajs';
import type { BatchContext } from './batch-context';
import { BatchLoop } from './batch-loop';

/** A consumer of kafkajs of which only the events count. */
class SimulatedConsumer {
  readonly events = {
    GROUP_JOIN: 'join',
    CRASH: 'crash',
    END_BATCH_PROCESS: 'end',
  } as unknown as Consumer['events'];
  private eachBatch: ConsumerRunConfig['eachBatch'];
  private readonly listeners = new Map<string, (event: { payload: unknown }) => void>();

  on(name: string, listener: (event: { payload: unknown }) => void): void {
    this.listeners.set(name, listener);
  }

  subscribe(): Promise<void> {
    return Promise.resolve();
  }

  run({ eachBatch }: ConsumerRunConfig): Promise<void> {
    this.eachBatch = eachBatch;
    return Promise.resolve();
  }

  /** A fetch that brought one record of partition 0. */
  fetches(): Promise<void> {
    const message = { offset: '7', timestamp: '0', key: null, value: null };
    const batch = {
      topic: 't',
      partition: 0,
      highWatermark: '8',
      messages: [message],
      lastOffset: () => '7',
    };
    const payload = { batch, isRunning: () => true, isStale: () => false };
    return this.eachBatch?.(payload as unknown as EachBatchPayload) ?? Promise.resolve();
  }

  joins(memberAssignment: Record<string, number[]>): void {
    this.listeners.get('join')?.({ payload: { memberAssignment } });
  }
}

it('says nothing more of a partition that somebody else has now: neither lag nor trouble', async () => {
  const consumer = new SimulatedConsumer();
  const told: string[] = [];
  const loop = new BatchLoop(consumer as unknown as Consumer, () => undefined, {
    groupId: 'g',
    reports: {
      lag: ({ partition, messages }) => told.push(`${partition} lags ${messages}`),
      backingOff: ({ partition, error }) => told.push(`${partition} ${error?.message ?? 'is well'}`),
    },
  });
  await loop.run(['t']);
  consumer.joins({ t: [0, 1] });
  told.length = 0;
  consumer.joins({ t: [1] });
  expect(told.toSorted()).toEqual(['-1 is well', '0 is well', '0 lags 0']);
});

// of several brokers one may have the consumer join anew while batches of the others are worked on
it('lets go of a batch that is still worked on when the consumer joins anew', async () => {
  const consumer = new SimulatedConsumer();
  const contexts: BatchContext[] = [];
  const loop = new BatchLoop(
    consumer as unknown as Consumer,
    () => async (_records, context) => {
      contexts.push(context);
      consumer.joins({ t: [] });
      throw new Error('the database is away');
    },
    { groupId: 'g' },
  );
  await loop.run(['t']);
  consumer.joins({ t: [0] });
  await expect(consumer.fetches()).rejects.toMatchObject({ type: 'REBALANCE_IN_PROGRESS' });
  expect(contexts.map((context) => context.isStale())).toEqual([true]);
});

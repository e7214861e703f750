import type { BatchContext, InputRecord } from '@waybill/messaging';
import { type HoldCollection, Holds } from './holds';

/** Holds in memory, and what the transport was told. */
function given(isWritable = true) {
  const kept = new Map<string, number>();
  const told: unknown[] = [];
  const collection = {
    find: () => ({ toArray: async () => [...kept].map(([_id, offset]) => ({ _id, offset })) }),
    async updateOne({ _id }: { _id: string }, { $set }: { $set: { offset: number } }) {
      if (!isWritable) throw new Error('mongodb is away');
      kept.set(_id, $set.offset);
    },
  };
  const context: BatchContext = {
    topic: 'orders.events',
    partition: 3,
    session: 's',
    highWatermark: 9,
    heartbeat: async () => {},
    isStale: () => false,
    holdFrom: (...hold) => told.push(hold),
  };
  return { holds: new Holds(collection as unknown as HoldCollection), context, told };
}

const records: InputRecord[] = [];

it('writes down where a handler stops, and tells the transport', async () => {
  const { holds, context, told } = given();
  await holds.remembering(async (_, { holdFrom }) => holdFrom?.(7))(records, context);
  expect(await holds.all()).toEqual(new Map([['orders.events/3', 7]]));
  expect(told).toEqual([[7, undefined]]);
});

it('keeps the last place, and has none of a handler that goes on', async () => {
  const { holds, context } = given();
  await holds.remembering(async () => {})(records, context);
  expect(await holds.all()).toEqual(new Map());
  for (const offset of [7, 9])
    await holds.remembering(async (_, { holdFrom }) => holdFrom?.(offset))(records, context);
  expect(await holds.all()).toEqual(new Map([['orders.events/3', 9]]));
});

it('what cannot be written down is tried again, before anything is committed', async () => {
  const { holds, context } = given(false);
  const handler = holds.remembering(async (_, { holdFrom }) => holdFrom?.(7));
  await expect(handler(records, context)).rejects.toThrow('mongodb is away');
});

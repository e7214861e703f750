import { Kafka, logLevel } from 'kafkajs';
import { mongo } from 'mongoose';
import { commandTopic } from '../stage';
import { database } from './database';
import { Diary } from './diary';

interface Sent {
  readonly shop_slug: string;
  readonly id: string;
  readonly order: { readonly total_order_price: number };
}

const bulkSize = 500;

/** kafkajs by batch and the driver's bulk write; no checks, no facts, no care for repeats. */
export async function runBare(): Promise<void> {
  const diary = new Diary();
  const client = await new mongo.MongoClient(process.env['MONGODB_URI'] ?? '', {
    writeConcern: { w: 'majority', j: true },
  }).connect();
  const orders = client.db(database).collection<{ _id: string }>('orders');
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const kafka = new Kafka({ brokers, clientId: 'bare', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'bare', maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [commandTopic], fromBeginning: true });
  diary.endOn('SIGTERM', async () => {
    await consumer.disconnect();
    await client.close();
  });
  await consumer.run({
    partitionsConsumedConcurrently: 12,
    eachBatch: async ({ batch: { messages } }) => {
      for (let from = 0; from < messages.length; from += bulkSize) {
        const sent = messages.slice(from, from + bulkSize).map(({ value }) => parsed(value));
        const operations = sent.flatMap((data) =>
          data
            ? [{ replaceOne: { filter: { _id: keyOf(data) }, replacement: documentOf(data), upsert: true } }]
            : [],
        );
        if (operations.length > 0) await orders.bulkWrite(operations, { ordered: false });
        for (const data of sent)
          diary.handled(data && { key: keyOf(data), price: data.order.total_order_price });
      }
    },
  });
  diary.ready();
}

const keyOf = ({ shop_slug, id }: Sent): string => `${shop_slug}/${id}`;
const documentOf = ({ shop_slug, order }: Sent) => ({ shop_slug, ...order });

function parsed(value: Buffer | null): Sent | undefined {
  try {
    return (JSON.parse(String(value)) as { data: Sent }).data;
  } catch {
    return undefined;
  }
}

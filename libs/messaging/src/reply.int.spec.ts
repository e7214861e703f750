import { ClientKafka } from '@nestjs/microservices';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { BatchLoop } from './batch-loop';
import { consumerConfig } from './consumer-group';
import { decodeEnvelope } from './decode-envelope';
import { kafkaConfig } from './kafka-client';
import { KafkaPublisher } from './kafka-publisher';
import { type Outcome, replyAddress, replyMessage } from './reply';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();
const publisher = new KafkaPublisher(broker.kafka);
const accepted: Outcome = {
  outcome: 'accepted',
  aggregate_id: '6309fdd3-4292-5fdd-9cec-b983e7f75d43',
  sequence: 1,
  events: [{ type: 'orders.order-placed.v1', sequence: 1 }],
};

let topic: string;
let loop: BatchLoop;
let client: ClientKafka;
const received = new Seen<unknown>();

beforeAll(async () => {
  await broker.open();
  topic = await broker.topic('commands', 3);
  broker.adopt(`${topic}.reply`);
  await broker.admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic: `${topic}.reply`, numPartitions: 3 }],
  });
  loop = await answering(topic);
  client = new ClientKafka({
    client: kafkaConfig(broker.settings),
    consumer: { groupId: broker.name('client'), maxWaitTimeInMs: 100 },
  });
  client.subscribeToResponseOf(topic);
  await client.connect();
});

afterAll(async () => {
  await client.close();
  await loop.stop();
  await publisher.close();
  await broker.close();
});

/** Accepts every command; a command whose data lists items gets one reply for each. */
async function answering(commands: string): Promise<BatchLoop> {
  const groupId = broker.name('group');
  const consumer = broker.kafka.consumer(consumerConfig({ groupId, maxWaitMs: 100 }));
  await consumer.connect();
  const commandLoop = new BatchLoop(
    consumer,
    () => async (records) => {
      for (const record of records) {
        const decoded = decodeEnvelope(record);
        received.add(decoded.ok ? decoded.envelope.data : decoded.reasons);
        const address = replyAddress(record.headers);
        if (!decoded.ok || address.kind !== 'address') continue;
        const { items } = decoded.envelope.data as { items?: unknown[] };
        await publisher.reply(
          items
            ? items.map((_, item) => replyMessage(address.address, accepted, { item, items: items.length }))
            : [replyMessage(address.address, accepted)],
        );
      }
    },
    { groupId },
  );
  await commandLoop.run([commands]);
  return commandLoop;
}

const command = (data: object) => ({
  key: 'demo-shop/10001',
  value: { specversion: '1.0', id: 'm-1', type: 'orders.upsert-order.v1', source: 'shop-sync', data },
});

test("a stock Nest client's send() gets the reply, and its stream ends", async () => {
  await expect(lastValueFrom(client.send(topic, command({})).pipe(toArray()))).resolves.toEqual([accepted]);
});

test('a bulk gets one reply for each item', async () => {
  const replies = await firstValueFrom(
    client.send(topic, command({ items: [1, 2, 3] })).pipe(take(3), toArray()),
  );

  expect(replies).toEqual([0, 1, 2].map((item) => ({ item, items: 3, ...accepted })));
});

test("a stock Nest client's emit() is understood", async () => {
  await lastValueFrom(client.emit(topic, command({ emitted: true })));

  const all = await received.until((some) =>
    some.some((data) => (data as { emitted?: boolean }).emitted === true),
  );
  expect(all.at(-1)).toEqual({ emitted: true });
});

import type { Kafka } from 'kafkajs';

/** Something that a user may or may not do; resolves when it is done. */
export type Attempt = (kafka: Kafka) => Promise<unknown>;

const once = { retry: { retries: 0 } };

/** Writes one record. */
export const writing =
  (topic: string, value = '{}'): Attempt =>
  async (kafka) => {
    const producer = kafka.producer({ ...once, allowAutoTopicCreation: false });
    await producer.connect();
    try {
      await producer.send({ topic, acks: -1, messages: [{ key: 'demo-shop/10001', value }] });
    } finally {
      await producer.disconnect();
    }
  };

/** Joins a group and fetches, whether there is anything or not. */
export const reading =
  (topic: string, groupId: string): Attempt =>
  async (kafka) => {
    const consumer = kafka.consumer({
      ...once,
      groupId,
      maxWaitTimeInMs: 100,
      allowAutoTopicCreation: false,
    });
    await consumer.connect();
    try {
      await new Promise<void>((resolve, reject) => {
        consumer.on(consumer.events.FETCH, () => resolve());
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        consumer
          .subscribe({ topic })
          .then(() => consumer.run({ autoCommit: false, eachBatch: async () => undefined }))
          .catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  };

/** Asks something of the cluster. */
export const asking =
  (ask: (admin: ReturnType<Kafka['admin']>) => Promise<unknown>): Attempt =>
  async (kafka) => {
    const admin = kafka.admin(once);
    await admin.connect();
    try {
      await ask(admin);
    } finally {
      await admin.disconnect();
    }
  };

/** `done`, or what the broker said. */
export async function outcomeOf(kafka: Kafka, attempt: Attempt): Promise<string> {
  try {
    await attempt(kafka);
    return 'done';
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const { type, cause, errors, name } = error as {
    type?: string;
    cause?: unknown;
    errors?: unknown[];
    name: string;
  };
  if (type !== undefined) return type;
  if (cause !== undefined) return reasonOf(cause);
  return errors?.[0] === undefined ? name : reasonOf(errors[0]);
}

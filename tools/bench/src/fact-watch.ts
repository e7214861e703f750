import { eventTopic, type Stage } from './stage';

/** A fact when a consumer has it in its hands. */
export interface SeenFact {
  /** By `performance.now()`. */
  readonly atMs: number;
  readonly partition: number;
  readonly type: string;
  /** Id of the message that caused it, which may be a fact. */
  readonly causationId: string;
  /** Id of the command with which it all began. */
  readonly correlationId: string;
}

interface Written {
  readonly type: string;
  readonly causationid: string;
  readonly correlationid: string;
}

/** Reads the facts of a topic as they come, from the first one on; resolves when it does. Answers how to end it. */
export async function watchFacts(
  stage: Stage,
  see: (fact: SeenFact) => void,
  topic = eventTopic,
): Promise<() => Promise<void>> {
  const consumer = stage.kafka.consumer({ groupId: 'fact-watch', maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    eachBatch: ({ batch: { messages, partition } }) => {
      const atMs = performance.now();
      for (const { value } of messages) {
        const { type, causationid, correlationid } = JSON.parse(String(value)) as Written;
        see({ atMs, partition, type, causationId: causationid, correlationId: correlationid });
      }
      return Promise.resolve();
    },
  });
  await joined;
  return () => consumer.disconnect();
}

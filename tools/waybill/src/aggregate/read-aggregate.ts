import { partitionOfKey } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { decodeEnvelope, type InputRecord } from '@waybill/messaging';
import { brokersOf, type ConnectionOptions, mongoUriOf } from '../connection';
import { connectKafka, withAdmin } from '../kafka/connect';
import { scanTopic } from '../kafka/records';
import type { AggregateView, ShownDocument, ShownFact } from './aggregate-screen';
import { withDatabase } from './database';

/** Where one aggregate is kept. */
export interface AggregatePlace {
  readonly service: 'orders' | 'shipments' | 'claims';
  readonly id: string;
  /** Key of its facts; undefined: not known, all partitions are read. */
  readonly factKey?: string;
}

export interface ReadOptions extends ConnectionOptions {
  readonly database: string;
}

/** The stored document, without the facts that it repeats. */
export function readDocument(
  { service, id }: AggregatePlace,
  options: ReadOptions,
): Promise<ShownDocument | null> {
  return withDatabase(mongoUriOf(options), options.database, (db) =>
    db.collection<ShownDocument>(service).findOne({ _id: id }, { projection: { out: 0 } }),
  );
}

/** Every fact of the aggregate once, in order. */
export async function readFacts(
  { service, id, factKey }: AggregatePlace,
  options: ReadOptions,
): Promise<Pick<AggregateView, 'facts' | 'repeats'>> {
  const brokers = brokersOf(options);
  const kafka = connectKafka(brokers);
  const topic = serviceTopics(service).events;
  const collected = new CollectedFacts(id);
  await withAdmin(kafka, brokers, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const count = topics[0]?.partitions.length ?? 1;
    const partitions = factKey === undefined ? undefined : [partitionOfKey(factKey, count)];
    await scanTopic(kafka, admin, topic, (record) => collected.note(record), partitions);
  });
  return { facts: collected.inOrder(), repeats: collected.repeats };
}

/** Picks the facts of one aggregate out of the records of a topic. */
export class CollectedFacts {
  private readonly facts = new Map<number, ShownFact>();
  repeats = 0;

  constructor(private readonly id: string) {}

  note(record: InputRecord): void {
    // most records are of others: they are not worth decoding
    if (!record.value?.includes(this.id)) return;
    const decoded = decodeEnvelope(record);
    if (!decoded.ok || decoded.envelope.subject !== this.id) return;
    const { type, sequence = 0, time = '', causationid, data } = decoded.envelope;
    if (this.facts.has(sequence)) {
      this.repeats += 1;
      return;
    }
    const cause = causationid === undefined ? {} : { causationid };
    this.facts.set(sequence, { type, sequence, time, ...cause, data: data as ShownFact['data'] });
  }

  inOrder(): ShownFact[] {
    return [...this.facts.values()].toSorted((a, b) => a.sequence - b.sequence);
  }
}

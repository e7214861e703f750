import type { Fact, SequenceStore } from '@waybill/messaging';
import type { mongo } from 'mongoose';
import type { KnownDocument } from './known.documents';

/** Copies of one kind of aggregate, each as of the last of its facts that was taken. */
export class Copy<Known> implements SequenceStore {
  constructor(
    private readonly collection: mongo.Collection<KnownDocument<Known>>,
    private readonly knownOf: (fact: Fact) => Known,
  ) {}

  async load(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.collection
      .find({ _id: { $in: [...aggregateIds] } }, { projection: { sequence: 1 } })
      .toArray();
    return new Map(found.map(({ _id, sequence }) => [_id, sequence]));
  }

  /** A snapshot stands for all before it, so of several facts the last is enough. One that is behind changes nothing. */
  async take(facts: readonly Fact[]): Promise<void> {
    const last = new Map(facts.map((fact) => [fact.aggregateId, fact]));
    const operations = [...last.values()].map((fact) => ({
      updateOne: { filter: { _id: fact.aggregateId }, update: [this.change(fact)], upsert: true },
    }));
    const write = () => this.collection.bulkWrite(operations, { ordered: true });
    await write().catch((error: unknown) => {
      // two upserts of one id may race; the second attempt finds the document
      if ((error as { code?: unknown }).code !== 11000) throw error;
      return write();
    });
  }

  async byId(ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    return new Map((await this.find('_id', ids)).map(({ _id, known }) => [_id, known]));
  }

  /** All that have one of `values` in this field. */
  async with(field: string, values: readonly string[]): Promise<readonly Known[]> {
    return (await this.find(field, values)).map(({ known }) => known);
  }

  private async find(field: string, values: readonly string[]): Promise<readonly KnownDocument<Known>[]> {
    if (values.length === 0) return [];
    const filter = { [field]: { $in: [...new Set(values)] } } as mongo.Filter<KnownDocument<Known>>;
    return await this.collection.find(filter).toArray();
  }

  /** Sequence and effect change together or not at all. */
  private change(fact: Fact): mongo.Document {
    const { sequence } = fact;
    const isNewer = { $lt: [{ $ifNull: ['$sequence', 0] }, sequence] };
    return {
      $set: {
        sequence: { $cond: [isNewer, sequence, '$sequence'] },
        known: { $cond: [isNewer, { $literal: this.knownOf(fact) }, '$known'] },
      },
    };
  }
}

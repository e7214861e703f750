import type { Connection, mongo } from 'mongoose';
import type { Gap } from './apply-batch';
import { databaseOf, durable } from './mongo-stores';

/** A gap as it was found, and who let it pass. The command line reads and accepts it. */
export interface GapDocument {
  readonly _id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly aggregateId: string;
  readonly expected: number;
  readonly got: number;
  readonly foundAt: Date;
  readonly accepted?: { readonly by: string; readonly at: Date };
}

/** What the handlers ask about gaps. */
export interface AcceptedGaps {
  /** Writes a gap down where it is new. Whether an operator has let it pass. */
  isAccepted(stream: string, gap: Gap): Promise<boolean>;
}

/** Gaps of all generations: the same facts are missing in each of them. */
export class GapBook implements AcceptedGaps {
  private readonly collection: mongo.Collection<GapDocument>;

  constructor(connection: Connection) {
    this.collection = databaseOf(connection).collection<GapDocument>('gaps', durable);
  }

  async isAccepted(stream: string, { fact, expected }: Gap): Promise<boolean> {
    const { topic, partition, offset, aggregateId, sequence: got } = fact;
    const found = { topic, partition, offset, aggregateId, expected, got, foundAt: new Date() };
    // one that lacks more is another gap
    const document = await this.collection.findOneAndUpdate(
      { _id: `${stream} ${offset} ${expected}` },
      { $setOnInsert: found },
      { upsert: true, returnDocument: 'after' },
    );
    return document?.accepted !== undefined;
  }
}

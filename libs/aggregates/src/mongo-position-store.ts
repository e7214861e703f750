import type { mongo } from 'mongoose';
import type { FinishedPosition, PartitionPosition, PositionStore } from './position-store';

interface Count {
  offset: number;
  count: number;
}

export interface PositionDocument {
  _id: string;
  finished?: FinishedPosition;
  handOnFrom?: number;
  start?: Count;
  trying?: Count;
}

/** Positions of input partitions in one small MongoDB collection. */
export class MongoPositionStore implements PositionStore {
  constructor(private readonly collection: mongo.Collection<PositionDocument>) {}

  async load(stream: string): Promise<PartitionPosition> {
    const document = await this.collection.findOne({ _id: stream });
    return {
      ...(document?.finished ? { finished: document.finished } : {}),
      ...(document?.handOnFrom === undefined ? {} : { handOnFrom: document.handOnFrom }),
    };
  }

  async finish(stream: string, finished: FinishedPosition): Promise<void> {
    const isBehind = { $gt: [{ $ifNull: ['$finished.offset', -1] }, finished.offset] };
    const later = { $cond: [isBehind, '$finished', { $literal: finished }] };
    await this.collection.updateOne({ _id: stream }, [{ $set: { finished: later } }], { upsert: true });
  }

  start(stream: string, offset: number): Promise<number> {
    return this.count(stream, 'start', offset);
  }

  async trying(stream: string, offset: number): Promise<number> {
    const document = await this.collection.findOne({ _id: stream });
    if ((document?.trying?.offset ?? -1) > offset) return 0;
    return this.count(stream, 'trying', offset);
  }

  async survived(stream: string, offset: number): Promise<void> {
    await this.collection.updateOne(
      { _id: stream, 'trying.offset': offset },
      { $set: { 'trying.count': 0 } },
    );
  }

  async rewind(stream: string, handOnFrom: number): Promise<void> {
    await this.collection.updateOne({ _id: stream }, { $set: { handOnFrom } }, { upsert: true });
  }

  private async count(stream: string, field: 'start' | 'trying', offset: number): Promise<number> {
    const again = { $eq: [`$${field}.offset`, offset] };
    const count = { $cond: [again, { $add: [`$${field}.count`, 1] }, 1] };
    const document = await this.collection.findOneAndUpdate(
      { _id: stream },
      [{ $set: { [field]: { offset, count } } }],
      { upsert: true, returnDocument: 'after' },
    );
    return document?.[field]?.count ?? 1;
  }
}

import type { Connection, mongo } from 'mongoose';
import { databaseOf, durable } from './mongo-stores';
import type { PositionStore } from './stores';

interface StoredPosition {
  readonly _id: string;
  readonly next: number;
}

export class MongoPositionStore implements PositionStore {
  private readonly collection: mongo.Collection<StoredPosition>;

  constructor(connection: Connection, name: string) {
    this.collection = databaseOf(connection).collection<StoredPosition>(name, durable);
  }

  async load(): Promise<ReadonlyMap<string, number>> {
    const found = await this.collection.find().toArray();
    return new Map(found.map(({ _id, next }) => [_id, next]));
  }

  async save(stream: string, next: number): Promise<void> {
    await this.collection.updateOne({ _id: stream }, { $max: { next } }, { upsert: true });
  }
}

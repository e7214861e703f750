import {
  commandValidator,
  CommandEngine,
  MemoryPositionStore,
  MongoAggregateStore,
  MongoKeptStore,
  MongoRouteStore,
  openEngineCollections,
} from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { encodeEnvelope, OriginSigner, type OutgoingMessage } from '@waybill/messaging';
import { mongoUri, uniqueName } from '@waybill/testing';
import mongoose from 'mongoose';
import { shipmentAggregate } from './shipment.aggregate';
import type { Sent } from './shipment.book.spec-data';
import type { ShipmentTypes } from './shipment.decider';
import { ShipmentRouter } from './shipment.router';

const topics = serviceTopics('shipments');
const partition = 0;

/** The engine of the service on a real database, with a command topic of one partition and a publisher in memory. */
export class ShipmentsOnMongo {
  private offset = 0;

  private constructor(
    readonly connection: mongoose.Connection,
    private readonly engine: CommandEngine<ShipmentTypes>,
    /** Everything that was published. */
    readonly published: readonly OutgoingMessage[],
  ) {}

  static async open(): Promise<ShipmentsOnMongo> {
    const options = { dbName: uniqueName('shipments'), monitorCommands: true };
    const connection = await mongoose.createConnection(mongoUri(), options).asPromise();
    const { aggregates, routes, kept } = await openEngineCollections(connection, 'shipments');
    const published: OutgoingMessage[] = [];
    const publish = async (messages: readonly OutgoingMessage[]) => void published.push(...messages);
    const engine = new CommandEngine<ShipmentTypes>({
      type: shipmentAggregate,
      validate: commandValidator(topics.commands),
      topics: { ...topics, retry: [] },
      router: new ShipmentRouter(aggregates),
      store: new MongoAggregateStore(aggregates, shipmentAggregate.version),
      routes: new MongoRouteStore(routes, 60_000),
      kept: new MongoKeptStore(kept),
      // saved every few seconds, whatever is sent: no part of what a command costs
      positions: new MemoryPositionStore(),
      publisher: { publish, reply: publish },
      signer: new OriginSigner('a-key-for-shipments-0123456789abcdef'),
      clusterId: 'cluster',
      epoch: 1,
      partitions: 1,
      // the partition was taken over long ago
      largestBatch: 0,
    });
    return new ShipmentsOnMongo(connection, engine, published);
  }

  async close(): Promise<void> {
    await this.connection.dropDatabase();
    await this.connection.close();
  }

  /** Sends commands in one batch, and in further ones what is handed on of them. */
  async send(...commands: readonly Sent[]): Promise<void> {
    let next: OutgoingMessage[] = commands.map((one) => ({
      topic: topics.commands,
      key: 'any',
      value: encodeEnvelope(one),
    }));
    while (next.length > 0) {
      const seen = this.published.length;
      await this.handle(next);
      next = this.published.slice(seen).filter(({ topic }) => topic === topics.commands);
    }
  }

  /** The facts so far, as a reader gets them. */
  get facts(): readonly Buffer[] {
    const facts = this.published.filter(({ topic }) => topic === topics.events);
    return facts.map(({ value }) => Buffer.from(value ?? ''));
  }

  private handle(messages: readonly OutgoingMessage[]): Promise<void> {
    const records = messages.map(({ topic, key, value, headers = {} }) => ({
      topic,
      partition,
      offset: this.offset++,
      timestampMs: Date.parse('2026-02-01T00:00:00Z'),
      key: Buffer.from(key ?? ''),
      value: Buffer.from(value ?? ''),
      headers,
    }));
    const context = { topic: topics.commands, partition, session: 's-1', highWatermark: this.offset };
    return this.engine.handle(records, {
      ...context,
      heartbeat: () => Promise.resolve(),
      isStale: () => false,
    });
  }
}

import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Inject,
  Logger,
  Module,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientKafka,
  ClientsModule,
  EventPattern,
  type KafkaOptions,
  Payload,
  Transport,
} from '@nestjs/microservices';
import { getModelToken, MongooseModule } from '@nestjs/mongoose';
import { logLevel } from 'kafkajs';
import type { Model } from 'mongoose';
import { lastValueFrom, of } from 'rxjs';
import { commandTopic, eventTopic } from '../stage';
import { database } from './database';
import { Diary } from './diary';
import { UpsertOrderMessage } from './stock.dto';
import { stockOrderSchema } from './stock.model';

const publisherToken = Symbol('publisher');

/** What the Nest documentation leads to: one handler, one validated message, one mongoose write; with `emits` one event as well. */
export async function runStock({ emits }: { readonly emits: boolean }): Promise<void> {
  const diary = new Diary();
  const client = {
    brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'stock',
    logLevel: logLevel.NOTHING,
  };

  @Controller()
  class OrdersController {
    constructor(
      @Inject(getModelToken('Order')) private readonly orders: Model<Record<string, unknown>>,
      @Inject(publisherToken) private readonly publisher: ClientKafka,
    ) {}

    @EventPattern([commandTopic])
    async upsert(@Payload() { id, time, data }: UpsertOrderMessage): Promise<void> {
      const { shop_slug, id: number, order: sent } = data;
      const key = `${shop_slug}/${number}`;
      const order = await this.orders.findOneAndUpdate(
        { _id: key },
        { $set: { shop_slug, ...(sent as object) } },
        { upsert: true, returnDocument: 'after' },
      );
      if (emits)
        await lastValueFrom(
          this.publisher.emit(eventTopic, {
            key,
            value: {
              specversion: '1.0',
              id: `${id}/fact`,
              source: 'stock',
              type: 'orders.order-updated.v1',
              time,
              causationid: id,
              data: { order: order.toObject() },
            },
          }),
        );
      diary.handled({ key, price: Number(sent?.total_order_price) });
    }
  }

  /** A bad message is logged and passed over, or it would come again for ever. */
  @Catch()
  class LogAndGoOn implements ExceptionFilter {
    private readonly log = new Logger('stock');

    catch(error: Error, _host: ArgumentsHost) {
      this.log.warn(error.message);
      diary.handled();
      return of(undefined);
    }
  }

  @Module({
    imports: [
      MongooseModule.forRoot(process.env['MONGODB_URI'] ?? '', {
        dbName: database,
        writeConcern: { w: 'majority', j: true },
      }),
      MongooseModule.forFeature([{ name: 'Order', schema: stockOrderSchema }]),
      ClientsModule.register([
        { name: publisherToken, transport: Transport.KAFKA, options: { client, producerOnlyMode: true } },
      ]),
    ],
    controllers: [OrdersController],
  })
  class StockModule {}

  const app = await NestFactory.createMicroservice<KafkaOptions>(StockModule, {
    logger: ['error'],
    transport: Transport.KAFKA,
    options: {
      client,
      consumer: { groupId: 'stock' },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: 12 },
    },
  });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
  app.useGlobalFilters(new LogAndGoOn());
  diary.endOn('SIGTERM', () => app.close());
  await app.listen();
  diary.ready();
}

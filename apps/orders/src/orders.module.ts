import { type DynamicModule, Module } from '@nestjs/common';
import { KafkaModule, MongoModule, ServiceModule } from '@waybill/service';
import { OrderModule } from './order/order.module';
import { neededTopics, type OrdersConfig } from './orders.config';

@Module({})
export class OrdersModule {
  static forRoot(config: OrdersConfig): DynamicModule {
    return {
      module: OrdersModule,
      imports: [
        ServiceModule.forRoot(config),
        KafkaModule.forRoot({
          ...config.kafka,
          clientId: `${config.name}-health`,
          topics: neededTopics(config),
        }),
        MongoModule.forRoot(config.mongo),
        OrderModule.forRoot(config),
      ],
    };
  }
}

import { type DynamicModule, Module } from '@nestjs/common';
import { KafkaModule, MongoModule, ServiceModule } from '@waybill/service';
import { ShipmentModule } from './shipment/shipment.module';
import { neededTopics, type ShipmentsConfig } from './shipments.config';

@Module({})
export class ShipmentsModule {
  static forRoot(config: ShipmentsConfig): DynamicModule {
    return {
      module: ShipmentsModule,
      imports: [
        ServiceModule.forRoot(config),
        KafkaModule.forRoot({
          ...config.kafka,
          clientId: `${config.name}-health`,
          topics: neededTopics(config),
        }),
        MongoModule.forRoot(config.mongo),
        ShipmentModule.forRoot(config),
      ],
    };
  }
}

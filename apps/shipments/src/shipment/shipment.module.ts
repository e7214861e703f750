import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { type ShipmentsConfig, shipmentsConfigToken } from '../shipments.config';
import { OverdueTimer } from './overdue.timer';
import { ShipmentCommandService } from './shipment.command-service';
import {
  ShipmentController,
  ShipmentReactionController,
  ShipmentRetryController,
} from './shipment.controller';
import { ShipmentHttpController } from './shipment.http-controller';
import { shipmentModel, ShipmentQueries } from './shipment.queries';
import { shipmentSchema } from './shipment.schema';

/** One aggregate: commands, scans and orders' facts in, facts out, reads beside it. */
@Module({})
export class ShipmentModule {
  static forRoot(config: ShipmentsConfig): DynamicModule {
    return {
      module: ShipmentModule,
      imports: [MongooseModule.forFeature([{ name: shipmentModel, schema: shipmentSchema }])],
      controllers: [
        ShipmentController,
        ShipmentRetryController,
        ShipmentReactionController,
        ShipmentHttpController,
      ],
      providers: [
        { provide: shipmentsConfigToken, useValue: config },
        ShipmentCommandService,
        ShipmentQueries,
        OverdueTimer,
      ],
    };
  }
}

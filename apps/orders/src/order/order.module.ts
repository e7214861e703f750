import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { type OrdersConfig, ordersConfigToken } from '../orders.config';
import { OrderCommandService } from './order.command-service';
import { OrderController, OrderReactionController, OrderRetryController } from './order.controller';
import { OrderHttpController } from './order.http-controller';
import { orderModel, OrderQueries } from './order.queries';
import { orderSchema } from './order.schema';

/** One aggregate: commands in, facts out, reads beside it. */
@Module({})
export class OrderModule {
  static forRoot(config: OrdersConfig): DynamicModule {
    return {
      module: OrderModule,
      imports: [MongooseModule.forFeature([{ name: orderModel, schema: orderSchema }])],
      controllers: [OrderController, OrderRetryController, OrderReactionController, OrderHttpController],
      providers: [{ provide: ordersConfigToken, useValue: config }, OrderCommandService, OrderQueries],
    };
  }
}

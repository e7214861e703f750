import 'reflect-metadata';
import { startService } from '@waybill/service';
import { OrderCommandService } from './order/order.command-service';
import { OrderQueries } from './order/order.queries';
import { ordersApi } from './orders.api';
import { ordersConfig } from './orders.config';
import { OrdersModule } from './orders.module';

void startService({
  name: 'orders',
  api: ordersApi,
  configure: ordersConfig,
  module: (config) => OrdersModule.forRoot(config),
  async consumers(app) {
    await app.get(OrderQueries).makeIndexes();
    return app.get(OrderCommandService).open();
  },
});

import 'reflect-metadata';
import { startService } from '@waybill/service';
import { OverdueTimer } from './shipment/overdue.timer';
import { ShipmentCommandService } from './shipment/shipment.command-service';
import { ShipmentQueries } from './shipment/shipment.queries';
import { shipmentsApi } from './shipments.api';
import { shipmentsConfig } from './shipments.config';
import { ShipmentsModule } from './shipments.module';

void startService({
  name: 'shipments',
  api: shipmentsApi,
  configure: shipmentsConfig,
  module: (config) => ShipmentsModule.forRoot(config),
  async consumers(app) {
    await app.get(ShipmentQueries).makeIndexes();
    const transports = await app.get(ShipmentCommandService).open();
    app.get(OverdueTimer).start();
    return transports;
  },
});

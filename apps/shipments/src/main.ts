import 'reflect-metadata';
import { serviceConfig, startService } from '@waybill/service';
import { ShipmentsModule } from './shipments.module';

void startService({
  name: 'shipments',
  api: { title: 'Waybill shipments', description: 'Nothing to read yet.' },
  configure: (from) => serviceConfig(from, 'shipments'),
  module: (config) => ShipmentsModule.forRoot(config),
});

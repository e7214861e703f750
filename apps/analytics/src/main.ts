import 'reflect-metadata';
import { serviceConfig, startService } from '@waybill/service';
import { AnalyticsModule } from './analytics.module';

void startService({
  name: 'analytics',
  api: { title: 'Waybill analytics', description: 'Nothing to read yet.' },
  configure: (from) => serviceConfig(from, 'analytics'),
  module: (config) => AnalyticsModule.forRoot(config),
});

import 'reflect-metadata';
import { startService } from '@waybill/service';
import { analyticsApi } from './analytics.api';
import { analyticsConfig } from './analytics.config';
import { AnalyticsModule } from './analytics.module';
import { Generations } from './projection/generations';

void startService({
  name: 'analytics',
  api: analyticsApi,
  configure: analyticsConfig,
  module: (config) => AnalyticsModule.forRoot(config),
  // none of Nest's: generations come and go
  consumers: async (app) => {
    await app.get(Generations).open();
    return [];
  },
});

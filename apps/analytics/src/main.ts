import 'reflect-metadata';
import { startService } from '@waybill/service';
import { analyticsApi } from './analytics.api';
import { analyticsConfig } from './analytics.config';
import { AnalyticsModule } from './analytics.module';
import { ProjectionConsumer } from './projection/projection.consumer';

void startService({
  name: 'analytics',
  api: analyticsApi,
  configure: analyticsConfig,
  module: (config) => AnalyticsModule.forRoot(config),
  consumers: async (app) => [await app.get(ProjectionConsumer).open()],
});

import { createService, Lifecycle } from '@waybill/service';
import { AnalyticsModule } from './analytics.module';

it('is healthy once it works', async () => {
  const config = { name: 'analytics', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  const app = await createService(AnalyticsModule.forRoot(config), { title: 'analytics', description: '' });
  await app.init();
  expect((await app.inject('/health/ready')).statusCode).toBe(503);
  app.get(Lifecycle).enter('working');
  expect((await app.inject('/health/ready')).json()).toMatchObject({ status: 'ok' });
  expect((await app.inject('/metrics')).body).toContain('service="analytics"');
  await app.close();
});

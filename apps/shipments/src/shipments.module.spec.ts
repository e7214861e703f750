import { createService, Lifecycle } from '@waybill/service';
import { ShipmentsModule } from './shipments.module';

it('is healthy once it works', async () => {
  const config = { name: 'shipments', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  const app = await createService(ShipmentsModule.forRoot(config), { title: 'shipments', description: '' });
  await app.init();
  expect((await app.inject('/health/ready')).statusCode).toBe(503);
  app.get(Lifecycle).enter('working');
  expect((await app.inject('/health/ready')).json()).toMatchObject({ status: 'ok' });
  expect((await app.inject('/metrics')).body).toContain('service="shipments"');
  await app.close();
});

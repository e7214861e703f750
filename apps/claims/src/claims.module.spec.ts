import { createService, Lifecycle } from '@waybill/service';
import { ClaimsModule } from './claims.module';

it('is healthy once it works', async () => {
  const config = { name: 'claims', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  const app = await createService(ClaimsModule.forRoot(config), { title: 'claims', description: '' });
  await app.init();
  expect((await app.inject('/health/ready')).statusCode).toBe(503);
  app.get(Lifecycle).enter('working');
  expect((await app.inject('/health/ready')).json()).toMatchObject({ status: 'ok' });
  expect((await app.inject('/metrics')).body).toContain('service="claims"');
  await app.close();
});

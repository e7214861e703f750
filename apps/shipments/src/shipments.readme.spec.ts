import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, openApiDocument, readConfiguration, ServiceModule } from '@waybill/service';
import { readsOf, ServiceReadme, variablesAskedBy } from '@waybill/testing';
import { ShipmentHttpController } from './shipment/shipment.http-controller';
import { ShipmentQueries } from './shipment/shipment.queries';
import { shipmentsApi } from './shipments.api';
import { shipmentsConfig } from './shipments.config';

const readme = new ServiceReadme(join(__dirname, '..'));

@Module({
  controllers: [ShipmentHttpController],
  providers: [{ provide: ShipmentQueries, useValue: {} }],
})
class DoorModule {}

describe('the README of shipments', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const config = { name: 'shipments', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, shipmentsApi);
    await app.init();
  });
  afterAll(() => app.close());

  it('shows every read and its parameters, and no other ones', () => {
    const real = readsOf(openApiDocument(app, shipmentsApi).paths);
    expect(real.size).toBeGreaterThan(0);
    expect(readme.reads).toEqual(real);
  });

  it('shows every variable of the environment, and no other one', () => {
    const asked = variablesAskedBy((env) => readConfiguration(env, shipmentsConfig));
    expect(asked).toContain('KAFKA_BROKERS');
    expect(readme.variables).toEqual(asked);
  });
});

import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, openApiDocument, readConfiguration, ServiceModule } from '@waybill/service';
import { readsOf, ServiceReadme, variablesAskedBy } from '@waybill/testing';
import { ClaimHttpController } from './claim/claim.http-controller';
import { ClaimQueries } from './claim/claim.queries';
import { claimsApi } from './claims.api';
import { claimsConfig } from './claims.config';

const readme = new ServiceReadme(join(__dirname, '..'));

@Module({
  controllers: [ClaimHttpController],
  providers: [{ provide: ClaimQueries, useValue: {} }],
})
class DoorModule {}

describe('the README of claims', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const config = { name: 'claims', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, claimsApi);
    await app.init();
  });
  afterAll(() => app.close());

  it('shows every read and its parameters, and no other ones', () => {
    const real = readsOf(openApiDocument(app, claimsApi).paths);
    expect(real.size).toBeGreaterThan(0);
    expect(readme.reads).toEqual(real);
  });

  it('shows every variable of the environment, and no other one', () => {
    const asked = variablesAskedBy((env) => readConfiguration(env, claimsConfig));
    expect(asked).toContain('KAFKA_BROKERS');
    expect(readme.variables).toEqual(asked);
  });
});

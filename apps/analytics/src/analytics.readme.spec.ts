import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, openApiDocument, readConfiguration, ServiceModule } from '@waybill/service';
import { quoted, readsOf, ServiceReadme, variablesAskedBy } from '@waybill/testing';
import { analyticsApi } from './analytics.api';
import { analyticsConfig } from './analytics.config';
import { buckets, dimensions, reports } from './figures/report-query';
import { ReportHttpController } from './report/report.http-controller';
import { ReportQueries } from './report/report.queries';

const readme = new ServiceReadme(join(__dirname, '..'));

@Module({
  controllers: [ReportHttpController],
  providers: [{ provide: ReportQueries, useValue: {} }],
})
class DoorModule {}

describe('the README of analytics', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const config = { name: 'analytics', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, analyticsApi);
    await app.init();
  });
  afterAll(() => app.close());

  it('shows its only read, every report, and every parameter, and no other ones', () => {
    const path = '/v1/shops/{slug}/analytics/{report}';
    const real = readsOf(openApiDocument(app, analyticsApi).paths);
    expect([...real.keys()]).toEqual([path]);
    expect(readme.reads).toEqual(new Map([[path, new Set(reports)]]));
    const begin = readme.rows.findIndex(([cell]) => cell === 'parameter');
    const end = readme.rows.findIndex(([cell]) => cell === 'variable');
    const parameters = readme.rows.slice(begin, end).flatMap(([cell]) => quoted(cell));
    expect(new Set(parameters)).toEqual(real.get(path));
  });

  it.each([
    { parameter: 'bucket', values: buckets },
    { parameter: 'group_by', values: dimensions },
  ])('shows all values of $parameter', ({ parameter, values }) => {
    const row = readme.rows.find(([cell]) => cell === `\`${parameter}\``);
    expect(quoted(row?.[1])).toEqual([...values]);
  });

  it('shows every variable of the environment, and no other one', () => {
    const asked = variablesAskedBy((env) => readConfiguration(env, analyticsConfig));
    expect(asked).toContain('KAFKA_BROKERS');
    expect(readme.variables).toEqual(asked);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService } from './create-service';
import { Health } from './health';
import { Lifecycle } from './lifecycle';
import { openApiDocument } from './open-api';
import { ServiceMetrics } from './service-metrics';
import { thingApi, ThingModule } from './thing.fixture';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await createService(ThingModule.forSpec(), thingApi);
  await app.init();
});
afterAll(() => app.close());

const get = (url: string) => app.inject({ url });

describe('probes', () => {
  it('say that the process is alive', async () => {
    const response = await get('/health/live');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ status: 'ok' });
  });

  it('follow the start, what the app needs and the engine', async () => {
    const ready = async () => {
      const response = await get('/health/ready');
      return { status: response.statusCode, faults: response.json().error };
    };
    expect(await ready()).toEqual({
      status: 503,
      faults: { service: { status: 'down', message: 'starting' } },
    });
    app.get(Lifecycle).enter('working');
    expect(await ready()).toEqual({ status: 200, faults: {} });

    let fault: string | null = 'no broker';
    app.get(Health).add({
      name: 'kafka',
      check: async () => {
        if (fault !== null) throw new Error(fault);
      },
    });
    expect(await ready()).toEqual({
      status: 503,
      faults: { kafka: { status: 'down', message: 'no broker' } },
    });
    fault = null;
    const where = { topic: 'things.commands', partition: 0 };
    app.get(ServiceMetrics).reports.backingOff({ ...where, error: new Error('mongodb is away') });
    expect(await ready()).toEqual({
      status: 503,
      faults: { engine: { status: 'down', message: 'mongodb is away' } },
    });
    app.get(ServiceMetrics).reports.backingOff({ ...where, error: null });
    expect(await ready()).toEqual({ status: 200, faults: {} });
    app.get(ServiceMetrics).reports.held({ ...where, offset: 17 });
    const held = await get('/health/ready');
    expect([held.statusCode, held.json().info.engine]).toEqual([
      200,
      { status: 'up', message: 'held: things.commands/0 at 17' },
    ]);
    app.get(ServiceMetrics).reports.held({ ...where, offset: null });
    expect((await get('/health/ready')).json().info.engine).toEqual({ status: 'up' });
    app.get(Lifecycle).enter('stopping');
    expect(await ready()).toEqual({
      status: 503,
      faults: { service: { status: 'down', message: 'stopping' } },
    });
  });

  it('say that the process does not get on, once a consumer of it stands still', async () => {
    app.get(Lifecycle).fail(new Error('things.commands/0 stands at 17 for 300 s while 2 records wait'));
    const response = await get('/health/live');
    expect(response.statusCode).toBe(503);
    expect(response.json().error.progress.message).toBe(
      'things.commands/0 stands at 17 for 300 s while 2 records wait',
    );
  });

  it('show the metrics of this service', async () => {
    const response = await get('/metrics');
    expect(response.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(response.body).toContain('waybill_partitions_backing_off{service="things"} 0');
    expect(response.body).toContain('process_cpu_seconds_total');
  });
});

describe('OpenAPI', () => {
  it('is served for people and for machines', async () => {
    expect((await get('/docs')).headers['content-type']).toContain('text/html');
    expect((await get('/docs-json')).json()).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(app, thingApi))),
    );
  });

  it('names the query, the path and the errors of an operation', () => {
    const operation = openApiDocument(app, thingApi).paths['/v1/shops/{slug}/things/{thing_id}']?.get;
    expect(operation?.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ in: 'path', name: 'thing_id', required: true })]),
    );
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '404', '422', '500', '503']);
  });

  it('is valid', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-openapi-'));
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(openApiDocument(app, thingApi)));
    const redocly = require.resolve('@redocly/cli/bin/cli.js');
    const lint = () =>
      execFileSync(process.execPath, [redocly, 'lint', '--extends', 'spec', file], {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
        stdio: 'pipe',
      });
    try {
      expect(lint).not.toThrow();
      writeFileSync(
        file,
        JSON.stringify({ ...openApiDocument(app, thingApi), paths: { 'no-slash': { get: {} } } }),
      );
      expect(lint).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

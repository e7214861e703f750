import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, openApiDocument, readConfiguration, ServiceModule } from '@waybill/service';
import { ShipmentHttpController } from './shipment/shipment.http-controller';
import { ShipmentQueries } from './shipment/shipment.queries';
import { shipmentsApi } from './shipments.api';
import { shipmentsConfig } from './shipments.config';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
/** Cells of the rows of all its tables. */
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const quoted = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);

const setsOf = (lists: readonly [string, string[]][]) =>
  new Map(lists.map(([name, list]) => [name, new Set(list)]));

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
    const { paths } = openApiDocument(app, shipmentsApi);
    const reads = Object.entries(paths).filter(([path]) => path.startsWith('/v1/'));
    const shown = rows.flatMap(([, cell, about]): [string, string[]][] => {
      const [path] = quoted(cell).filter((text) => text.startsWith('GET /v1/'));
      const names = quoted(about).filter((name) => !name.endsWith('_not_found'));
      return path ? [[path.replace('GET ', ''), names]] : [];
    });
    const real = reads.map(([path, { get }]): [string, string[]] => {
      const parameters = get?.parameters ?? [];
      return [path, parameters.flatMap((one) => ('in' in one && one.in === 'query' ? [one.name] : []))];
    });
    // the order in which they are shown is free
    expect(setsOf(shown)).toEqual(setsOf(real));
  });

  it('shows every variable of the environment, and no other one', () => {
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name));
          return undefined;
        },
      },
    );
    expect(() => readConfiguration(env, shipmentsConfig)).toThrow('KAFKA_BROKERS');
    const shown = rows.flatMap(([, cell]) => quoted(cell)).filter((name) => /^[A-Z_]{4,}$/.test(name));
    expect(shown.toSorted()).toEqual([...asked].toSorted());
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { timeMs } from '@waybill/contracts';
import { createService, openApiDocument, ServiceModule } from '@waybill/service';
import { shipmentsApi } from '../shipments.api';
import { ShipmentHttpController } from './shipment.http-controller';
import { ShipmentQueries } from './shipment.queries';

const orderId = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
const shipmentId = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
const nowMs = timeMs('2026-01-15T12:00:00.000Z');

const asked: unknown[] = [];
const isKnown = ([shop, id]: unknown[]) => shop === 'demo-shop' && id === shipmentId;
const queries = {
  search: async (...question: unknown[]) => {
    asked.push(question);
    return [{ shipment_id: shipmentId }];
  },
  read: async (...question: unknown[]) => {
    asked.push(question);
    return isKnown(question) ? { shipment_id: shipmentId } : null;
  },
  readEvents: async (...question: unknown[]) => {
    asked.push(question);
    return isKnown(question) ? [{ event_name: 'ORDER_CREATED' }] : null;
  },
};

@Module({
  controllers: [ShipmentHttpController],
  providers: [{ provide: ShipmentQueries, useValue: queries }],
})
class DoorModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const config = { name: 'shipments', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, shipmentsApi);
  await app.init();
  jest.spyOn(Date, 'now').mockReturnValue(nowMs);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await app.close();
});
beforeEach(() => asked.splice(0));

const get = (path: string) => app.inject({ url: `/v1/shops/${path}` });

it('searches with what was asked for, normalised', async () => {
  const response = await get(
    `demo-shop/shipments?order_id=${orderId.toUpperCase()}&tracking_number=%201z%20example%20000010099&carrier_reference=ups` +
      '&status=fulfilled&phase=in_transit&flag=normal&direction=customer_merchant&updated_since=2026-01-10T09:00:00%2B01:00',
  );
  expect(response.json()).toEqual([{ shipment_id: shipmentId }]);
  expect(asked).toEqual([
    [
      'demo-shop',
      {
        page: 1,
        per_page: 30,
        order_id: orderId,
        tracking_number: '1ZEXAMPLE000010099',
        carrier_reference: 'ups',
        status: 'fulfilled',
        phase: 'in_transit',
        flag: 'normal',
        direction: 'customer_merchant',
        updated_since: '2026-01-10T08:00:00.000Z',
      },
      nowMs,
    ],
  ]);
});

it('takes an empty tracking number as none', async () => {
  await get('demo-shop/shipments?tracking_number=%20');
  expect(asked).toEqual([['demo-shop', { page: 1, per_page: 30, tracking_number: undefined }, nowMs]]);
});

it.each([
  ['demo-shop/shipments?order_id=10001', ['query', 'order_id']],
  ['demo-shop/shipments?tracking_number=%C3%84-1', ['query', 'tracking_number']],
  [`demo-shop/shipments?tracking_number=${'1'.repeat(65)}`, ['query', 'tracking_number']],
  ['demo-shop/shipments?tracking_number=1&tracking_number=2', ['query', 'tracking_number']],
  ['demo-shop/shipments?carrier_reference=DHL', ['query', 'carrier_reference']],
  ['demo-shop/shipments?status=placed', ['query', 'status']],
  ['demo-shop/shipments?phase=archived', ['query', 'phase']],
  ['demo-shop/shipments?flag=late', ['query', 'flag']],
  ['demo-shop/shipments?direction=back', ['query', 'direction']],
  ['demo-shop/shipments?updated_since=2026-01-10', ['query', 'updated_since']],
  ['demo-shop/shipments?per_page=101', ['query', 'per_page']],
  ['demo-shop/shipments?state=transit', ['query', 'state']],
  ['Demo-Shop/shipments', ['path', 'slug']],
  ['demo-shop/shipments/1', ['path', 'shipment_id']],
  ['demo-shop/shipments/1/events', ['path', 'shipment_id']],
  [`demo-shop/shipments/${shipmentId}/events?page=0`, ['query', 'page']],
  [`demo-shop/shipments/${shipmentId}/events?phase=collect`, ['query', 'phase']],
])('refuses %s', async (path, loc) => {
  const response = await get(path);
  expect(response.statusCode).toBe(422);
  expect(response.json()).toMatchObject({ key: 'validation_error', errors: [{ loc }] });
  expect(asked).toEqual([]);
});

it('reads one shipment, as of now', async () => {
  const response = await get(`demo-shop/shipments/${shipmentId}`);
  expect(response.json()).toEqual({ shipment_id: shipmentId });
  expect(asked).toEqual([['demo-shop', shipmentId, nowMs]]);
});

it('reads a page of its events', async () => {
  const response = await get(`demo-shop/shipments/${shipmentId}/events?page=2&per_page=5`);
  expect(response.json()).toEqual([{ event_name: 'ORDER_CREATED' }]);
  expect(asked).toEqual([['demo-shop', shipmentId, { page: 2, per_page: 5 }]]);
});

it.each([`other-shop/shipments/${shipmentId}`, `other-shop/shipments/${shipmentId}/events`])(
  'says of %s that there is no such shipment',
  async (path) => {
    const response = await get(path);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({
      errors: [],
      key: 'shipment_not_found',
      message: `the shop has no shipment ${shipmentId}`,
      type: 'invalid_request_error',
    });
  },
);

it('is described by a valid OpenAPI document, down to the event', () => {
  const document = openApiDocument(app, shipmentsApi);
  expect(Object.keys(document.paths)).toEqual([
    '/v1/shops/{slug}/shipments',
    '/v1/shops/{slug}/shipments/{shipment_id}',
    '/v1/shops/{slug}/shipments/{shipment_id}/events',
  ]);
  const schemas = document.components?.schemas;
  expect(schemas).toHaveProperty('Shipment.properties.state.enum', expect.arrayContaining(['archived']));
  expect(schemas).toHaveProperty(
    'Shipment.properties.events.items.$ref',
    '#/components/schemas/ShipmentEvent',
  );
  expect(schemas).toHaveProperty('ShipmentEvent.properties.event_time');
  const folder = mkdtempSync(join(tmpdir(), 'waybill-openapi-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const redocly = require.resolve('@redocly/cli/bin/cli.js');
  try {
    const report = execFileSync(
      process.execPath,
      [redocly, 'lint', '--extends', 'spec', '--format', 'json', file],
      {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    expect(JSON.parse(report.toString())).toMatchObject({ totals: { errors: 0, warnings: 0 } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, openApiDocument, ServiceModule } from '@waybill/service';
import { ordersApi } from '../orders.api';
import { OrderHttpController } from './order.http-controller';
import { OrderQueries } from './order.queries';

const orderId = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
const asked: unknown[] = [];
const queries = {
  search: async (...question: unknown[]) => {
    asked.push(question);
    return [{ uuid: orderId }];
  },
  read: async (shop: string, id: string) => (shop === 'demo-shop' && id === orderId ? { uuid: id } : null),
};

@Module({ controllers: [OrderHttpController], providers: [{ provide: OrderQueries, useValue: queries }] })
class DoorModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const config = { name: 'orders', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, ordersApi);
  await app.init();
});
afterAll(() => app.close());
beforeEach(() => asked.splice(0));

const get = (path: string) => app.inject({ url: `/v1/shops/${path}` });

it('searches with what was asked for, normalised', async () => {
  const response = await get(
    'demo-shop/orders?status=placed&email_id=%20a@b.c%20&order_placed_from=2026-01-10T09:00:00%2B01:00&order_name=',
  );
  expect(response.json()).toEqual([{ uuid: orderId }]);
  expect(asked).toEqual([
    [
      'demo-shop',
      {
        page: 1,
        per_page: 30,
        status: 'placed',
        email_id: 'a@b.c',
        order_placed_from: '2026-01-10T08:00:00.000Z',
        order_name: undefined,
      },
    ],
  ]);
});

it.each([
  ['demo-shop/orders?status=shipped', ['query', 'status']],
  ['demo-shop/orders?uuid=10001', ['query', 'uuid']],
  ['demo-shop/orders?order_placed_to=2026-01-10', ['query', 'order_placed_to']],
  ['demo-shop/orders?per_page=0', ['query', 'per_page']],
  ['demo-shop/orders?zipcode=12345', ['query', 'zipcode']],
  ['Demo-Shop/orders', ['path', 'slug']],
  ['demo-shop/orders/10001', ['path', 'order_id']],
])('refuses %s', async (path, loc) => {
  const response = await get(path);
  expect(response.statusCode).toBe(422);
  expect(response.json()).toMatchObject({ key: 'validation_error', errors: [{ loc }] });
  expect(asked).toEqual([]);
});

it('reads one order', async () => {
  expect((await get(`demo-shop/orders/${orderId}`)).json()).toEqual({ uuid: orderId });
});

it('says that there is no such order', async () => {
  const response = await get(`other-shop/orders/${orderId}`);
  expect(response.statusCode).toBe(404);
  expect(response.json()).toEqual({
    errors: [],
    key: 'order_not_found',
    message: `the shop has no order ${orderId}`,
    type: 'invalid_request_error',
  });
});

it('is described by a valid OpenAPI document, down to the order', () => {
  const document = openApiDocument(app, ordersApi);
  expect(Object.keys(document.paths)).toEqual([
    '/v1/shops/{slug}/orders',
    '/v1/shops/{slug}/orders/{order_id}',
  ]);
  expect(document.components?.schemas).toHaveProperty('OrderSnapshot.properties.shipments');
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

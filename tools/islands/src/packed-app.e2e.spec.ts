import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRetryDelays } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  OrdersClient,
  type PrivateStack,
  ServiceProcess,
  startPrivateStack,
} from '@waybill/testing';
import { bytesIn, folderOutside, packed, runPacked } from './packed.fixture';

jest.setTimeout(90_000);

const mostBytes = 60e6;

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('packed programs, with a broker and a database and nothing else', () => {
  const folder = folderOutside();
  let programs: { orders: string; waybill: string };
  let stack: PrivateStack;
  let client: OrdersClient | undefined;
  let service: ServiceProcess | undefined;
  beforeAll(async () => {
    const [orders, waybill, started] = await Promise.all([
      packed('apps/orders', folder),
      packed('tools/waybill', folder),
      startPrivateStack(),
    ]);
    programs = { orders, waybill };
    stack = started;
  });
  afterAll(async () => {
    await service?.kill();
    await client?.close();
    await stack?.end();
    rmSync(folder, { recursive: true });
  });

  it('the command line makes the topics', async () => {
    const env = { KAFKA_BROKERS: stack.brokers.join(',') };
    expect(await runPacked(programs.waybill, ['topics', 'apply'], env)).toContain('create  orders.commands:');
  });

  it('a service is ready, answers a command, shows what came of it and describes itself', async () => {
    // with it, packages are loaded that are not loaded otherwise
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    service = new ServiceProcess('orders', stack, env, join(programs.orders, 'main.js'));
    await service.ready();
    expect(await service.status('/health/ready')).toBe(200);

    client = await OrdersClient.open(stack, defaultRetryDelays);
    const order = { order_number: '10001', address: { zip_code: '12345' } };
    const reply = await client.ask(command('place-order', { shop_slug: 'demo-shop', order }));
    expect(reply).toMatchObject({ outcome: 'accepted', sequence: 1 });
    expect(await service.get('/v1/shops/demo-shop/orders')).toMatchObject([{ order_number: '10001' }]);
    expect([await service.status('/docs'), await service.status('/docs/swagger-ui.css')]).toEqual([200, 200]);
  });

  it('has no package beside what it names, and what these need', () => {
    const { dependencies } = JSON.parse(readFileSync(join(programs.orders, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies).toMatchObject({ kafkajs: '2.2.4' });
    for (const [name, version] of Object.entries(dependencies)) {
      const manifest = join(programs.orders, 'node_modules', name, 'package.json');
      expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ name, version });
    }
    expect(bytesIn(programs.orders)).toBeLessThan(mostBytes);
    expect(bytesIn(programs.waybill)).toBeLessThan(mostBytes);
  });
});

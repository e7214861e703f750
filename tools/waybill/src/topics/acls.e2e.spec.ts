import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKafka, type Fact, headerText, readFact } from '@waybill/messaging';
import {
  canStartSecuredStack,
  claimCommand,
  command,
  OrdersService,
  type SecuredStack,
  ServiceProcess,
  shipmentCommand,
  ShipmentsService,
  startSecuredStack,
  TopicListener,
  waybillCliWith,
} from '@waybill/testing';
import type { Kafka } from 'kafkajs';
import { type AclRule, aclRoles } from './acls';
import { attempts, noGroup } from './attempts.spec-data';
import { giveRights } from './give-rights.spec-data';
import { outcomeOf, reading, writing } from './trying.spec-data';

const users = ['orders', 'shipments', 'claims', 'analytics', ...aclRoles, 'stranger'];
const shop = 'demo-shop';

// containers have no second door
(canStartSecuredStack() ? describe : describe.skip)('a broker that wants passwords and rights', () => {
  let stack: SecuredStack;
  let services: Readonly<Record<'orders' | 'shipments' | 'claims' | 'analytics', ServiceProcess>>;

  const environmentOf = (user: string): Record<string, string> => {
    const passwordFile = join(stack.caFile, `../${user}-password`);
    writeFileSync(passwordFile, `${stack.passwordOf(user)}\n`, { mode: 0o600 });
    return {
      KAFKA_TLS: 'on',
      KAFKA_TLS_CA_FILE: stack.caFile,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: user,
      KAFKA_SASL_PASSWORD_FILE: passwordFile,
      WAYBILL_OVERDUE_CHECK: 'off',
    };
  };
  const clientOf = (username: string, password = stack.passwordOf(username)): Kafka =>
    createKafka({
      brokers: stack.secured.brokers,
      clientId: username,
      ssl: { ca: readFileSync(stack.caFile, 'utf8') },
      sasl: { mechanism: 'plain', username, password },
    });
  const cliAs = (user: string, ...args: string[]) =>
    waybillCliWith(environmentOf(user), stack.secured, ...args);

  const admin = () => createKafka({ brokers: stack.open.brokers, clientId: 'admin' });

  /** Listens with the rights of a user, in a group of its own. */
  const listen = async (kafka: Kafka, user: string, ...topics: string[]): Promise<TopicListener> => {
    const asker = kafka.admin();
    await asker.connect();
    const heard = await TopicListener.open(kafka, asker, topics, user);
    closers.push(async () => {
      await heard.close();
      await asker.disconnect();
    });
    return heard;
  };
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    stack = await startSecuredStack(users);
    closers.push(() => stack.end());
    const printed = await cliAs('stranger', 'topics', 'acls', '--format', 'json');
    await giveRights(admin(), JSON.parse(printed.output) as AclRule[]);
    const applied = await cliAs('provisioners', 'topics', 'apply');
    if (applied.code !== 0) throw new Error(applied.output);
    services = {
      orders: OrdersService.spawn(stack.secured, environmentOf('orders')),
      shipments: ShipmentsService.spawn(stack.secured, environmentOf('shipments')),
      claims: new ServiceProcess('claims', stack.secured, environmentOf('claims')),
      analytics: new ServiceProcess('analytics', stack.secured, environmentOf('analytics')),
    };
    const all = Object.values(services);
    closers.push(...all.map((service) => () => service.kill()));
    await Promise.all(all.map((service) => service.ready()));
  }, 120_000);
  afterAll(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  }, 60_000);

  it('lets everybody do their work: what is sent goes through all four services', async () => {
    const replies = await listen(clientOf('producers'), 'producers', 'orders.commands.reply');
    const topics = ['orders.events', 'shipments.events', 'claims.events'];
    const facts = await listen(clientOf('readers'), 'readers', ...topics);
    const fact = (topic: string, what: string, isIt: (fact: Fact<Life>) => boolean) =>
      facts.until(
        what,
        () =>
          facts.of(topic).flatMap((record) => {
            const read = readFact(record);
            return read.ok && isIt(read.fact as Fact<Life>) ? [read.fact as Fact<Life>] : [];
          })[0],
      );

    await send(clientOf('producers'), 'orders.commands', order, {
      kafka_correlationId: 'one',
      kafka_replyTopic: 'orders.commands.reply',
    });
    const reply = await replies.until('the reply', () =>
      replies
        .of('orders.commands.reply')
        .find(({ headers }) => headerText(headers, 'kafka_correlationId') === 'one'),
    );
    expect(JSON.parse(String(reply.value))).toMatchObject({ outcome: 'accepted' });
    await fact(
      'shipments.events',
      'the parcel with its number',
      ({ type }) => type === 'shipments.shipment-fulfilled.v1',
    );
    await send(clientOf('carriers'), 'shipments.commands', scan);
    const shown = await fact('orders.events', 'the order that shows the scan', ({ data }) =>
      data.order.shipments.some(({ picked_up_at: at }) => at !== null),
    );
    expect(shown.type).toBe('orders.order-updated.v1');
    await send(clientOf('producers'), 'claims.commands', claim);
    await fact('claims.events', 'the claim', ({ type }) => type === 'claims.claim-created.v1');
    while ((await claimsCounted(services.analytics)) !== 1) await pause(100);
  }, 60_000);

  it('refuses nothing that a service does, and no service shows its password', () => {
    for (const [user, { lines }] of Object.entries(services)) {
      expect(lines.filter((line) => /authoriz|authentic/i.test(JSON.stringify(line)))).toEqual([]);
      expect(JSON.stringify(lines)).not.toContain(stack.passwordOf(user));
    }
  });

  it.each(attempts)(
    '$user $does: $says',
    async ({ user, attempt, says }) => {
      expect(await outcomeOf(clientOf(user), attempt)).toBe(says);
    },
    30_000,
  );

  it('lets an operator look at dead letters', async () => {
    const heard = await listen(admin(), 'admin', 'orders.dead-letters');
    expect(await outcomeOf(clientOf('producers'), writing('orders.commands', 'nonsense'))).toBe('done');
    await heard.until('the dead letter', () => heard.of('orders.dead-letters')[0]);
    const listed = await cliAs('operators', 'dead-letters', 'list');
    expect(listed).toMatchObject({ code: 0, output: expect.stringContaining('malformed') as string });
    expect(await cliAs('stranger', 'dead-letters', 'list')).toMatchObject({ code: 1 });
  }, 60_000);

  it('refuses for want of a right alone: with it, the same is done', async () => {
    const attempt = reading('orders.events', 'claims.copies');
    expect(await outcomeOf(clientOf('readers'), attempt)).toBe(noGroup);
    const group = { principal: 'User:readers', resource: 'group', name: 'claims.copies' } as const;
    await giveRights(admin(), [{ ...group, pattern: 'literal', operations: ['Read'] }]);
    // the broker hears of a new right a moment after it was given
    while ((await outcomeOf(clientOf('readers'), attempt)) !== 'done');
  }, 30_000);

  it('lets nobody in without the password', async () => {
    expect(await outcomeOf(clientOf('orders', 'guessed'), writing('orders.commands'))).toMatch(
      /SASLAuthentication/,
    );
    const kafka = createKafka({
      brokers: stack.secured.brokers,
      clientId: 'nobody',
      ssl: { ca: readFileSync(stack.caFile, 'utf8') },
    });
    expect(await outcomeOf(kafka, writing('orders.commands'))).not.toBe('done');
  }, 30_000);
});

interface Life {
  readonly order: { readonly shipments: readonly { readonly picked_up_at: string | null }[] };
}

const order = command('upsert-order', {
  shop_slug: shop,
  id: '10001',
  order: { order_number: '10001', address: { country_code: 'DE', zip_code: '12345' } },
  trackings: [{ tracking_number: 'JD014600003123', carrier_reference: 'dhl' }],
});
const scan = shipmentCommand('record-scan', {
  shop_slug: shop,
  carrier_reference: 'dhl',
  tracking_number: 'JD014600003123',
  event_name: 'CARRIER_PICKED_UP',
  event_time: new Date().toISOString(),
});
const claim = claimCommand('create-claim', {
  shop_slug: shop,
  carrier_reference: 'dhl',
  tracking_number: 'JD014600003123',
  reason: 'damage',
});

async function claimsCounted(analytics: ServiceProcess): Promise<number> {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const rows = await analytics.get<{ claims: number }[]>(
    `/v1/shops/${shop}/analytics/claims?from=${day(-2)}&to=${day(2)}`,
  );
  return rows.reduce((sum, { claims }) => sum + claims, 0);
}

async function send(
  kafka: Kafka,
  topic: string,
  sent: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({
    topic,
    acks: -1,
    messages: [{ key: `${shop}/10001`, value: JSON.stringify(sent), headers }],
  });
  await producer.disconnect();
}

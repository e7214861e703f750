import { contractOf, orderId, validatorOf } from '@waybill/contracts';
import {
  canStartPrivateStack,
  type Command,
  command,
  type OrderFact,
  type OrdersClient,
  type Reply,
  type RunningOrders,
  staleExamples,
  startOrders,
} from '@waybill/testing';
import steps from '../order/order.worked-examples.json';
import { shop } from './orders.spec-data';

jest.setTimeout(180_000);

/** A fact of the examples: its own members, and the order in full or what differs in it from the fact before. */
interface ExpectedFact {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: object;
  readonly order?: object;
  readonly differs?: readonly string[] | null;
}

interface Step {
  readonly example: string;
  readonly about: string;
  readonly command: Command;
  readonly replies: readonly Reply[];
  readonly facts: readonly ExpectedFact[];
}

const all = steps as unknown as readonly Step[];

/** The commands that no worked example shows, so that every type has been through the broker. */
const further = [
  command(
    'update-shipment',
    {
      shop_slug: shop,
      id: '10001',
      shipment_id: 'c376e889-76c9-5c95-ad8b-a381eae0408d',
      tracking_url: 'https://carrier.example.com/track/00340000000000010011',
    },
    { id: 'm-24', source: 'portal', subject: 'demo-shop/10001', time: '2026-01-15T12:02:00Z' },
  ),
  command(
    'upsert-order-analytics',
    {
      shop_slug: shop,
      id: orderId(shop, '10001'),
      id_type: 'uuid',
      order_analytics: {
        campaign: 'Winter drop',
        source: 'newsletter',
        medium: 'email',
        campaign_code: 'WINTER10',
      },
    },
    { id: 'm-25', source: 'storefront', subject: 'demo-shop/10001', time: '2026-01-15T12:03:00Z' },
  ),
];

/** As the examples are written down: the subject is free for a caller, a reaction's is the order. */
function asSent({ id, type, source, subject: own, time, data }: Command): Command {
  const number = data.id ?? data.order?.order_number;
  const reacted = source === 'orders' ? orderId(data.shop_slug, data.id) : undefined;
  const subject = own ?? reacted ?? (data.items ? data.shop_slug : `${data.shop_slug}/${number}`);
  return { specversion: '1.0', id, type, source, subject, ...(time ? { time } : {}), data };
}

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('the worked examples of the domain, message by message', () => {
  let orders: RunningOrders;
  let client: OrdersClient;
  const snapshots = new Map<string, Record<string, unknown>>();

  beforeAll(async () => {
    orders = await startOrders();
    client = orders.client;
  });
  afterAll(() => orders?.end());

  /** What an order was said to be last. */
  const told = async (id: string, expected: Step['facts']): Promise<OrderFact[]> => {
    const facts = await client.allFacts(id);
    return expected.flatMap((fact) => facts.filter((one) => one.id === fact.id));
  };

  it.each(all)('$example $command.id: $about', async ({ command: sent, replies, facts }) => {
    expect(await client.askItems(asSent(sent), replies.length)).toEqual(replies);

    const [first] = facts;
    const published = first ? await told(first.id.slice(0, first.id.lastIndexOf('/')), facts) : [];
    expect(published.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    for (const [i, expected] of facts.entries()) {
      const fact = published[i];
      if (!fact) throw new Error(`no ${expected.id}`);
      checkFact(fact, expected, sent);
    }
  });

  function checkFact(fact: OrderFact, expected: ExpectedFact, cause: Command): void {
    const { shop_slug, order_id, order_number, order, ...data } = fact.data;
    const { id, type, sequence, time } = fact;
    const { order: _order, differs: _differs, ...plain } = expected;
    expect({ id, type, sequence, time, data }).toEqual(plain);
    expect(fact).toMatchObject({ source: 'orders', aggregateId: order_id, correlationId: cause.id });
    expect(fact.causationId).toBe(cause.data.items ? `${cause.id}/0` : cause.id);
    expect([shop_slug, order_id, order_number]).toEqual([order.shop_slug, order.uuid, order.order_number]);
    expect(order.updated_at).toBe(time);
    const contract = contractOf(type);
    expect(contract && validatorOf(contract)(fact.data)).toEqual([]);
    const before = expected.differs ? snapshots.get(order_id) : order;
    expect(differing(before ?? {}, order)).toEqual(expected.differs ?? []);
    // text, because the order of the members is part of the example
    expect(JSON.stringify(order, null, 1)).toBe(JSON.stringify(expected.order ?? order, null, 1));
    snapshots.set(order_id, order);
  }

  it('12.5 m-07 in another record with its source and id: a duplicate', async () => {
    const again = all.find(({ command: { id } }) => id === 'm-07');
    if (!again) throw new Error('the examples have no m-07');

    expect(await client.ask(asSent(again.command))).toEqual({
      outcome: 'ignored',
      reason: 'duplicate',
      aggregate_id: orderId(shop, '10001'),
      sequence: 11,
    });
  });

  it.each([
    { number: '10001', facts: 11, status: 'fulfilled' },
    { number: '10002', facts: 4, status: 'fulfilled' },
    { number: '10003', facts: 8, status: 'partially_fulfilled' },
    { number: '10004', facts: 2, status: 'cancelled' },
  ])('$number reads over HTTP as its last fact has shown it', async ({ number, facts, status }) => {
    const id = orderId(shop, number);
    const published = await client.allFacts(id);
    expect(published.map(({ sequence }) => sequence)).toEqual(Array.from({ length: facts }, (_, i) => i + 1));

    const read = await orders.service.get<{ status: string }>(`/v1/shops/${shop}/orders/${id}`);
    expect(read).toEqual(published.at(-1)?.data.order);
    expect(read.status).toBe(status);
    expect(await orders.service.get(`/v1/shops/${shop}/orders?order_number=${number}`)).toEqual([read]);
  });

  it('what was refused on the way has left nothing behind', async () => {
    expect(await orders.service.status(`/v1/shops/${shop}/orders/${orderId(shop, '10005')}`)).toBe(404);
    expect(await orders.service.status(`/v1/shops/${shop}/orders/${orderId(shop, '10099')}`)).toBe(404);
    expect(await client.allDeadLetters()).toEqual([]);
    expect(await orders.service.get(`/v1/shops/${shop}/orders`)).toHaveLength(4);
  });

  it.each(further)('beside the examples, $type', async (sent) => {
    const { outcome, events = [] } = await client.ask(asSent(sent), { key: `${shop}/10001` });
    expect(outcome).toBe('accepted');
    const [event] = events;
    const fact = (await client.allFacts(orderId(shop, '10001'))).at(-1);
    expect(fact).toMatchObject({ ...event, causationId: sent.id });
  });

  it('docs/examples shows these messages', async () => {
    expect(await staleExamples(client)).toEqual([]);
  });
});

function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = Object.keys(after).filter((name) => name !== 'updated_at');
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).toSorted();
}

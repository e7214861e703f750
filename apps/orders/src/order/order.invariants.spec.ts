import { contractOf, validatorOf } from '@waybill/contracts';
import * as fc from 'fast-check';
import { orderAggregate } from './order.aggregate';
import { anyCommand, history, runs, seed, sentAt, type Unsent } from './order.arbitraries.spec-data';
import { type Answer, OrderBook } from './order.book.spec-data';
import { broken, contentsSet, isInOrder, ordinals, type Snapshot } from './order.laws.spec-data';
import type { Order } from './order.state';

const run = (
  commands: fc.Arbitrary<readonly Unsent[]>,
  law: (all: readonly Unsent[]) => Promise<void>,
  often = 40,
) => fc.assert(fc.asyncProperty(commands, law), runs(often));

/** Runs a history and hands every answer to `see`, with the orders as they were before. */
async function replay(
  commands: readonly Unsent[],
  see: (
    answer: Answer,
    command: Unsent,
    before: ReadonlyMap<string, Order>,
    book: OrderBook,
  ) => void | Promise<void>,
): Promise<OrderBook> {
  const book = new OrderBook();
  for (const [minute, command] of commands.entries()) {
    const before = new Map(book.all.map((order) => [order.orderId, order]));
    for (const answer of await book.send(sentAt(command, minute))) await see(answer, command, before, book);
  }
  return book;
}

describe(`invariants of orders (WAYBILL_SEED=${seed})`, () => {
  it('hold in every snapshot and between any two (1, 3, 5, 6, 7, 8, 11, 16, 17, 19)', () =>
    run(history, async (commands) => {
      const last = new Map<string, Snapshot>();
      const used = new Map<string, Set<number>>();
      await replay(commands, ({ facts }) => {
        for (const { type, data } of facts) {
          const contract = contractOf(type);
          const ever = used.get(data.order_id) ?? new Set();
          const issues = contract && validatorOf(contract)(data);
          expect([issues, broken(data.order, last.get(data.order_id), ever)]).toEqual([[], []]);
          for (const ordinal of ordinals(data.order.shipments)) ever.add(ordinal);
          used.set(data.order_id, ever);
          last.set(data.order_id, data.order);
        }
      });
    }));

  it('no two orders hold one tracking number or one given external id (9, 10)', () =>
    run(history, async (commands) => {
      await replay(commands, (_, __, ___, book) => {
        const keys = book.all.flatMap(orderAggregate.uniqueKeys);
        expect(new Set(keys).size).toBe(keys.length);
      });
    }));

  it('an equal command right after changes nothing and says nothing (12)', () =>
    run(history, async (commands) => {
      await replay(commands, async ({ reply }, command, _, book) => {
        if (reply['outcome'] !== 'accepted') return;
        const states = JSON.stringify(book.all);
        const [again] = await book.send(sentAt(command, 59));
        expect(again?.facts).toEqual([]);
        expect(JSON.stringify(book.all)).toBe(states);
      });
    }));

  it('an upsert without trackings changes no slot but by the expected number (13)', () =>
    run(history, async (commands) => {
      await replay(commands, ({ facts }, command) => {
        const { trackings, order } = command.data as { trackings?: unknown[]; order?: { currency?: string } };
        // another currency rounds the prices of what is inside
        const isBare = command.type === 'orders.upsert-order.v1' && !trackings?.length && !order?.currency;
        const touching = facts.filter(
          ({ type, data }) =>
            type === 'orders.order-shipment-dispatched.v1' || data.changed?.includes('shipments'),
        );
        expect(isBare ? touching : []).toEqual([]);
      });
    }));

  it('what is not accepted emits nothing, and nothing that is decided touches the state it was decided on (14)', () =>
    run(history, async (commands) => {
      await replay(commands, async ({ reply, facts }, command, before, book) => {
        const isAccepted = reply['outcome'] === 'accepted';
        expect(facts.length > 0).toBe(isAccepted);
        expect(isAccepted || book.all).toEqual(isAccepted || [...before.values()]);
        const texts = book.all.map((order) => JSON.stringify(order));
        const orders = book.all;
        await book.send(sentAt(command, 59));
        expect(orders.map((order) => JSON.stringify(order))).toEqual(texts);
      });
    }));

  it('what is in a parcel was in the order when it was set, or is null (25)', async () => {
    let set = 0;
    const law = async (commands: readonly Unsent[]) => {
      const last = new Map<string, Snapshot>();
      await replay(commands, ({ facts }) => {
        for (const { data } of facts) {
          const entries = contentsSet(last.get(data.order_id), data.order).flat();
          expect(entries.filter((entry) => !isInOrder(entry, data.order))).toEqual([]);
          last.set(data.order_id, data.order);
          set += entries.length;
        }
      });
    };
    // few parcels of a history say what is in them
    await run(history, law, 200);
    expect(set).toBeGreaterThan(0);
  });

  it('a bulk answers item by item what the items alone would get (15)', () =>
    run(fc.array(anyCommand, { minLength: 1, maxLength: 8 }), async (commands) => {
      const items = commands
        .filter(({ type }) => type === 'orders.upsert-order.v1')
        .map(({ data }) => ({ ...data, shop_slug: undefined }))
        .map((item) => JSON.parse(JSON.stringify(item)));
      fc.pre(items.length > 0);
      const [bulk, alone] = [new OrderBook(), new OrderBook()];
      const data = { shop_slug: 'demo-shop', items };
      const answers = await bulk.send(sentAt({ type: 'orders.bulk-fulfil-orders.v1', data }, 0));
      expect(answers.map(({ reply }) => reply['item'])).toEqual(items.map((_, i) => i));
      for (const [i, item] of items.entries()) {
        const isFaulty = !(item.trackings?.length > 0);
        expect(answers[i]?.reply).toMatchObject(
          isFaulty ? { key: 'validation_error' } : { items: items.length },
        );
        if (isFaulty) continue;
        const one = { type: 'orders.upsert-order.v1', data: { shop_slug: 'demo-shop', ...item } };
        const [answer] = await alone.send(sentAt(one, 0));
        expect(answers[i]?.reply).toEqual({ item: i, items: items.length, ...answer?.reply });
      }
      expect(bulk.all).toEqual(alone.all);
    }));
});

describe(`laws of single commands (WAYBILL_SEED=${seed})`, () => {
  const place = (data: object) => ({
    type: 'orders.place-order.v1',
    data: {
      shop_slug: 'demo-shop',
      order: { order_number: '10001', address: { zip_code: '12345' }, ...data },
    },
  });
  const attach = (tracking_number: string, id = '10001') => ({
    type: 'orders.upsert-order.v1',
    data: { shop_slug: 'demo-shop', id, trackings: [{ tracking_number }] },
  });

  it('an order placed with n has drafts 1 to n (2)', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (n) => {
        const [answer] = await new OrderBook().send(sentAt(place({ expected_number_of_shipments: n }), 0));
        const slots: Snapshot['shipments'] = answer?.facts[0]?.data.order.shipments;
        expect(slots.map(({ ordinal, status }) => [ordinal, status])).toEqual(
          Array.from({ length: n }, (_, i) => [i + 1, 'draft']),
        );
      }),
      runs(25),
    ));

  it('one expected parcel fulfils the order at once (4)', () =>
    run(history, async (commands) => {
      const firsts: string[][] = [];
      await replay(commands, ({ facts }, _, before) => {
        const [{ data } = { data: undefined }] = facts;
        const old = data && before.get(data.order_id);
        const wasPlaced = !old || old.status === 'placed';
        const last: Snapshot | undefined = facts.at(-1)?.data.order;
        if (wasPlaced && last?.is_fulfilled && last.expected_number_of_shipments === 1)
          firsts.push(facts.map(({ type }) => type));
      });
      for (const types of firsts) {
        expect(types.filter((type) => type === 'orders.order-fulfilled.v1')).toHaveLength(1);
        expect(types).not.toContain('orders.order-partially-fulfilled.v1');
      }
    }));

  it('racing attachments: exactly one is accepted (9)', async () => {
    const book = new OrderBook();
    const keys: unknown[] = [];
    for (const number of ['10001', '10002', '10003']) {
      await book.send(sentAt(place({ order_number: number }), 0));
      const [answer] = await book.send(sentAt(attach('4711', number), 1));
      keys.push(answer?.reply['key'] ?? answer?.reply['outcome']);
    }
    expect(keys).toEqual(['accepted', 'shipment_exists', 'shipment_exists']);
  });

  it('amounts come out as they went in, rounded once (18)', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        fc.constantFrom(['EUR', 2] as const, ['JPY', 0] as const, ['KWD', 3] as const, ['CLF', 4] as const),
        async (units, [currency, exponent]) => {
          const [answer] = await new OrderBook().send(
            sentAt(place({ total_order_price: units / 10_000, currency }), 0),
          );
          // whole numbers only: half away from zero is half up here
          const step = 10 ** (4 - exponent);
          const expected = Math.floor((units + step / 2) / step) / 10 ** exponent;
          expect(answer?.facts[0]?.data.order.total_order_price).toBe(expected);
        },
      ),
      runs(200),
    ));
});

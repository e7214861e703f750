import {
  canStartPrivateStack,
  command,
  type RunningParcels,
  shipmentCommand,
  startParcels,
  untilSettled,
} from '@waybill/testing';
import { attached, factThat, gist, parcelId, scan, shop, upsert } from './parcels.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

interface Read {
  readonly order_number: string;
  readonly status: string;
}

withStack('what comes at once, or in the wrong order', () => {
  let parcels: RunningParcels;
  let send: RunningParcels['shipments']['client'];

  beforeAll(async () => {
    parcels = await startParcels();
    send = parcels.shipments.client;
  });
  afterAll(() => parcels?.end());

  const read = (id: string): Promise<Read> =>
    parcels.shipments.service.get(`/v1/shops/${shop}/shipments/${id}`);
  const withNumber = (number: string): Promise<Read[]> =>
    parcels.shipments.service.get(`/v1/shops/${shop}/shipments?tracking_number=${number}`);

  it('a number that two orders claim at once goes to exactly one of them, and its scans too', async () => {
    const races = Array.from({ length: 12 }, (_, i) => ({
      number: `RACE-${i}`,
      orders: [`race-${i}-a`, `race-${i}-b`],
    }));
    const { client } = parcels.orders;
    const replies = await Promise.all(
      races.map(({ number, orders }) =>
        Promise.all(
          orders.map((order) =>
            client.ask(upsert(order, [{ tracking_number: number, carrier_reference: 'dhl' }])),
          ),
        ),
      ),
    );
    expect(replies.map((pair) => pair.map(gist).toSorted())).toEqual(
      races.map(() => ['accepted', 'shipment_exists']),
    );

    await Promise.all(races.map(({ number }) => send.ask(scan(number))));
    await untilSettled([client, send]);
    for (const [i, { number, orders }] of races.entries()) {
      const winner = orders[replies[i]?.[0]?.outcome === 'accepted' ? 0 : 1];
      expect(await withNumber(number)).toMatchObject([{ order_number: winner, phase: 'in_transit' }]);
    }
  });

  it('a return before the dispatch leaves no parcel, and a scan of it waits', async () => {
    const tracking = {
      tracking_number: 'RETURN-1',
      carrier_reference: 'dhl',
      direction: 'customer_merchant',
    };
    expect(gist(await parcels.orders.client.ask(upsert('return-1', [tracking])))).toBe(
      'order_not_dispatched',
    );
    const coming = scan('RETURN-1', { event_name: 'RETURN_IN_TRANSIT' });
    expect(await send.ask(coming)).toMatchObject({ kept: true });
    expect(await withNumber('RETURN-1')).toEqual([]);

    const sent = { tracking_number: 'SENT-1', carrier_reference: 'dhl' };
    expect(gist(await parcels.orders.client.ask(upsert('return-1', [sent, tracking])))).toBe('accepted');
    const back = parcelId('return-1', 2);
    await factThat(parcels, back, 'shipment-phase-changed', { to: 'return_transit' });
    expect(await read(back)).toMatchObject({ direction: 'customer_merchant', phase: 'return_transit' });
    expect(await read(parcelId('return-1'))).toMatchObject({ phase: 'order_processed' });
  });

  describe('a withdrawal and a dispatch of one parcel', () => {
    const internal = (id: string, orderNumber: string, orderId: unknown, data: object) => ({
      shop_slug: shop,
      order_id: orderId,
      order_number: orderNumber,
      shipment_id: id,
      ...data,
    });

    it('the withdrawal that comes after the dispatch is refused', async () => {
      const id = await attached(parcels, 'late-1', { tracking_number: 'LATE-1', carrier_reference: 'dhl' });
      const { data } = await factThat(parcels, id, 'shipment-fulfilled');
      const cancel = command('cancel-order', { shop_slug: shop, id: 'late-1' });
      expect(gist(await parcels.orders.client.ask(cancel))).toBe('order_already_dispatched');

      const withdrawal = internal(id, 'late-1', data.order_id, {
        cause: 'order_cancelled',
        at: '2026-06-01T09:00:00Z',
      });
      expect(gist(await send.ask(shipmentCommand('withdraw-shipment', withdrawal)))).toBe(
        'shipment_already_fulfilled',
      );
      expect(gist(await send.ask(scan('LATE-1')))).toBe('accepted');
      expect(await read(id)).toMatchObject({ status: 'fulfilled', phase: 'in_transit' });
    });

    it('the dispatch that comes after the withdrawal is refused, and a scan of its number waits', async () => {
      const { client } = parcels.orders;
      await client.ask(upsert('late-2', []));
      await client.ask(command('cancel-order', { shop_slug: shop, id: 'late-2' }));
      const tracking = { tracking_number: 'LATE-2', carrier_reference: 'dhl' };
      expect(gist(await client.ask(upsert('late-2', [tracking])))).toBe('order_cancelled');

      const id = parcelId('late-2');
      const { data } = await factThat(parcels, id, 'shipment-withdrawn');
      const dispatch = internal(id, 'late-2', data.order_id, {
        ...tracking,
        ordinal: 1,
        direction: 'merchant_customer',
        tracking_url: null,
        tracking_placed_at: '2026-06-01T09:00:00Z',
        external_shipment_id: null,
        products: null,
        appended: false,
      });
      expect(gist(await send.ask(shipmentCommand('fulfil-shipment', dispatch)))).toBe('shipment_withdrawn');
      expect(await send.ask(scan('LATE-2'))).toMatchObject({ kept: true });
      expect(await read(id)).toMatchObject({ status: 'withdrawn', tracking_number: null });
    });

    it('at the same moment one of the two is refused, and the parcel is what its order says', async () => {
      const { client } = parcels.orders;
      const names = Array.from({ length: 10 }, (_, i) => `late-3-${i}`);
      await Promise.all(names.map((name) => client.ask(upsert(name, []))));
      const replies = await Promise.all(
        names.map(async (name) => {
          const tracking = { tracking_number: name, carrier_reference: 'dhl' };
          const [cancelled, dispatched] = await Promise.all([
            client.ask(command('cancel-order', { shop_slug: shop, id: name })),
            client.ask(upsert(name, [tracking])),
          ]);
          return { name, outcomes: [gist(cancelled), gist(dispatched)] };
        }),
      );
      await untilSettled([client, send]);
      for (const { name, outcomes } of replies) {
        const { status } = await read(parcelId(name));
        expect({ name, outcomes, status }).toEqual(
          outcomes[0] === 'accepted'
            ? { name, outcomes: ['accepted', 'order_cancelled'], status: 'withdrawn' }
            : { name, outcomes: ['order_already_dispatched', 'accepted'], status: 'fulfilled' },
        );
      }
    });
  });

  describe('reports of progress in the wrong order', () => {
    const progress = (sequence: number, phase: string, since: string) =>
      command('record-shipment-progress', {
        shop_slug: shop,
        id: 'progress-1',
        id_type: 'order_number',
        shipment_id: parcelId('progress-1'),
        shipment_sequence: sequence,
        phase,
        phase_since: since,
        flag: 'normal',
        estimated_arrival: null,
        picked_up_at: since,
        had_delay: false,
        carrier_reference: 'dhl',
      });

    it('the older one is stale, so is the same again, and the order shows the newest', async () => {
      const { client, service } = parcels.orders;
      await attached(parcels, 'progress-1', { tracking_number: 'PROGRESS-1', carrier_reference: 'dhl' });
      await untilSettled([client, send]);
      const newer = progress(40, 'delivered', '2026-06-03T10:00:00Z');

      expect(gist(await client.ask(newer))).toBe('accepted');
      expect(gist(await client.ask(progress(39, 'in_transit', '2026-06-01T10:00:00Z')))).toBe('stale');
      expect(gist(await client.ask(progress(40, 'delivered', '2026-06-03T10:00:00Z')))).toBe('stale');
      const [order] = await service.get<object[]>(`/v1/shops/${shop}/orders?order_number=progress-1`);
      expect(order).toMatchObject({
        shipments: [{ phase: 'delivered', phase_since: '2026-06-03T10:00:00.000Z' }],
      });
    });
  });

  it('nothing failed on the way, and nobody was refused who did not ask', async () => {
    const letters = [...(await parcels.orders.client.allDeadLetters()), ...(await send.allDeadLetters())];
    expect(letters.map(({ kind, id, message }) => `${kind} ${id} ${message}`)).toEqual([]);
  });
});

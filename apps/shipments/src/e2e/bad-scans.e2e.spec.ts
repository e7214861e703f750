import {
  canStartPrivateStack,
  command,
  type RunningParcels,
  shipmentCommand,
  startParcels,
  untilSettled,
} from '@waybill/testing';
import { attached, eventNames, factThat, gist, parcelId, scan, shop, upsert } from './parcels.spec-data';

jest.setTimeout(90_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

interface Read {
  readonly shipment_id: string;
  readonly order_number: string;
  readonly status: string;
  readonly phase: string;
  readonly phase_since: string;
  readonly flag: string;
  readonly events: readonly Record<string, unknown>[];
}

withStack('what bad scans and bad commands on parcels get', () => {
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

  describe('a scan that is not valid', () => {
    it.each([
      {
        about: 'an unknown carrier',
        data: { carrier_reference: 'pigeon' },
        key: 'carrier_reference_invalid',
        field: 'carrier_reference',
      },
      {
        about: 'the carrier `unknown`',
        data: { carrier_reference: 'unknown' },
        key: 'carrier_reference_invalid',
        field: 'carrier_reference',
      },
      {
        about: 'no number',
        data: { tracking_number: undefined },
        key: 'validation_error',
        field: 'tracking_number',
      },
      {
        about: 'an empty number',
        data: { tracking_number: '  ' },
        key: 'validation_error',
        field: 'tracking_number',
      },
      {
        about: 'a zone that does not exist',
        data: { timezone: 'Mars/Olympus_Mons' },
        key: 'validation_error',
        field: 'timezone',
      },
      {
        about: 'a time without an offset',
        data: { event_time: '2026-06-01T10:00:00' },
        key: 'validation_error',
        field: 'event_time',
      },
      {
        about: 'an event name that is none',
        data: { event_name: 'left the house' },
        key: 'validation_error',
        field: 'event_name',
      },
      {
        about: 'a member that nobody knows',
        data: { driver: 'Kim' },
        key: 'validation_error',
        field: 'driver',
      },
    ])('$about: $key, and a dead letter where nobody asked', async ({ data, key, field }) => {
      const wrong = scan('BAD-1', data);
      const reply = await send.ask(wrong, { key: 'BAD-1' });
      expect(reply).toMatchObject({ outcome: 'refused', key, errors: [{ field }] });

      const at = await send.send(scan('BAD-1', data, { id: wrong.id }), { key: 'BAD-1' });
      const letter = await send.deadLetter(at);
      expect(letter).toMatchObject({ kind: 'refused', key, reasons: [{ field }] });
      expect(String(letter.record.value)).toBe(JSON.stringify(wrong));
    });

    it('none of them was kept for its number, none holds up the next', async () => {
      const id = await attached(parcels, 'bad-1', { tracking_number: 'BAD-1', carrier_reference: 'dhl' });
      expect(gist(await send.ask(scan('BAD-1')))).toBe('accepted');
      expect(await eventNames(parcels, id)).toEqual([
        'CARRIER_PICKED_UP',
        'ORDER_CREATED',
        'ORDER_IN_PROCESSING',
      ]);
    });
  });

  describe('a scan at an odd time', () => {
    const time = '2026-06-01T10:00:00Z';
    const tomorrow = '2026-06-02T10:00:00Z';
    const later = '2026-06-02T10:00:00.001Z';

    it('from the future is refused, one at the limit is not, whether its number is known or not', async () => {
      const id = await attached(parcels, 'time-1', { tracking_number: 'TIME-1', carrier_reference: 'dhl' });
      for (const number of ['TIME-1', 'TIME-2'])
        expect(await send.ask(scan(number, { event_time: later }, { time }))).toMatchObject({
          outcome: 'refused',
          key: 'event_time_in_future',
          errors: [{ field: 'event_time' }],
        });
      expect(await send.ask(scan('TIME-1', { event_time: tomorrow }, { time }))).toMatchObject({
        outcome: 'accepted',
        aggregate_id: id,
      });
      expect(await send.ask(scan('TIME-2', { event_time: tomorrow }, { time }))).toEqual({
        outcome: 'accepted',
        events: [],
        kept: true,
      });
      const other = await attached(parcels, 'time-2', {
        tracking_number: 'TIME-2',
        carrier_reference: 'dhl',
      });
      await factThat(parcels, other, 'shipment-event-recorded', { was_kept: true });
      expect((await read(other)).events.filter(({ origin }) => origin === 'carrier')).toHaveLength(1);
    });

    it('from 1970 is recorded where it belongs: first', async () => {
      const id = await attached(parcels, 'time-3', { tracking_number: 'TIME-3', carrier_reference: 'dhl' });
      const old = scan('TIME-3', {
        event_name: 'SUCCESSFULLY_DELIVERED',
        event_time: '1970-01-01T00:00:00Z',
      });
      expect(gist(await send.ask(scan('TIME-3')))).toBe('accepted');
      expect(gist(await send.ask(old))).toBe('accepted');

      expect(await read(id)).toMatchObject({
        // a later event at any other phase outweighs it
        phase: 'in_transit',
        events: [
          { event_name: 'SUCCESSFULLY_DELIVERED', event_time: '1970-01-01T00:00:00.000Z' },
          {},
          {},
          {},
        ],
      });
    });
  });

  describe('an event name that the catalogue does not have', () => {
    it('is recorded without phase and group, and moves nothing', async () => {
      const id = await attached(parcels, 'name-1', { tracking_number: 'NAME-1', carrier_reference: 'dhl' });
      await send.ask(scan('NAME-1'));
      const strange = scan('NAME-1', { event_name: 'LANDED_BY_DRONE', event_time: '2026-06-01T11:00:00Z' });
      const reply = await send.ask(strange);

      expect(reply.events).toMatchObject([{ type: 'shipments.shipment-event-recorded.v1' }]);
      const parcel = await read(id);
      expect(parcel).toMatchObject({
        phase: 'in_transit',
        phase_since: '2026-06-01T10:00:00.000Z',
        flag: 'normal',
      });
      expect(parcel.events.find(({ event_name }) => event_name === 'LANDED_BY_DRONE')).toMatchObject({
        phase: null,
        event_group: null,
        origin: 'carrier',
      });
    });
  });

  describe('more events than a parcel takes', () => {
    const scans = (number: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        scan(number, {
          external_id: `e-${i}`,
          event_time: `2026-06-01T10:00:00.${String(i).padStart(3, '0')}Z`,
        }),
      );

    it('the 201st is refused, a repeat of the 200th is a duplicate', async () => {
      const id = await attached(parcels, 'many-1', { tracking_number: 'MANY-1', carrier_reference: 'dhl' });
      const all = scans('MANY-1', 201);
      await send.put(all.slice(0, 200).map((one) => ({ key: 'MANY-1', value: JSON.stringify(one) })));
      const [last, repeat] = [all[200] ?? scan(''), all[199] ?? scan('')];

      expect(gist(await send.ask(last))).toBe('event_limit_reached');
      expect(gist(await send.ask({ ...repeat, id: 'again' }))).toBe('duplicate');
      const { events } = await read(id);
      expect(events.filter(({ origin }) => origin === 'carrier')).toHaveLength(200);
      expect(events.some(({ external_id }) => external_id === 'e-200')).toBe(false);
    });

    it('the 201st that is kept for a number is refused, the others follow it', async () => {
      const all = scans('MANY-2', 201);
      await send.put(all.slice(0, 200).map((one) => ({ key: 'MANY-2', value: JSON.stringify(one) })));
      expect(gist(await send.ask(all[200] ?? scan('')))).toBe('event_limit_reached');

      const id = await attached(parcels, 'many-2', { tracking_number: 'MANY-2', carrier_reference: 'dhl' });
      await untilSettled([parcels.orders.client, send]);
      const { events } = await read(id);
      expect(events.filter(({ origin }) => origin === 'carrier')).toHaveLength(200);
    });
  });

  describe('the same external id with another content', () => {
    const first = { external_id: 'x-1', event_name: 'CARRIER_PICKED_UP' };
    const other = { external_id: 'x-1', event_name: 'LOST', event_time: '2026-06-03T10:00:00Z' };

    it('is a duplicate: what was recorded first stays', async () => {
      const id = await attached(parcels, 'same-1', { tracking_number: 'SAME-1', carrier_reference: 'dhl' });
      expect(gist(await send.ask(scan('SAME-1', first)))).toBe('accepted');
      expect(gist(await send.ask(scan('SAME-1', other)))).toBe('duplicate');
      expect(await read(id)).toMatchObject({ phase: 'in_transit', flag: 'normal', events: { length: 3 } });
    });

    it('is a duplicate while the first one is kept, too', async () => {
      expect(await send.ask(scan('SAME-2', first))).toMatchObject({ kept: true });
      expect(gist(await send.ask(scan('SAME-2', other)))).toBe('duplicate');
      const id = await attached(parcels, 'same-2', { tracking_number: 'SAME-2', carrier_reference: 'dhl' });
      await factThat(parcels, id, 'shipment-event-recorded', { was_kept: true });
      expect(await read(id)).toMatchObject({ phase: 'in_transit', flag: 'normal', events: { length: 3 } });
    });
  });

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

  it('nothing failed on the way', async () => {
    const letters = [...(await parcels.orders.client.allDeadLetters()), ...(await send.allDeadLetters())];
    expect(letters.filter(({ kind }) => kind !== 'refused')).toEqual([]);
    // what nobody asked about: the eight scans that are not valid
    expect(letters).toHaveLength(8);
  });
});

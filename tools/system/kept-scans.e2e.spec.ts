import {
  canStartPrivateStack,
  type Command,
  type Reply,
  type RunningParcels,
  startParcels,
  untilSettled,
} from '@waybill/testing';
import { attached, eventNames, factThat, gist, parcelId, scan, shop, upsert } from './parcels.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

interface Read {
  readonly phase: string;
  readonly carrier_reference: string | null;
  readonly events: readonly { readonly event_name: string; readonly recorded_at: string }[];
}

const isKept: Reply = { outcome: 'accepted', events: [], kept: true };

withStack('a scan that comes before its number, with the sweep off', () => {
  let parcels: RunningParcels;
  let send: RunningParcels['shipments']['client'];

  beforeAll(async () => {
    parcels = await startParcels({ env: { WAYBILL_SWEEP_EVERY: '1d' } });
    send = parcels.shipments.client;
  });
  afterAll(() => parcels?.end());

  const read = (id: string): Promise<Read> =>
    parcels.shipments.service.get(`/v1/shops/${shop}/shipments/${id}`);
  const settled = () => untilSettled([parcels.orders.client, send]);

  it('is kept, and recorded when the number is attached, at the time of the attachment', async () => {
    expect(await send.ask(scan('KEPT-1', { external_id: 'k-1' }))).toEqual(isKept);
    const dispatch = upsert('kept-1', [{ tracking_number: 'KEPT-1', carrier_reference: 'dhl' }]);
    await parcels.orders.client.ask({ ...dispatch, time: '2026-06-05T08:00:00Z' });

    const id = parcelId('kept-1');
    const { data, time } = await factThat(parcels, id, 'shipment-event-recorded', { was_kept: true });
    expect(time).toBe('2026-06-05T08:00:00.000Z');
    expect(data.event).toMatchObject({ external_id: 'k-1', recorded_at: '2026-06-05T08:00:00.000Z' });
    expect(gist(await send.ask(scan('KEPT-1', { external_id: 'k-1' })))).toBe('duplicate');
  });

  it('several follow in the order of their times, whatever the order they came in', async () => {
    const names = ['SUCCESSFULLY_DELIVERED', 'CARRIER_PICKED_UP', 'OUT_FOR_DELIVERY'];
    const days = ['03', '01', '02'];
    for (const [i, event_name] of names.entries())
      expect(
        await send.ask(scan('KEPT-2', { event_name, event_time: `2026-06-${days[i]}T10:00:00Z` })),
      ).toEqual(isKept);
    const id = await attached(parcels, 'kept-2', { tracking_number: 'KEPT-2', carrier_reference: 'dhl' });
    await factThat(parcels, id, 'shipment-phase-changed', { to: 'delivered' });

    const recorded = send
      .factsSoFar(id)
      .flatMap(({ data }) => (data.was_kept ? [data.event.event_name] : []));
    expect(recorded).toEqual(['CARRIER_PICKED_UP', 'OUT_FOR_DELIVERY', 'SUCCESSFULLY_DELIVERED']);
  });

  it('in the same instant as its number, on two partitions, time and again: never lost, never doubled', async () => {
    const races = Array.from({ length: 60 }, (_, i) => `SAME-INSTANT-${i}`);
    const replies = await Promise.all(
      races.map(async (number, i) => {
        const dispatch = upsert(number, [{ tracking_number: number, carrier_reference: 'dhl' }]);
        // a scan reaches its service in one step, a number in three
        const delayed = async () => {
          if (i % 3 > 0) await parcels.orders.client.ask(dispatch);
          else void parcels.orders.client.ask(dispatch);
          if (i % 3 > 1) await send.facts(parcelId(number), 1);
          return send.ask(scan(number));
        };
        return delayed();
      }),
    );
    await settled();

    for (const number of races) {
      const { phase, events } = await read(parcelId(number));
      expect([number, phase, events.length]).toEqual([number, 'in_transit', 3]);
    }
    // both sides have had their turn
    const kept = replies.filter((reply) => reply.kept);
    expect(replies.map(gist)).toEqual(races.map(() => 'accepted'));
    expect([kept.length > 0, kept.length < races.length]).toEqual([true, true]);
  });

  it('of another shop never reaches it', async () => {
    const id = await attached(parcels, 'shop-1', { tracking_number: 'SHOP-1', carrier_reference: 'dhl' });
    expect(await send.ask(scan('SHOP-1', { shop_slug: 'other-shop' }))).toEqual(isKept);
    expect(await send.ask(scan('SHOP-2', { shop_slug: 'other-shop' }))).toEqual(isKept);
    const other = await attached(parcels, 'shop-2', { tracking_number: 'SHOP-2', carrier_reference: 'dhl' });
    await settled();

    for (const parcel of [id, other])
      expect(await eventNames(parcels, parcel)).toEqual(['ORDER_CREATED', 'ORDER_IN_PROCESSING']);
  });

  describe('whose parcel has no known carrier', () => {
    const unknown = (number: string, orderNumber: string) =>
      attached(parcels, orderNumber, { tracking_number: number });
    const slotOf = async (orderNumber: string) => {
      const [order] = await parcels.orders.service.get<{ shipments: { carrier_reference: string }[] }[]>(
        `/v1/shops/${shop}/orders?order_number=${orderNumber}`,
      );
      return order?.shipments[0];
    };

    it('teaches it to the parcel and to its order', async () => {
      const id = await unknown('WHOSE-1', 'whose-1');
      expect(await read(id)).toMatchObject({ carrier_reference: 'unknown' });
      const reply = await send.ask(scan('WHOSE-1', { carrier_reference: 'dpd' }));
      expect(reply.events?.map(({ type }) => type)).toEqual(
        ['event-recorded', 'updated', 'phase-changed'].map((name) => `shipments.shipment-${name}.v1`),
      );
      await settled();
      expect(await read(id)).toMatchObject({ carrier_reference: 'dpd' });
      expect(await slotOf('whose-1')).toMatchObject({ carrier_reference: 'dpd', phase: 'in_transit' });
      // of another carrier from now on
      expect(await send.ask(scan('WHOSE-1', { event_name: 'LOST' }))).toEqual(isKept);
    });

    it('is taken when all that were kept come from one carrier', async () => {
      expect(await send.ask(scan('WHOSE-2', { carrier_reference: 'gls' }))).toEqual(isKept);
      const id = await unknown('WHOSE-2', 'whose-2');
      await factThat(parcels, id, 'shipment-phase-changed', { to: 'in_transit' });
      await settled();
      expect(await read(id)).toMatchObject({ carrier_reference: 'gls' });
      expect(await slotOf('whose-2')).toMatchObject({ carrier_reference: 'gls', phase: 'in_transit' });
    });

    it('waits when they come from two, until the order names one', async () => {
      expect(await send.ask(scan('WHOSE-3', { carrier_reference: 'gls' }))).toEqual(isKept);
      expect(
        await send.ask(scan('WHOSE-3', { carrier_reference: 'dpd', event_name: 'OUT_FOR_DELIVERY' })),
      ).toEqual(isKept);
      const id = await unknown('WHOSE-3', 'whose-3');
      await settled();
      expect(await read(id)).toMatchObject({ carrier_reference: 'unknown', phase: 'order_processed' });

      const named = upsert('whose-3', [{ tracking_number: 'WHOSE-3', carrier_reference: 'dpd' }]);
      expect(gist(await parcels.orders.client.ask(named))).toBe('accepted');
      await factThat(parcels, id, 'shipment-phase-changed', { to: 'in_delivery' });
      await settled();
      expect(await read(id)).toMatchObject({ carrier_reference: 'dpd', phase: 'in_delivery' });
      expect((await read(id)).events.map(({ event_name }) => event_name)).not.toContain('CARRIER_PICKED_UP');
    });
  });
});

withStack('a scan whose number never comes', () => {
  let parcels: RunningParcels;
  let send: RunningParcels['shipments']['client'];

  beforeAll(async () => {
    parcels = await startParcels({ env: { WAYBILL_SWEEP_EVERY: '1s', WAYBILL_KEEP_SCANS_FOR: '3s' } });
    send = parcels.shipments.client;
  });
  afterAll(() => parcels?.end());

  const refused = {
    kind: 'refused',
    key: 'tracking_number_not_found',
    message: 'no shipment of demo-shop has the number GONE-1 of dhl',
  };

  it('ends in the dead letters with the whole message, once, and was answered once', async () => {
    const sent = scan('GONE-1', { external_id: 'g-1', additional_info: { merchant_name: 'Käthe & Söhne' } });
    const asking = send.asking();
    const [at] = await send.put([
      {
        key: 'any key',
        value: JSON.stringify(sent, null, 2),
        headers: { ...asking.headers, 'feed-run': 'run 7' },
      },
    ]);
    expect(await asking.replies()).toEqual([isKept]);
    if (!at) throw new Error('nothing was written');

    const letter = await send.deadLetter(at);
    expect(letter).toMatchObject({ ...refused, offset: at.offset });
    expect(String(letter.record.key)).toBe('any key');
    expect(String(letter.record.value)).toBe(JSON.stringify(sent, null, 2));
    expect(String(letter.record.headers['feed-run'])).toBe('run 7');

    // what comes after the sweep has passed it again
    const later = await send.send(scan('GONE-2'));
    await send.deadLetter(later);
    const letters = await send.allDeadLetters();
    expect(letters.map(({ id }) => id)).toEqual([letter.id, expect.anything()]);
    expect(await asking.replies()).toHaveLength(1);
  });

  it('is kept anew when its carrier sends it anew, and ends anew', async () => {
    const asking = send.asking();
    const sent = scan('GONE-1', { external_id: 'g-1' });
    const [at] = await send.put([{ key: 'GONE-1', value: JSON.stringify(sent), headers: asking.headers }]);
    expect(await asking.replies()).toEqual([isKept]);
    if (!at) throw new Error('nothing was written');
    expect(await send.deadLetter(at)).toMatchObject(refused);
  });

  it('is not applied when the number comes after all; the carrier may send it anew', async () => {
    const again: Command = scan('GONE-1', { external_id: 'g-1' });
    const id = await attached(parcels, 'gone-1', { tracking_number: 'GONE-1', carrier_reference: 'dhl' });
    await untilSettled([parcels.orders.client, send]);
    expect(await eventNames(parcels, id)).toEqual(['ORDER_CREATED', 'ORDER_IN_PROCESSING']);
    expect(await send.ask(again)).toMatchObject({ outcome: 'accepted', aggregate_id: id });
  });
});

import { type Command, canStartPrivateStack, type RunningParcels, startParcels } from '@waybill/testing';
import { attached, factThat, gist, scan, shop } from './parcels.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const daysFromNow = (days: number): string => new Date(Date.now() + days * 24 * 3_600_000).toISOString();

withStack('the timer for estimates that have passed, in two processes', () => {
  let parcels: RunningParcels;
  let send: RunningParcels['shipments']['client'];

  beforeAll(async () => {
    parcels = await startParcels({ env: { WAYBILL_OVERDUE_CHECK: '1s', KAFKA_SESSION_TIMEOUT_MS: '6000' } });
    await parcels.shipments.another();
    send = parcels.shipments.client;
  });
  afterAll(() => parcels?.end());

  const promised = (number: string, days: number, data: object = {}) =>
    send.ask(
      scan(number, { estimated_arrival: { to: daysFromNow(days) }, event_time: daysFromNow(-2), ...data }),
    );

  const checksOf = (id: string): Command[] =>
    send.heard
      .of(send.topics.commands)
      .map(({ value }) => JSON.parse(String(value)) as Command)
      .filter(({ type, data }) => type === 'shipments.check-estimated-arrival.v1' && data.shipment_id === id);

  const flagged = async (id: string) =>
    (await send.allFacts(id)).filter(({ type }) => type === 'shipments.shipment-flagged.v1');

  /** Waits until the newest fact of the order has this flag for its only parcel; an older one may look the same. */
  const shown = async (orderNumber: string, flag: string) => {
    const { client, service } = parcels.orders;
    await client.heard.until(`${orderNumber} with ${flag}`, () => {
      const newest = client.heard
        .of(client.topics.events)
        .map(({ value }) => JSON.parse(String(value)).data)
        .findLast(({ order_number }) => order_number === orderNumber);
      return newest?.order.shipments[0]?.flag === flag || undefined;
    });
    const [order] = await service.get<object[]>(`/v1/shops/${shop}/orders?order_number=${orderNumber}`);
    expect(order).toMatchObject({ shipments: [{ flag }], trackings: [{ flag }] });
  };

  let late: string;

  it('flags a parcel once, although both have sent the same check', async () => {
    // many parcels, so that the two are seen to overlap
    for (let i = 0; i < 10; i++) {
      await attached(parcels, `other-${i}`, { tracking_number: `OTHER-${i}`, carrier_reference: 'dhl' });
    }
    await Promise.all(Array.from({ length: 10 }, (_, i) => promised(`OTHER-${i}`, -1)));
    late = await attached(parcels, 'late', { tracking_number: 'LATE', carrier_reference: 'dhl' });
    expect(gist(await promised('LATE', -1))).toBe('accepted');

    const { data, time, causationId } = await factThat(parcels, late, 'shipment-flagged');
    expect(data).toMatchObject({ from: 'normal', to: 'delay', event_id: null });
    expect(time).toBe(data.as_of);
    expect(causationId).toBe(`${late}/overdue/${data.as_of}`);
    await shown('late', 'delay');
  });

  it('of every pair of checks one alone has an effect', async () => {
    const doubled = await send.heard.until('a check that both have sent', () => {
      const counts = new Map<string, number>();
      for (const { value, headers } of send.heard.of(send.topics.commands)) {
        const { type, id } = JSON.parse(String(value)) as Command;
        // the service hands each of them on, for it names its parcel by its id alone
        if (type === 'shipments.check-estimated-arrival.v1' && !headers['waybill-origin'])
          counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      const twice = [...counts].filter(([, count]) => count > 1);
      return twice.length > 0 ? twice : undefined;
    });
    expect(new Set(doubled.map(([, count]) => count))).toEqual(new Set([2]));
    expect(await flagged(late)).toHaveLength(1);
  });

  it('a later estimate ends it, and when that passes too it is flagged anew', async () => {
    expect(gist(await promised('LATE', 1, { event_time: daysFromNow(-1), external_id: 'later' }))).toBe(
      'accepted',
    );
    await factThat(parcels, late, 'shipment-flagged', { to: 'normal', as_of: null });
    await shown('late', 'normal');

    const soon = new Date(Date.now() + 1500).toISOString();
    const corrected = scan('LATE', {
      event_time: daysFromNow(0),
      external_id: 'corrected',
      estimated_arrival: { to: soon },
    });
    expect(gist(await send.ask(corrected))).toBe('accepted');
    const { data } = await send.heard.until(
      'flagged a second time',
      () => send.factsSoFar(late).filter(({ data: { to, as_of } }) => to === 'delay' && as_of)[1],
    );
    expect(data.as_of > soon).toBe(true);
    await shown('late', 'delay');
    expect((await flagged(late)).map((fact) => fact.data.to)).toEqual(['delay', 'normal', 'delay']);
  });

  it('one that has arrived, and one that waits to be collected, are never late', async () => {
    const arrivals = [
      { name: 'arrived', event_name: 'SUCCESSFULLY_DELIVERED' },
      { name: 'waiting', event_name: 'ARRIVED_AT_PARCEL_LOCKER' },
    ];
    const ids: string[] = [];
    for (const { name, event_name } of arrivals) {
      ids.push(await attached(parcels, name, { tracking_number: name, carrier_reference: 'dhl' }));
      expect(gist(await promised(name, -1, { event_name }))).toBe('accepted');
    }
    // the next check is over when a parcel that came after them is flagged
    const after = await attached(parcels, 'after', { tracking_number: 'AFTER', carrier_reference: 'dhl' });
    await promised('AFTER', -1);
    await factThat(parcels, after, 'shipment-flagged', { to: 'delay' });
    for (const id of ids) expect([checksOf(id), await flagged(id)]).toEqual([[], []]);
  });

  it('nothing was refused on the way', async () => {
    expect(await send.allDeadLetters()).toEqual([]);
  });
});

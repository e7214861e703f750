import { ShipmentBook } from './shipment.book.spec-data';
import {
  attachedAt,
  attachment,
  now,
  orderId,
  shipmentId,
  timeAt,
  trackingNumber,
} from './shipment.samples.spec-data';

const dpd = { carrier_reference: 'dpd' };

/** Sends messages one after the other and tells what is answered and recorded. */
class Teller {
  private readonly book = new ShipmentBook();
  private count = 0;

  async send(name: string, data: object, time = now) {
    this.count += 1;
    const type = `shipments.${name}.v1`;
    return this.book.send({
      type,
      id: `m-${this.count}`,
      source: 'dhl-feed',
      time,
      data: { shop_slug: 'demo-shop', ...data },
    });
  }

  scan = (hour: number, eventName: string, data: object = {}) =>
    this.send('record-scan', {
      carrier_reference: 'dhl',
      tracking_number: trackingNumber,
      event_name: eventName,
      event_time: timeAt(hour),
      ...data,
    });

  fulfil = (data: object = {}) =>
    this.send(
      'fulfil-shipment',
      { order_id: orderId, order_number: '10001', shipment_id: shipmentId, ...attachment, ...data },
      attachedAt,
    );

  get kept(): number {
    return this.book.kept.size;
  }
}

const recorded = (answer: {
  readonly facts: readonly { type: string; data: { event?: { event_name: string } } }[];
}) => answer.facts.flatMap(({ data }) => (data.event ? [data.event.event_name] : []));

describe('scans before their number', () => {
  it('follow the attachment at once, in the order of their times, with its command time', async () => {
    const teller = new Teller();
    const kept = { outcome: 'accepted', events: [], kept: true };
    expect((await teller.scan(5, 'OUT_FOR_DELIVERY')).reply).toEqual(kept);
    expect((await teller.scan(2, 'CARRIER_PICKED_UP')).reply).toEqual(kept);
    expect((await teller.scan(2, 'CARRIER_PICKED_UP')).reply).toEqual({
      outcome: 'ignored',
      reason: 'duplicate',
    });
    const answer = await teller.fulfil();
    expect(recorded(answer)).toEqual(['ORDER_IN_PROCESSING', 'CARRIER_PICKED_UP', 'OUT_FOR_DELIVERY']);
    const followed = answer.facts.filter(({ data }) => data.was_kept);
    expect(followed.map(({ time, data }) => [time, data.event.recorded_at])).toEqual([
      [attachedAt, attachedAt],
      [attachedAt, attachedAt],
    ]);
    expect(teller.kept).toBe(0);
  });

  it('of another carrier or another shop stay', async () => {
    const teller = new Teller();
    await teller.scan(2, 'CARRIER_PICKED_UP', dpd);
    await teller.scan(2, 'CARRIER_PICKED_UP', { shop_slug: 'other-shop' });
    expect(recorded(await teller.fulfil())).toEqual(['ORDER_IN_PROCESSING']);
    expect(teller.kept).toBe(2);
  });

  it('of one carrier teach it to a parcel that knows none; of two they wait for the word of the order', async () => {
    const one = new Teller();
    await one.scan(2, 'CARRIER_PICKED_UP', dpd);
    const answer = await one.fulfil({ carrier_reference: 'unknown' });
    expect(answer.facts.at(-1)?.data.shipment.carrier_reference).toBe('dpd');

    const two = new Teller();
    await two.scan(2, 'CARRIER_PICKED_UP', dpd);
    await two.scan(3, 'IN_CUSTOMS');
    expect(recorded(await two.fulfil({ carrier_reference: 'unknown' }))).toEqual(['ORDER_IN_PROCESSING']);
    const { facts: told } = await two.send('update-shipment-details', {
      order_id: orderId,
      order_number: '10001',
      shipment_id: shipmentId,
      carrier_reference: 'dhl',
      tracking_url: null,
      external_shipment_id: 'F-1',
      products: null,
    });
    expect(told.map(({ type }) => type.replace('shipments.shipment-', ''))).toEqual([
      'updated.v1',
      'event-recorded.v1',
      'phase-changed.v1',
    ]);
    expect(told[1]).toMatchObject({
      time: attachedAt,
      data: { was_kept: true, event: { event_name: 'IN_CUSTOMS' } },
    });
    expect(two.kept).toBe(1);
  });

  it('follow a carrier that another scan taught', async () => {
    const teller = new Teller();
    await teller.scan(2, 'CARRIER_PICKED_UP', dpd);
    await teller.scan(3, 'IN_CUSTOMS');
    await teller.fulfil({ carrier_reference: 'unknown' });
    expect(recorded(await teller.scan(4, 'CUSTOMS_CLEARED'))).toEqual(['CUSTOMS_CLEARED', 'IN_CUSTOMS']);
    expect(teller.kept).toBe(1);
  });

  it('are taken by a return in the same way', async () => {
    const teller = new Teller();
    await teller.scan(2, 'RETURN_IN_TRANSIT');
    const answer = await teller.fulfil({ direction: 'customer_merchant', appended: true });
    expect(recorded(answer)).toEqual(['RETURN_REGISTERED', 'RETURN_IN_TRANSIT']);
    expect(answer.facts.at(-1)?.data).toMatchObject({ from: 'return_created', to: 'return_transit' });
  });

  it('are kept up to 200 for one number', async () => {
    const teller = new Teller();
    for (let i = 0; i < 200; i += 1) await teller.scan(2, 'weighed', { external_id: `S-${i}` });
    expect((await teller.scan(2, 'weighed', { external_id: 'S-0' })).reply).toMatchObject({
      reason: 'duplicate',
    });
    expect((await teller.scan(2, 'weighed', { external_id: 'S-200' })).reply).toMatchObject({
      key: 'event_limit_reached',
    });
  });

  it('from the future are refused, not kept', async () => {
    const teller = new Teller();
    const answer = await teller.scan(2, 'weighed', { event_time: '2027-01-01T00:00:00Z' });
    expect(answer.reply).toMatchObject({ key: 'event_time_in_future' });
    expect(teller.kept).toBe(0);
  });
});

describe('estimates before their number', () => {
  it('are kept and applied like scans', async () => {
    const teller = new Teller();
    const named = { carrier_reference: 'dhl', tracking_number: trackingNumber };
    const period = { from: null, to: '2026-01-15T00:00:00Z', predicted_at: timeAt(1) };
    expect((await teller.send('update-estimated-arrival', { ...named, ...period })).reply).toMatchObject({
      kept: true,
    });
    const again = await teller.send('update-estimated-arrival', {
      ...named,
      ...period,
      to: '2026-01-15T01:00:00+01:00',
    });
    expect(again.reply).toMatchObject({ reason: 'duplicate' });
    const { facts: told } = await teller.fulfil();
    expect(told.at(-1)?.data).toMatchObject({ changed: ['estimated_arrival'] });
  });

  it.each([0, 1, 2])(
    'were made when they were sent unless they say: the number came after %i',
    async (many) => {
      const teller = new Teller();
      const named = { carrier_reference: 'dhl', tracking_number: trackingNumber };
      const said = [
        { to: '2026-01-16T18:00:00.000Z', at: '2026-01-11T08:00:00.000Z' },
        { to: '2026-01-15T18:00:00.000Z', at: '2026-01-11T09:00:00.000Z' },
      ];
      for (const { to, at } of said.slice(0, many))
        await teller.send('update-estimated-arrival', { ...named, to }, at);
      let told = (await teller.fulfil()).facts;
      for (const { to, at } of said.slice(many))
        told = (await teller.send('update-estimated-arrival', { ...named, to }, at)).facts;
      // of those that are kept, too, the later one wins, and not the one that promises the later day
      expect(told.at(-1)?.data.shipment).toMatchObject({
        estimated_arrival: { from: null, to: said[1]?.to, predicted_at: said[1]?.at },
        ...(many === 2 ? { updated_at: attachedAt } : {}),
      });
    },
  );
});

describe('two parcels with one carrier and number for a moment', () => {
  it('the scan goes to the one whose order holds the number', async () => {
    const teller = new Teller();
    await teller.fulfil({ carrier_reference: 'unknown' });
    await teller.scan(2, 'CARRIER_PICKED_UP');
    const other = { order_id: '292727cf-8b8d-5f98-81af-f3d90e141b65', order_number: '10002' };
    await teller.fulfil({ ...other, shipment_id: '6023222d-1be9-5485-ab80-3f3d75febfc2' });
    const { reply } = await teller.scan(3, 'IN_CUSTOMS');
    expect(reply).toMatchObject({ aggregate_id: '6023222d-1be9-5485-ab80-3f3d75febfc2' });
  });
});

import { shipmentAggregate } from './shipment.aggregate';
import { ShipmentRouter } from './shipment.router';
import {
  after,
  arrival,
  attachedAt,
  attachment,
  draft,
  fulfil,
  fulfilUnknown,
  orderId,
  placedAt,
  scan,
  shipmentId,
  trackingNumber,
} from './shipment.samples.spec-data';
import type { Shipment } from './shipment.state';

const message = (name: string, data: object) => ({
  type: `shipments.${name}.v1`,
  id: 'm-01',
  source: 'dhl-feed',
  time: '2026-01-13T12:00:00.000Z',
  data: { shop_slug: 'demo-shop', ...data },
});

const stored = (shipment: Shipment, id = shipment.shipmentId) => ({
  _id: id,
  state: shipmentAggregate.toDocument(shipment, 2),
});

/** A router over these documents, whatever it asks for; `filters` are its questions. */
function routerOver(documents: readonly object[], filters: object[] = []) {
  return new ShipmentRouter({
    find: (filter) => {
      filters.push(filter);
      return { toArray: async () => documents };
    },
  });
}

const nowhere = routerOver([]);
const home = { aggregateId: shipmentId, key: orderId };
const named = { order_id: orderId, order_number: '10001', shipment_id: shipmentId };
const number = { carrier_reference: 'dhl', tracking_number: trackingNumber };
const weighed = { ...number, event_name: 'weighed', event_time: '2026-01-13T02:00:00Z' };
const byId = { to: 'reference', fixed: true, wait: false };

describe('route', () => {
  // ids are computed: otherwise a stranger could have another shop's parcel before its order is placed
  it.each([
    { what: 'the order of another shop', wrong: { shop_slug: 'other-shop' } },
    { what: 'another number', wrong: { order_number: '10002' } },
    { what: 'another ordinal', wrong: { ordinal: 2 } },
  ])('refuses a parcel with $what', ({ wrong }) => {
    const stranger = message('draft-shipment', { ...named, ordinal: 1, placed_at: placedAt, ...wrong });
    expect(nowhere.route(stranger)).toMatchObject({
      to: 'refused',
      refusal: { key: 'shipment_reference_mismatch' },
    });
  });
  it.each([
    { name: 'draft-shipment', data: { ordinal: 1, placed_at: placedAt } },
    { name: 'fulfil-shipment', data: attachment },
    {
      name: 'update-shipment-details',
      data: { carrier_reference: null, tracking_url: null, external_shipment_id: null, products: null },
    },
    { name: 'withdraw-shipment', data: { cause: 'expected_lowered', at: placedAt } },
  ])('$name goes to its shipment under the order id', ({ name, data }) => {
    const upper = { order_id: orderId.toUpperCase(), shipment_id: shipmentId.toUpperCase() };
    expect(nowhere.route(message(name, { ...named, ...data }))).toEqual({ to: 'target', target: home });
    expect(nowhere.route(message(name, { ...named, ...data, ...upper }))).toEqual({
      to: 'target',
      target: home,
    });
  });

  it.each([
    { name: 'add-shipment-event', data: { event_name: 'weighed', event_time: placedAt, external_id: '1' } },
    { name: 'check-estimated-arrival', data: { as_of: placedAt } },
    { name: 'update-estimated-arrival', data: arrival },
  ])('$name is looked up by id and never waits', ({ name, data }) => {
    expect(nowhere.route(message(name, { shipment_id: shipmentId, ...data }))).toEqual(byId);
  });

  it('a scan is looked up by number, and kept while nobody has it', () => {
    expect(nowhere.route(message('record-scan', weighed))).toMatchObject({
      to: 'reference',
      keep: { place: `demo-shop/${trackingNumber}`, kind: 'dhl', full: { key: 'event_limit_reached' } },
    });
  });

  it('a scan from the future is not kept', () => {
    const future = message('record-scan', { ...weighed, event_time: '2026-01-14T12:00:01Z' });
    expect(nowhere.route(future)).toEqual(byId);
    expect(nowhere.missing(future)).toMatchObject({ key: 'event_time_in_future' });
  });
});

describe('resolve', () => {
  const fulfilled = after(draft, fulfil);
  const other = '6023222d-1be9-5485-ab80-3f3d75febfc2';

  it('finds by id and by number, with what the number was taken by', async () => {
    const router = routerOver([stored(fulfilled)]);
    const attached = { ...home, attachedAt, kind: 'dhl' };
    const found = await router.resolve([
      message('check-estimated-arrival', { shipment_id: shipmentId, as_of: placedAt }),
      message('record-scan', weighed),
      message('record-scan', { ...weighed, carrier_reference: 'dpd' }),
      message('record-scan', { ...weighed, tracking_number: '4711' }),
    ]);
    expect(found).toEqual([attached, attached, null, null]);
  });

  it('finds a parcel of an unknown carrier for any, a known one first', async () => {
    const unknown = after(draft, fulfilUnknown);
    expect(await routerOver([stored(unknown)]).resolve([message('record-scan', weighed)])).toEqual([
      { ...home, attachedAt, kind: null },
    ]);
    for (const documents of [
      [stored(unknown), stored(fulfilled, other)],
      [stored(fulfilled, other), stored(unknown)],
    ])
      expect(await routerOver(documents).resolve([message('record-scan', weighed)])).toMatchObject([
        { aggregateId: other, kind: 'dhl' },
      ]);
  });

  it('of two with one carrier prefers the one whose order said so', async () => {
    const learned = after(draft, fulfilUnknown, scan());
    for (const documents of [
      [stored(learned), stored(fulfilled, other)],
      [stored(fulfilled, other), stored(learned)],
    ])
      expect(await routerOver(documents).resolve([message('record-scan', weighed)])).toMatchObject([
        { aggregateId: other },
      ]);
  });

  it('lets no shop into another one (27)', async () => {
    const router = routerOver([stored(fulfilled)]);
    const elsewhere = { shop_slug: 'other-shop' };
    const found = await router.resolve([
      message('check-estimated-arrival', { ...elsewhere, shipment_id: shipmentId, as_of: placedAt }),
      message('record-scan', { ...weighed, ...elsewhere }),
    ]);
    expect(found).toEqual([null, null]);
  });

  it('asks at most two queries, and none for nothing', async () => {
    const filters: object[] = [];
    const router = routerOver([], filters);
    const scans = Array.from({ length: 50 }, (_, i) =>
      message('record-scan', { ...weighed, tracking_number: `N${i}` }),
    );
    const check = message('check-estimated-arrival', { shipment_id: shipmentId, as_of: placedAt });
    await router.resolve([...scans, check]);
    expect(filters).toHaveLength(2);
    await router.resolve([check]);
    expect(filters).toHaveLength(3);
  });

  it('passes over shells and documents that nobody can read', async () => {
    const router = routerOver([
      { _id: shipmentId, state: null },
      { _id: other, state: { shopSlug: 7 } },
    ]);
    const by = (id: string) => message('check-estimated-arrival', { shipment_id: id, as_of: placedAt });
    expect(await router.resolve([by(shipmentId), by(other), message('record-scan', weighed)])).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('missing', () => {
  it.each([
    {
      name: 'add-shipment-event',
      data: { shipment_id: shipmentId, event_name: 'weighed', event_time: placedAt, external_id: '1' },
      key: 'shipment_not_found',
      text: `no shipment ${shipmentId} in demo-shop`,
    },
    {
      name: 'record-scan',
      data: weighed,
      key: 'tracking_number_not_found',
      text: `no shipment of demo-shop has the number ${trackingNumber} of dhl`,
    },
    {
      name: 'update-estimated-arrival',
      data: { ...number, ...arrival },
      key: 'tracking_number_not_found',
      text: `no shipment of demo-shop has the number ${trackingNumber} of dhl`,
    },
  ])('$name: $key', ({ name, data, key, text }) => {
    expect(nowhere.missing(message(name, data))).toMatchObject({ key, message: text });
  });
});

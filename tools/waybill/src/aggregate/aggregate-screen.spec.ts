import { plain } from '../screen/paint';
import { orderShowing } from '../orders/order-summary';
import { shipmentShowing } from '../shipments/shipment-summary';
import { type AggregateView, aggregateScreen } from './aggregate-screen';

const fact = (sequence: number, type: string, causationid: string, data: object) => ({
  type: `orders.${type}.v1`,
  sequence,
  causationid,
  time: '2026-01-10T08:00:00.000Z',
  data: {
    ...data,
    order: { shop_slug: 'demo-shop', order_number: '10001', status: 'fulfilled', shipments: [] },
  },
});

const view: AggregateView = {
  id: '6309fdd3-4292-5fdd-9cec-b983e7f75d43',
  document: {
    _id: '6309fdd3-4292-5fdd-9cec-b983e7f75d43',
    rev: 2,
    seq: 3,
    at: { s: 'c/orders.commands@1/3', o: 17 },
    src: [['c/orders.commands@1/3/rekeyed', 9, 0]],
    late: ['c/orders.commands@1/3/late@4,0,1'],
    ids: ['shop-sync\nm-01', 'portal\nm-02'],
    keys: ['tracking/demo-shop/dhl/1'],
    state: {},
  },
  facts: [
    fact(1, 'order-placed', 'm-01', { shipments: [{}] }),
    fact(2, 'order-shipment-dispatched', 'm-02', {
      ordinal: 1,
      carrier_reference: 'dhl',
      tracking_number: '1',
    }),
    fact(3, 'order-fulfilled', 'm-02', { fulfilled_shipments: 1 }),
  ],
  repeats: 0,
};

describe('an order on the screen', () => {
  const lines = aggregateScreen(view, orderShowing, plain);

  it('tells facts below the command that caused them', () => {
    const from = lines.indexOf('facts');
    expect(lines.slice(from + 1, from + 6)).toEqual([
      '  2026-01-10 08:00:00 command m-01',
      '      1 order-placed: 1 parcel to come',
      '  2026-01-10 08:00:00 command m-02',
      '      2 order-shipment-dispatched: parcel 1, dhl, 1',
      '      3 order-fulfilled: 1 parcel on the way',
    ]);
  });

  it('tells up to where its inputs are folded', () => {
    expect(lines.slice(lines.indexOf('positions') + 1)).toEqual([
      '  at         17 of c/orders.commands@1/3',
      '  last fact  3, written 2×',
      '  src        9 of c/orders.commands@1/3/rekeyed',
      '  late       c/orders.commands@1/3/late@4,0,1',
      '  command    m-01 of shop-sync',
      '  command    m-02 of portal',
      '  unique     tracking/demo-shop/dhl/1',
    ]);
  });

  it('says when a part is missing', () => {
    const text = aggregateScreen({ ...view, document: null, facts: [] }, orderShowing, plain).join('\n');
    expect(text).toContain('no fact of it was published');
    expect(text).toContain('the database has no document of it');
  });
});

describe('a parcel on the screen', () => {
  const shipment = {
    shop_slug: 'demo-shop',
    order_number: '10001',
    order_id: view.id,
    ordinal: 1,
    status: 'fulfilled',
    direction: 'merchant_customer',
    tracking_number: '00340000000000010011',
    carrier_reference: 'dhl',
    phase: 'in_transit',
    phase_since: '2026-01-12T17:05:00.000Z',
    flag: 'delay',
    had_delay: false,
    estimated_arrival: {
      from: null,
      to: '2026-01-14T18:00:00.000Z',
      predicted_at: '2026-01-13T02:10:00.000Z',
    },
    picked_up_at: '2026-01-12T17:05:00.000Z',
    delivered_at: null,
    events: [{}, {}],
  };
  const told = (sequence: number, type: string, data: object) => ({
    type: `shipments.${type}.v1`,
    sequence,
    causationid: `m-${sequence}`,
    time: '2026-01-13T06:00:00.000Z',
    data: { ...data, shipment },
  });
  const event = {
    event_name: 'CARRIER_PICKED_UP',
    event_time: '2026-01-12T17:05:00.000Z',
    origin: 'carrier',
  };
  const lines = aggregateScreen(
    {
      ...view,
      facts: [
        told(1, 'shipment-event-recorded', { event, was_kept: true }),
        told(2, 'shipment-phase-changed', {
          from: 'order_processed',
          to: 'in_transit',
          since: '2026-01-12T17:05:00.000Z',
        }),
        told(3, 'shipment-flagged', { from: 'normal', to: 'delay', as_of: '2026-01-14T19:00:00.000Z' }),
        told(4, 'shipment-updated', { changed: ['phase_since', 'picked_up_at'] }),
      ],
    },
    shipmentShowing,
    plain,
  );

  it('is what its last fact says', () => {
    expect(lines.slice(0, lines.indexOf(''))).toEqual([
      `shipment ${view.id}`,
      '  order      demo-shop/10001',
      `  order_id   ${view.id}`,
      '  parcel     1',
      '  status     fulfilled',
      '  number     00340000000000010011, dhl',
      '  phase      in_transit since 2026-01-12 17:05',
      '  flag       delay',
      '  expected   until 2026-01-14 18:00, as of 2026-01-13 02:10',
      '  picked up  2026-01-12 17:05',
      '  delivered  –',
      '  events     2',
    ]);
  });

  it('tells when things happened, not only when they were heard of', () => {
    expect(lines.filter((line) => /^ {4}/.test(line))).toEqual([
      '      1 shipment-event-recorded: CARRIER_PICKED_UP of 2026-01-12 17:05, had been kept',
      '      2 shipment-phase-changed: order_processed → in_transit, since 2026-01-12 17:05',
      '      3 shipment-flagged: normal → delay, overdue at 2026-01-14 19:00',
      '      4 shipment-updated: changed phase_since, picked_up_at',
    ]);
  });

  it('of which nothing else is known has dashes', () => {
    const bare = shipmentShowing.summary({ direction: 'customer_merchant', status: 'fulfilled' });
    expect(bare).toContainEqual(['status', 'fulfilled, a return parcel']);
    expect(bare).toContainEqual(['expected', '–']);
  });
});

it('an order hears how far its parcel is', () => {
  const slot = { ordinal: 2, phase: 'in_transit', flag: 'delay' };
  const progress = fact(1, 'order-updated', 'p-1', {
    origin: 'shipment',
    changed: ['shipments'],
    changes: { shipments: [slot] },
  });
  expect(aggregateScreen({ ...view, facts: [progress] }, orderShowing, plain)).toContain(
    '      1 order-updated: parcel 2 in_transit, delay',
  );
});

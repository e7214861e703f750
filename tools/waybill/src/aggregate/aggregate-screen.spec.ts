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

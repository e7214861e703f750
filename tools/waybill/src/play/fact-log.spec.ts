import { FactLog } from './fact-log';

const fact = (type: string, sequence: number, members: object, offset = sequence) => ({
  type,
  aggregateId: type.startsWith('orders') ? 'o-1' : 's-1',
  sequence,
  topic: 't',
  partition: 3,
  offset,
  time: '2026-01-10T08:00:05.000Z',
  correlationId: 'm-01',
  causationId: 'm-02',
  data: { shop_slug: 'demo-shop', order_number: '10001', ...members },
});
const shipment = { shipment_id: 's-1', ordinal: 2, order_number: '10001' };

describe('the log of facts', () => {
  const log = new FactLog('demo-shop', new Map([['t/3', 2]]));
  log.hear(fact('orders.order-placed.v1', 1, { shipments: [{}], order: { status: 'placed' } }));
  log.hear(fact('orders.order-updated.v1', 2, { origin: 'caller', order: { status: 'fulfilled' } }));
  log.hear(fact('shipments.shipment-drafted.v1', 1, { shipment }, 8));
  log.hear(fact('shipments.shipment-phase-changed.v1', 2, { to: 'in_transit', shipment }, 9));
  log.hear(fact('orders.order-placed.v1', 1, { shop_slug: 'other-shop', order: {} }));

  it('knows the newest snapshot of each order and parcel of its shop', () => {
    expect([...log.orders]).toEqual([['10001', { status: 'fulfilled' }]]);
    expect([...log.parcels]).toEqual([['s-1', shipment]]);
  });

  it('tells facts of an order and of its parcels as they were heard', () => {
    expect(log.factsOf('10001').map(({ ordinal, tale }) => [ordinal, tale])).toEqual([
      [undefined, 'placed, 1 to come'],
      [undefined, 'updated'],
      [2, 'drafted'],
      [2, 'now in_transit'],
    ]);
  });

  it('knows which are new', () => {
    expect(log.newFacts().map(({ service, sequence }) => [service, sequence])).toEqual([
      ['orders', 2],
      ['shipments', 1],
      ['shipments', 2],
    ]);
  });

  it('counts them without progress, whose number depends on the order of things', () => {
    expect([log.countOf('orders', ['10001']), log.countOf('shipments', ['10001'])]).toEqual([1, 1]);
  });

  it('knows the command that everything began with', () => {
    expect(log.fact('s-1', 2)).toMatchObject({ cause: 'm-01', timeMs: Date.parse('2026-01-10T08:00:05Z') });
  });
});

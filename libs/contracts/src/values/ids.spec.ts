import {
  carrierEventId,
  claimId,
  isUuid,
  merchantEventId,
  normaliseUuid,
  orderId,
  scanEventId,
  shipmentId,
  systemEventId,
  uuidV5,
} from './ids';

const order = orderId('demo-shop', '10001');
const shipment = shipmentId(order, 1);

describe('ids', () => {
  it.each([
    ['order demo-shop/10001', order, '6309fdd3-4292-5fdd-9cec-b983e7f75d43'],
    ['its shipment 1', shipment, 'c376e889-76c9-5c95-ad8b-a381eae0408d'],
    ['its shipment 2', shipmentId(order, 2), 'd36f71f1-bd23-5f28-8ecc-1c6346607362'],
    ['its shipment 3', shipmentId(order, 3), 'bbdfc85c-9560-5006-a87b-c412e58ee99c'],
    ['order demo-shop/10002', orderId('demo-shop', '10002'), '292727cf-8b8d-5f98-81af-f3d90e141b65'],
    ['its shipment 1', shipmentId(orderId('demo-shop', '10002'), 1), '6023222d-1be9-5485-ab80-3f3d75febfc2'],
    ['order other-shop/10001', orderId('other-shop', '10001'), '9be9e7b3-3649-5471-9fbf-be6ba4004d62'],
    ['order demo-shop/#10001', orderId('demo-shop', '#10001'), 'e57e3384-2b22-55c8-9a24-1bcf764fc7ed'],
    ['carrier event', carrierEventId(shipment, 'DE-77120045-9'), '35ae3e9e-c092-5823-81aa-0e311e52a118'],
    [
      'scan without an id',
      scanEventId(shipment, 'SUCCESSFULLY_DELIVERED', '2026-01-15T10:24:00.000Z'),
      '9c94a894-a6a8-5072-b401-101d080a5c21',
    ],
    ['system event', systemEventId(shipment, 'ORDER_CREATED'), '1946ee60-ddc6-5b78-b3b9-00eaf0b5e09f'],
    [
      'system event of a fulfilment',
      systemEventId(shipment, 'ORDER_IN_PROCESSING'),
      '29d24cd6-695e-570e-bb84-350a13344b32',
    ],
    ['merchant event', merchantEventId(shipment, 'WMS-1'), '78414861-3e97-597a-93b0-9b0539679764'],
    [
      'claim',
      claimId(order, 'resolve-page', '7b0c6f0e-5a5e-4b1c-9b52-0a1f4f6f9c11'),
      '8c97700b-8feb-5756-bffa-23811a1fb39a',
    ],
  ])('%s', (_, id, expected) => {
    expect(id).toBe(expected);
  });

  it('agrees with the example of RFC 9562, appendix A.4', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('hashes names as UTF-8', () => {
    expect(orderId('demo-shop', 'Ü-1')).toBe('d73edc48-3df8-599c-8ca7-c3f858d4e78b');
  });

  it('knows a UUID and lowers it', () => {
    expect(normaliseUuid('6309FDD3-4292-5FDD-9CEC-B983E7F75D43')).toBe(order);
    expect([order.slice(1), `${order} `, `{${order}}`, 7, null].map(isUuid)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(normaliseUuid('10001')).toBeUndefined();
  });
});

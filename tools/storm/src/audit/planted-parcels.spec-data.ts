import { ordersOf, type Planted, saying, shipmentsOf } from './planted.spec-data';

export const plantedParcels: readonly Planted[] = [
  {
    what: 'a slot without its parcel',
    column: 'lost',
    says: /the slot p-1 of order o-1 has no parcel/,
    plant: (scene) => {
      shipmentsOf(scene).facts = [];
    },
  },
  {
    what: 'a parcel of which its order shows an older phase',
    column: 'lost',
    says: /order and parcel differ in p-1: phase "in_transit" and "delivered"/,
    plant: (scene) => {
      ordersOf(scene).facts = saying(ordersOf(scene).facts, '"phase":"delivered"', '"phase":"in_transit"');
    },
  },
  {
    what: 'a parcel that should have been withdrawn',
    column: 'lost',
    says: /the parcel p-1 is fulfilled, but its order o-1 has no slot for it/,
    plant: (scene) => {
      ordersOf(scene).facts = saying(ordersOf(scene).facts, /"shipments":\[\{.*\}\]/, '"shipments":[]');
    },
  },
  {
    what: 'a parcel of no order',
    column: 'wrong',
    says: /the parcel p-1 belongs to o-9, which is no order/,
    plant: (scene) => {
      shipmentsOf(scene).facts = saying(shipmentsOf(scene).facts, '"order_id":"o-1"', '"order_id":"o-9"');
    },
  },
  {
    what: 'a scan that is nowhere',
    column: 'lost',
    says: /the scan demo-shop\/T1 e-1 of m-3 is recorded 0 times/,
    plant: (scene) => {
      shipmentsOf(scene).facts = saying(
        shipmentsOf(scene).facts,
        '"external_id":"e-1"',
        '"external_id":"e-9"',
      );
    },
  },
  {
    what: 'a scan that is recorded twice',
    column: 'doubled',
    says: /the scan demo-shop\/T1 e-1 of m-3 is recorded 2 times/,
    plant: (scene) => {
      shipmentsOf(scene).facts = saying(
        shipmentsOf(scene).facts,
        '"events":[',
        '"events":[{"event_id":"v-0","external_id":"e-1"},',
      );
    },
  },
  {
    what: 'a scan that is kept although its number is known',
    column: 'lost',
    says: /m-3 is kept, though demo-shop\/T1 is known/,
    plant: (scene) => {
      shipmentsOf(scene).kept = [{ messageId: 'm-3', place: 'demo-shop/T1', mark: null }];
    },
  },
  {
    what: 'a scan of an unknown number that is not kept',
    column: 'lost',
    says: /the scan demo-shop\/T2 e-2 of m-3 is kept 0 times/,
    plant: (scene) => {
      const scan = { shop: 'demo-shop', number: 'T2', externalId: 'e-2' };
      scene.sent = scene.sent.map((one) => (one.scan ? { ...one, scan } : one));
    },
  },
];

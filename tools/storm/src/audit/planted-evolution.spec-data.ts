import { factOf } from './records.spec-data';
import { order } from './snapshots.spec-data';
import { alsoTheSecond, claimsOf, ordersOf, type Planted, saying, shipmentsOf } from './planted.spec-data';

export const plantedEvolution: readonly Planted[] = [
  {
    what: 'a fact that takes back what others have changed',
    column: 'lost',
    says: /fact o-1\/3 takes back what was known as currency/,
    plant: (scene) => {
      alsoTheSecond(scene, 'm-2');
      const last = ordersOf(scene).facts.slice(-1);
      ordersOf(scene).facts = [...ordersOf(scene).facts.slice(0, -1), ...saying(last, '"EUR"', '"USD"')];
    },
  },
  {
    what: 'a change that the snapshot does not show',
    column: 'wrong',
    says: /fact o-1\/3 changes currency to something else than its snapshot shows/,
    plant: (scene) => {
      const data = { changed: ['currency'], changes: { currency: 'USD' } };
      const last = ordersOf(scene).facts.at(-1);
      const before = (JSON.parse(String(last?.value)) as { data: { order: object } }).data;
      const third = factOf('orders', order.id, 3, 'order-updated', 'm-2', { ...before, ...data });
      ordersOf(scene).facts = [...ordersOf(scene).facts, third];
    },
  },
  {
    what: 'an event of a parcel that is forgotten',
    column: 'lost',
    says: /fact p-1\/2 has forgotten the event v-1/,
    plant: (scene) => {
      const [first, ...rest] = shipmentsOf(scene).facts;
      if (first) shipmentsOf(scene).facts = [first, ...saying(rest, '"v-1"', '"v-9"')];
    },
  },
  {
    what: 'a command of which nothing is found in what came of it',
    column: 'wrong',
    says: /command m-4: was applied, and nothing says broken/,
    plant: (scene) => {
      claimsOf(scene).facts = saying(claimsOf(scene).facts, '"broken"', '"whole"');
    },
  },
];

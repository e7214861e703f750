import { letterOf } from './records.spec-data';
import { order, parcel } from './snapshots.spec-data';
import {
  alsoTheSecond,
  claimsOf,
  ordersOf,
  type Planted,
  saying,
  shipmentsOf,
  stored,
} from './planted.spec-data';

export const plantedEffects: readonly Planted[] = [
  {
    what: 'a wrong command that was applied',
    column: 'wrong',
    says: /command m-5: had to be refused and was applied/,
    plant: (scene) => alsoTheSecond(scene, 'm-5'),
  },
  {
    what: 'a command that was applied again later',
    column: 'doubled',
    says: /command m-1: was applied at several times: o-1\/1, o-1\/3/,
    plant: (scene) => alsoTheSecond(scene, 'm-1'),
  },
  {
    what: 'a command that was applied twice in a row',
    column: 'doubled',
    says: /command m-2: was applied twice: o-1\/2, o-1\/3/,
    plant: (scene) => {
      alsoTheSecond(scene, 'm-2');
      ordersOf(scene).facts = saying(ordersOf(scene).facts, 'order-updated', 'order-shipment-dispatched');
    },
  },
  {
    what: 'a command that changed two aggregates',
    column: 'doubled',
    says: /command m-4: changed 2 aggregates/,
    plant: (scene) => {
      const [fact] = claimsOf(scene).facts;
      if (fact)
        claimsOf(scene).facts = [
          fact,
          { ...fact, offset: 9999, value: Buffer.from(String(fact.value).replaceAll('c-1', 'c-2')) },
        ];
    },
  },
  {
    what: 'a fact that comes of nothing',
    column: 'wrong',
    says: /m-99: nobody has sent it, and it has 1 facts/,
    plant: (scene) => alsoTheSecond(scene, 'm-99'),
  },
  {
    what: 'a reaction that reaches another aggregate',
    column: 'wrong',
    says: /o-1\/2\/p-9: nobody has sent it/,
    plant: (scene) => {
      shipmentsOf(scene).facts = saying(
        shipmentsOf(scene).facts,
        '"causationid":"o-1/2/p-1"',
        '"causationid":"o-1/2/p-9"',
      );
    },
  },
  {
    what: 'a reaction that was refused',
    column: 'wrong',
    says: /o-1\/2\/p-1: refused: /,
    plant: (scene) => {
      shipmentsOf(scene).deadLetters = [letterOf('shipments', `${order.id}/2/${parcel}`, 'refused')];
    },
  },
  {
    what: 'commands that overtake each other',
    column: 'out of order',
    says: /fact o-1\/2 of m-2 comes after that of a later command/,
    plant: (scene) => {
      const [one, two, three] = ordersOf(scene).commands;
      if (one && two && three) ordersOf(scene).commands = [{ ...one, offset: two.offset + 100 }, two, three];
    },
  },
  {
    what: 'a write that the database has lost',
    column: 'lost',
    says: /orders o-1 is stored at 1 and has 2 facts/,
    plant: (scene) => {
      ordersOf(scene).stored = [{ ...stored, sequence: 1 }];
    },
  },
  {
    what: 'an aggregate without facts',
    column: 'lost',
    says: /orders o-2 is stored at 1 and has no facts/,
    plant: (scene) => {
      ordersOf(scene).stored = [stored, { id: 'o-2', sequence: 1 }];
    },
  },
  {
    what: 'a read that says something else',
    column: 'wrong',
    says: /orders o-1 is served otherwise/,
    plant: (scene) => {
      ordersOf(scene).served = new Map([[order.id, { uuid: order.id }]]);
    },
  },
  {
    what: 'a claim that is not served',
    column: 'wrong',
    says: /claims c-1 is served otherwise/,
    plant: (scene) => {
      claimsOf(scene).served = new Map([['c-1', null]]);
    },
  },
];

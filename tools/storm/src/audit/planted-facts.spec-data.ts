import { onlySecond, ordersOf, type Planted, saying } from './planted.spec-data';

export const plantedFacts: readonly Planted[] = [
  {
    what: 'a fact that was never published',
    column: 'lost',
    says: /fact o-1\/1, though there is number 2/,
    plant: onlySecond,
  },
  {
    what: 'facts that change places',
    column: 'out of order',
    says: /fact o-1\/1 at .* comes behind number 2/,
    plant: (scene) => {
      const [one, two] = ordersOf(scene).facts;
      if (one && two) ordersOf(scene).facts = [{ ...one, offset: two.offset + 1 }, two];
    },
  },
  {
    what: 'a fact in another partition',
    column: 'out of order',
    says: /fact o-1\/2 lies in another partition/,
    plant: (scene) => {
      ordersOf(scene).facts = ordersOf(scene).facts.map((fact, i) =>
        i === 1 ? { ...fact, partition: 4 } : fact,
      );
    },
  },
  {
    what: 'a repeat with another byte',
    column: 'doubled',
    says: /fact o-1\/2 at .* differs from its first/,
    plant: (scene) => {
      const last = ordersOf(scene).facts.at(-1);
      if (last)
        ordersOf(scene).facts = [
          ...ordersOf(scene).facts,
          { ...last, offset: 9999, value: Buffer.from(`${String(last.value)} `) },
        ];
    },
  },
  {
    what: 'a fact with the name of another',
    column: 'wrong',
    says: /fact o-1\/7 is number 2 of o-1/,
    plant: (scene) => {
      ordersOf(scene).facts = saying(ordersOf(scene).facts, '"id":"o-1/2"', '"id":"o-1/7"');
    },
  },
];

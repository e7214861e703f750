import { audit } from './audit';
import { goodScene, type Scene } from './evidence.spec-data';
import { commandOf } from './records.spec-data';
import { order } from './snapshots.spec-data';
import { answers, ordersOf, placed } from './planted.spec-data';
import { plantedAnswers } from './planted-answers.spec-data';
import { plantedEffects } from './planted-effects.spec-data';
import { plantedEvolution } from './planted-evolution.spec-data';
import { plantedFacts } from './planted-facts.spec-data';
import { plantedParcels } from './planted-parcels.spec-data';
import { plantedProjections } from './planted-projections.spec-data';

function findings(scene: Scene): string[] {
  const { verdict } = audit(scene.sent, scene.evidence);
  return verdict.violations.map(({ column, text }) => `${column}: ${text}`);
}

test('nothing is said of what is well', () => {
  const scene = goodScene();
  expect(findings(scene)).toEqual([]);
  expect(audit(scene.sent, scene.evidence)).toMatchObject({ commands: 5, facts: 5, verdict: { repeats: 0 } });
});

test('repeats are dropped and counted: facts, replies, dead letters', () => {
  const scene = goodScene();
  const { orders } = scene.evidence.services;
  const again = <T extends { offset: number }>(all: readonly T[]): T[] => [
    ...all,
    ...all.map((one) => ({ ...one, offset: one.offset + 1000 })),
  ];
  orders.facts = again(orders.facts);
  orders.replies = again(orders.replies);
  orders.deadLetters = again(orders.deadLetters);
  expect(findings(scene)).toEqual([]);
  expect(audit(scene.sent, scene.evidence).verdict.repeats).toBe(4);
});

const planted = [
  ...plantedFacts,
  ...plantedAnswers,
  ...plantedEffects,
  ...plantedParcels,
  ...plantedEvolution,
  ...plantedProjections,
];

it.each(planted)('$what is found', ({ column, says, plant }) => {
  const scene = goodScene();
  plant(scene);
  const found = findings(scene);
  expect(found).toContainEqual(expect.stringMatching(says));
  expect(found.find((text) => says.test(text))?.startsWith(`${column}: `)).toBe(true);
});

test('every column has something planted', () => {
  const found = new Set(planted.map(({ column }) => column));
  expect([...found].toSorted()).toEqual(['doubled', 'lost', 'out of order', 'wrong']);
});

test('several records of one command may each have an outcome', () => {
  const scene = goodScene();
  ordersOf(scene).commands = [...ordersOf(scene).commands, commandOf('orders', order.key, 'm-1')];
  answers(
    scene,
    placed,
    { outcome: 'refused', key: 'order_exists' },
    { outcome: 'ignored', reason: 'duplicate' },
  );
  expect(findings(scene)).toEqual([]);
});

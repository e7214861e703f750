import { letterOf, replyOf } from './records.spec-data';
import { answers, ordersOf, placed, type Planted } from './planted.spec-data';

export const plantedAnswers: readonly Planted[] = [
  {
    what: 'a command that has vanished from its topic',
    column: 'lost',
    says: /command m-2: was acknowledged and is not in its topic/,
    plant: (scene) => {
      ordersOf(scene).commands = ordersOf(scene).commands.filter(
        ({ value }) => !String(value).includes('m-2'),
      );
    },
  },
  {
    what: 'a reply that never came',
    column: 'lost',
    says: /command m-1: has no outcome: no reply/,
    plant: (scene) => answers(scene),
  },
  {
    what: 'a first copy that is called a duplicate',
    column: 'lost',
    says: /command m-1: has no outcome: .*duplicate/,
    plant: (scene) => answers(scene, { outcome: 'ignored', reason: 'duplicate' }),
  },
  {
    what: 'two outcomes',
    column: 'doubled',
    says: /command m-1: has 2 outcomes for 1 records/,
    plant: (scene) => answers(scene, placed, { outcome: 'refused', key: 'order_exists' }),
  },
  {
    what: 'a reply that is not true',
    column: 'wrong',
    says: /command m-1: was told .*, which is not so/,
    plant: (scene) => answers(scene, { ...placed, sequence: 2 }),
  },
  {
    what: 'a refusal of what was done',
    column: 'wrong',
    says: /command m-1: was applied but never said to be accepted/,
    plant: (scene) => answers(scene, { outcome: 'refused', key: 'order_exists' }),
  },
  {
    what: 'an answer to nobody',
    column: 'wrong',
    says: /command m-2: was answered without asking/,
    plant: (scene) => {
      ordersOf(scene).replies = [
        ...ordersOf(scene).replies,
        replyOf('orders', 'm-2', { outcome: 'accepted' }),
      ];
    },
  },
  {
    what: 'a dead letter for who asked for a reply',
    column: 'wrong',
    says: /command m-1: was refused by a dead letter although it asked/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [...ordersOf(scene).deadLetters, letterOf('orders', 'm-1', 'refused')];
    },
  },
  {
    what: 'a command that was refused and applied',
    column: 'wrong',
    says: /command m-2: was refused and applied/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [...ordersOf(scene).deadLetters, letterOf('orders', 'm-2', 'refused')];
    },
  },
  {
    what: 'two dead letters of one record',
    column: 'doubled',
    says: /command m-5: has 2 dead letters for 1 records/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [
        ...ordersOf(scene).deadLetters,
        letterOf('orders', 'm-5', 'refused', 'elsewhere/1/1'),
      ];
    },
  },
  {
    what: 'a dead letter of two kinds',
    column: 'wrong',
    says: /the dead letter .* is refused and malformed/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [...ordersOf(scene).deadLetters, letterOf('orders', 'm-5', 'malformed')];
    },
  },
  {
    what: 'a command that failed',
    column: 'wrong',
    says: /command m-2: failed: orders.commands\/3\/1/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [...ordersOf(scene).deadLetters, letterOf('orders', 'm-2', 'failed')];
    },
  },
  {
    what: 'a change that left no fact',
    column: 'lost',
    says: /command m-2: had to change its aggregate and left no fact/,
    plant: (scene) => {
      ordersOf(scene).facts = ordersOf(scene).facts.slice(0, 1);
    },
  },
  {
    what: 'a wrong command of which nothing was said',
    column: 'lost',
    says: /command m-5: had to be refused and nothing was said/,
    plant: (scene) => {
      ordersOf(scene).deadLetters = [];
    },
  },
];

import { type Chapter, test } from '../promise';

export const readers: Chapter = {
  title: 'To readers of facts',
  intro:
    'Each aggregate numbers its facts: `sequence` 1, 2, 3 … in the order in which they became true. The number and the `id` of a fact never change.',
  promises: [
    {
      text: 'Every change is published; the facts of an aggregate are 1 … n without a gap, in one partition.',
      shownBy: ['simulation', 'storm'],
    },
    {
      text: 'Facts of one aggregate appear for the first time in the order of their numbers. A repeat may come at any later time, and is byte for byte the fact that it repeats: whoever drops numbers that are not above the last one sees each fact once.',
      shownBy: [
        'simulation',
        'storm',
        test(
          'libs/messaging/src/facts-reader.int.spec.ts',
          'hands each fact over once, goes on where it left off, and stops its partition at a gap',
        ),
        test(
          'libs/aggregates/src/takeovers.spec.ts',
          'loses, so that no fact is behind one that nobody publishes',
        ),
      ],
    },
    {
      text: 'A fact is published only when its change is stored, so no fact is ever taken back.',
      shownBy: ['simulation', 'storm'],
    },
    {
      text: 'A fact holds the whole aggregate as it is then, and which members it has changed; it is valid by the published schema.',
      shownBy: [
        'storm',
        test('tools/python/read-orders.e2e.spec.ts', 'finds every fact valid and sums up what was sent'),
        test('tools/contracts/src/documents.spec.ts', '%s are valid, with no member that is not documented'),
      ],
    },
    {
      text: 'What follows from a fact in another service follows once: orders and their parcels agree on everything they share when both are idle.',
      shownBy: [
        'simulation',
        'storm',
        test('tools/agreement/orders-and-shipments.spec.ts', 'agree on every parcel once both are idle (26)'),
      ],
    },
    {
      text: 'Every figure of analytics is that of a plain recount of the facts, however batches are cut, repeated, raced and died in; a rebuild ends with equal figures while the old ones go on answering.',
      shownBy: [
        'storm',
        test(
          'apps/analytics/src/projection/figures-under-crashes.spec.ts',
          'are those of a plain recount, however batches are cut, repeated, raced, and died in',
        ),
        test(
          'apps/analytics/src/e2e/rebuild.e2e.spec.ts',
          'goes on when its command is killed, beside facts that flow in, and ends with equal figures',
        ),
      ],
    },
    {
      text: 'A reader that we ship never passes over a gap silently: it stops at it, says so, and goes on when an operator lets it.',
      shownBy: [
        test(
          'libs/messaging/src/facts-reader.spec.ts',
          'handles what comes before a gap, then stops and gives the alarm',
        ),
        test(
          'apps/analytics/src/e2e/mending.e2e.spec.ts',
          'a partition that is held at a gap goes on when the gap is accepted, and says what is missing',
        ),
        test(
          'apps/claims/src/e2e/gaps.e2e.spec.ts',
          'a fact that is missing holds its partition and is told of; a forged one is skipped',
        ),
      ],
    },
  ],
};

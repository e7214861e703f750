import fc from 'fast-check';
import { listOf } from './engine-story.spec-data';
import { ParkingStory } from './parking.spec-data';
import type { GuardedWrite } from './aggregate-store';
import { topics } from './simulated/world';

// Whatever fails, whatever the operator sends back in whatever order, and wherever the process dies: in the end each
// aggregate has its commands in the order in which they reached it, without those that were given up, and each has one
// outcome.

const aggregates = ['a0', 'a1'];
const number = fc.nat(1000);
const some = fc.array(number, { minLength: 1, maxLength: 5 });
const target = fc.constantFrom(...aggregates);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send'), target, isWrongKey: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send-poison'), target, isWrongKey: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('send-bulk') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redrive'), some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('give-up'), some }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die'), back: fc.nat(6), written: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change-bug') }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(story: ParkingStory, one: Step): Promise<void> {
  switch (one.do) {
    case 'send':
    case 'send-poison': {
      const { target: to, isWrongKey } = one;
      const data = { target: to, ...(one.do === 'send' ? {} : { poison: true }) };
      story.send('note', data, isWrongKey ? { key: 'wrong' } : {});
      return;
    }
    case 'send-bulk': {
      const items = aggregates.map((to) => ({ type: 'samples.note.v1', target: to }));
      story.send('many', { items }, { key: 'bulk' });
      return;
    }
    case 'redrive':
    case 'give-up': {
      const ids = [...story.letters().keys()];
      if (ids.length === 0) return;
      for (const which of one.some)
        story.sendBack(ids[which % ids.length] ?? '', { isGivenUp: one.do === 'give-up' });
      return;
    }
    case 'work':
      return story.run();
    case 'die':
      return die(story, one);
    case 'change-bug':
      story.bug.present = !story.bug.present;
  }
}

/** The process dies when some of its documents are written; the next one begins a few records before that. */
async function die(story: ParkingStory, { back, written }: { back: number; written: number }): Promise<void> {
  const { store } = story;
  const write = store.write.bind(store);
  store.write = async (writes: readonly GuardedWrite[]) => {
    await write(writes.slice(0, written));
    throw new Error('it died');
  };
  await story.run().catch(() => undefined);
  store.write = write;
  story.restartAt(Math.max(0, story.committed - back));
}

/** Sends back what is parked, in order, until nobody waits any more. */
async function bringBack(story: ParkingStory): Promise<void> {
  story.bug.present = false;
  await story.run();
  for (let round = 0; round < 3; round++) {
    const inOrder = [...story.letters()].toSorted(
      ([, a], [, b]) => (a.parked?.number ?? 0) - (b.parked?.number ?? 0),
    );
    await story.redrive(...inOrder.map(([id]) => id));
  }
}

/** Ids of an aggregate's commands in the order in which they reached it first. */
function arrivals(story: ParkingStory, id: string): string[] {
  const found = story.log.log(topics.commands, 0).flatMap(({ key, value, headers }) => {
    const command = JSON.parse(String(value)) as { id: string; data: { target?: string } };
    const isAtHome = key?.toString() === command.data.target || headers['waybill-origin'] !== undefined;
    return isAtHome && command.data.target === id ? [command.id] : [];
  });
  return [...new Set(found)];
}

async function isInOrder(
  steps: readonly Step[],
  options: ConstructorParameters<typeof ParkingStory>[0],
): Promise<void> {
  const story = new ParkingStory(options);
  for (const one of steps) await take(story, one);
  await bringBack(story);
  for (const id of aggregates) {
    const all = arrivals(story, id).map((sent) => ({ sent, answers: story.answersTo(sent) }));
    expect(all.filter(({ answers }) => answers.length !== 1)).toEqual([]);
    const wanted = all.flatMap(({ sent, answers: [answer] }) => (answer === 'accepted' ? [sent] : []));
    expect(listOf(story, id) ?? []).toEqual(wanted);
    const { first, next } = story.store.documents.get(id)?.parked ?? { first: 0, next: 0 };
    expect(first).toBe(next);
  }
}

const law = (options: ConstructorParameters<typeof ParkingStory>[0] = {}) =>
  fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => isInOrder(steps, options));

// a letter that is sent back and given up in one batch has two outcomes, and the process dies before it tells them; in the
// second the records come one by one when they come again
const poison: Step = { do: 'send-poison', target: 'a0', isWrongKey: false };
const redriven: Step = { do: 'redrive', some: [0] };
const givenUp: Step = { do: 'give-up', some: [0] };
const died = (back: number, written: number): Step => ({ do: 'die', back, written });
const found: [Step[]][] = [
  [[poison, { do: 'work' }, redriven, givenUp, died(0, 1)]],
  [[poison, { do: 'work' }, redriven, died(1, 0), givenUp, died(0, 1), poison]],
];

it('an aggregate keeps the order of its commands, whatever fails and comes back', async () => {
  await expect(fc.assert(law(), { numRuns: 400, examples: found })).resolves.toBeUndefined();
}, 60_000);

it.each([
  { what: 'without parking', options: { parksBehindFailed: false } },
  { what: 'where what comes later is not parked', options: { without: new Set(['park-behind'] as const) } },
  {
    what: 'where what comes back does not wait for its turn',
    options: { without: new Set(['parked-in-turn'] as const) },
  },
  { what: 'where a redelivered record is folded again', options: { without: new Set(['at'] as const) } },
])(
  'that order is lost $what',
  async ({ options }) => {
    const { failed } = await fc.check(law(options), { numRuns: 400, endOnFailure: true });
    expect(failed).toBe(true);
  },
  60_000,
);

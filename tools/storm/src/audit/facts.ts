import type { TopicRecord } from '../evidence/topic-record';
import type { Verdict } from './verdict';

export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly sequence: number;
  readonly causationid: string;
  // what is in it depends on the type; each check looks at its own members
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

interface Kept {
  readonly fact: Fact;
  readonly record: TopicRecord;
}

/** Facts of each aggregate as a reader keeps them: 1, 2, 3 …, repeats dropped. */
export type Facts = ReadonlyMap<string, readonly Fact[]>;

/**
 * Reads an event topic as any reader does. A repeat must be the first publication, byte by byte and in its partition; a
 * number that comes too early is out of order where the missing ones come later, and lost where they never come.
 */
export function readFacts(records: readonly TopicRecord[], verdict: Verdict): Facts {
  const byAggregate = Map.groupBy(
    records.map((record): Kept => ({ record, fact: JSON.parse(String(record.value)) as Fact })),
    ({ fact }) => fact.subject,
  );
  return new Map(
    [...byAggregate].map(([subject, own]) => [subject, readOne(subject, inOrder(own), verdict)]),
  );
}

function readOne(subject: string, all: readonly Kept[], verdict: Verdict): Fact[] {
  const firsts = new Map<number, Kept>();
  let last = 0;
  for (const kept of all) {
    const { fact, record } = kept;
    const first = firsts.get(fact.sequence);
    if (first) {
      verdict.repeats += 1;
      if (!isSame(first.record, record))
        verdict.say(
          'doubled',
          `fact ${fact.id} at ${placeOf(record)} differs from its first at ${placeOf(first.record)}`,
        );
      continue;
    }
    firsts.set(fact.sequence, kept);
    if (fact.sequence < last)
      verdict.say('out of order', `fact ${fact.id} at ${placeOf(record)} comes behind number ${last}`);
    last = Math.max(last, fact.sequence);
    checkName(kept, firsts, verdict);
  }
  const missing = Array.from({ length: last }, (_, i) => i + 1).filter((number) => !firsts.has(number));
  for (const number of missing)
    verdict.say('lost', `fact ${subject}/${number}, though there is number ${last}`);
  return [...firsts.values()].map(({ fact }) => fact).toSorted((a, b) => a.sequence - b.sequence);
}

function checkName({ fact, record }: Kept, firsts: ReadonlyMap<number, Kept>, verdict: Verdict): void {
  if (fact.id !== `${fact.subject}/${fact.sequence}`)
    verdict.say('wrong', `fact ${fact.id} is number ${fact.sequence} of ${fact.subject}`);
  const [first] = firsts.values();
  if (first && first.record.partition !== record.partition)
    verdict.say('out of order', `fact ${fact.id} lies in another partition than the first of its aggregate`);
}

const inOrder = (all: readonly Kept[]): Kept[] =>
  all.toSorted(({ record: a }, { record: b }) => a.partition - b.partition || a.offset - b.offset);

const isSame = (a: TopicRecord, b: TopicRecord): boolean =>
  a.partition === b.partition && a.key === b.key && a.value.equals(b.value);

export const placeOf = ({ topic, partition, offset }: TopicRecord): string =>
  `${topic}/${partition}/${offset}`;

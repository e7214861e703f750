import type { ListedDeadLetter } from './dead-letter-list';

/** The oldest first, as they came; those of one aggregate that are parked by their numbers. */
export function inLine(newestFirst: readonly ListedDeadLetter[]): ListedDeadLetter[] {
  const lines = Map.groupBy(newestFirst.toReversed(), lineOf);
  return [...lines.values()].flatMap((line) => line.toSorted((a, b) => numberOf(a) - numberOf(b)));
}

/** Those of `all` that are parked behind `entry`. */
export const thoseBehind = (entry: ListedDeadLetter, all: readonly ListedDeadLetter[]): ListedDeadLetter[] =>
  all.filter((other) => lineOf(other) === lineOf(entry) && numberOf(other) > numberOf(entry));

/** Where it stands in its line, as half a sentence; nothing where it is in none. */
export function placeText({ letter: { id, parked } }: ListedDeadLetter): string {
  if (!parked) return '';
  const behind = parked.since === id ? 'began it' : `behind ${parked.since}`;
  return `${parked.number}, ${behind}${parked.givenUp ? ', given up' : ''}`;
}

const lineOf = ({ letter }: ListedDeadLetter): string => letter.parked?.aggregateId ?? letter.id;
const numberOf = ({ letter }: ListedDeadLetter): number => letter.parked?.number ?? 0;

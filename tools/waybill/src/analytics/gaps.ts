import type { GapDocument } from './generations';

const streamOf = ({ _id }: GapDocument): string => _id.slice(0, _id.indexOf(' '));

/** Gaps at which some generation stands: nobody has let them pass, and it has counted all that is before them. */
export const holding = (
  gaps: readonly GapDocument[],
  generations: readonly ReadonlyMap<string, number>[],
): GapDocument[] =>
  gaps.filter(
    (gap) => !gap.accepted && generations.some((positions) => positions.get(streamOf(gap)) === gap.offset),
  );

export const missingIn = ({ expected, got }: GapDocument): number => got - expected;

/** `2 facts (4 to 5) of 0b1b…`. */
export function missingText(gap: GapDocument): string {
  const { expected, got, aggregateId } = gap;
  const count = missingIn(gap);
  const numbers = count === 1 ? `number ${expected}` : `numbers ${expected} to ${got - 1}`;
  return `${count} ${count === 1 ? 'fact' : 'facts'} (${numbers}) of ${aggregateId}`;
}

/** Offset of the next record, by stream. */
export type Positions = ReadonlyMap<string, number>;

/** Offsets that several generations can all be counted up to: where the one that is ahead stands, stream by stream. */
export function commonCut(...generations: readonly Positions[]): Positions {
  const cut = new Map<string, number>();
  for (const [stream, next] of generations.flatMap((positions) => [...positions]))
    cut.set(stream, Math.max(next, cut.get(stream) ?? 0));
  return cut;
}

/** Whether some stream is counted further than the cut has it. */
export const isBeyond = (positions: Positions, cut: Positions): boolean =>
  [...positions].some(([stream, next]) => next > (cut.get(stream) ?? 0));

/** Whether generations have come to the cut in all streams that can still go on. */
export const areAt = (
  generations: readonly Positions[],
  cut: Positions,
  isCurrent: (stream: string) => boolean,
): boolean =>
  [...cut].every(
    ([stream, next]) =>
      !isCurrent(stream) || generations.every((positions) => (positions.get(stream) ?? 0) === next),
  );

/** How many records `behind` has to catch up with. */
export const remaining = (ahead: Positions, behind: Positions): number =>
  [...ahead].reduce((sum, [stream, next]) => sum + Math.max(0, next - (behind.get(stream) ?? 0)), 0);

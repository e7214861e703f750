/** What was seen, when and of which partition. */
export interface Sighting {
  readonly atMs: number;
  readonly partition: number;
}

/** The longest time within a span of time in which nothing was seen, ms. The ends of the span count as seen. */
export function longestGap(timesMs: readonly number[], fromMs: number, toMs: number): number {
  const within = timesMs.filter((atMs) => atMs > fromMs && atMs < toMs).toSorted((a, b) => a - b);
  const marks = [fromMs, ...within, toMs];
  return Math.max(...marks.slice(1).map((atMs, i) => atMs - (marks[i] ?? atMs)));
}

/** The longest gap of any partition that is seen at all. */
export function longestGapOfAny(seen: readonly Sighting[], fromMs: number, toMs: number): number {
  const partitions = Map.groupBy(seen, ({ partition }) => partition);
  const gaps = [...partitions.values()].map((own) =>
    longestGap(
      own.map(({ atMs }) => atMs),
      fromMs,
      toMs,
    ),
  );
  return Math.max(0, ...gaps);
}

/** Something to measure. */
export interface Lane {
  readonly name: string;
  run(): Promise<unknown>;
}

/** Runs the lanes in turn, round by round, so that a disturbance meets all of them; the first round warms up. Medians in ms. */
export async function medians(lanes: readonly Lane[], rounds: number): Promise<Map<string, number>> {
  const times = new Map(lanes.map(({ name }) => [name, new Array<number>()]));
  for (let round = 0; round <= rounds; round++)
    for (const { name, run } of lanes) {
      const started = performance.now();
      await run();
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return ((low ?? 0) + (high ?? 0)) / 2;
}

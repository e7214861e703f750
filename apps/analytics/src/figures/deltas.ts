import type { Contribution } from './cell';
import { Tally } from './tally';

/** What has to be added to the cells when a subject's contributions turn from `before` into `after`; nothing is zero. */
export function deltas(before: readonly Contribution[], after: readonly Contribution[]): Contribution[] {
  const tally = new Tally();
  for (const { cell, measures } of after) tally.add(cell, measures);
  for (const { cell, measures } of before) tally.add(cell, measures, -1n);
  return tally.contributions();
}

/**
 * The rules of the design that a test or a simulation can take out by name, to see that its checker notices. Outside of
 * them nothing is ever taken out.
 */
export const rules = [
  'at',
  'origin-position',
  'origin-left-by-all',
  'rekeyed-name',
  'exact-late',
  'ids',
  'out-on-redelivery',
  'quiet-copies',
  'copies-answered',
  'old-out-in-front',
  'outcomes-kept',
  'failure-kept',
  'others-written',
  'cut-at-unique',
  'holder-read',
  'rev-guard',
  'publish-before-commit',
  'route-once',
  'look-again',
  'follow',
  'sweep',
  'mark-first',
  'this-keeping',
  'keep-back',
  'keepable-late',
  'kept-told',
  'item-index',
  'foreign-out',
  'contested-written',
  'chunks-in-order',
  'sequence-with-effect',
  'projection-guard',
  'repeats-dropped',
  'one-fact-source',
  'one-reaction-group',
  'park-behind',
  'parked-in-turn',
] as const;

export type Rule = (typeof rules)[number];

export type Without = ReadonlySet<Rule>;

export const nothingOut: Without = new Set();

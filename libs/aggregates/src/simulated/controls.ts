import type { Rule } from '../rules';
import { play } from './history';
import { planOf } from './plan';
import { type WeatherName, weathers } from './weather';

/** A rule of the design, and what its absence must show. */
export interface Control {
  readonly rule: Rule;
  /** What is left out, in the words of the design. */
  readonly leavesOut: string;
  readonly weather: WeatherName;
  /** Some seed below this one must go wrong. */
  readonly withinSeeds: number;
  /** The rule makes things faster and nothing else: no seed may go wrong without it. */
  readonly onlyForSpeed?: true;
}

/**
 * Each rule of architecture 4 and 5 that the simulated parts of the system rest on. Those of the rollups have theirs in
 * apps/analytics, where the real ones are.
 */
export const controls: readonly Control[] = [
  { rule: 'rev-guard', leavesOut: 'the guard on rev', weather: 'zombies', withinSeeds: 100 },
  { rule: 'at', leavesOut: 'the position of the last record folded', weather: 'stormy', withinSeeds: 20 },
  {
    rule: 'origin-position',
    leavesOut: 'positions of messages handed on',
    weather: 'bulks',
    withinSeeds: 60,
  },
  {
    rule: 'origin-left-by-all',
    leavesOut: 'positions left by what is refused or ignored',
    weather: 'names',
    withinSeeds: 100,
  },
  { rule: 'item-index', leavesOut: 'the item in the position of a bulk', weather: 'bulks', withinSeeds: 20 },
  {
    rule: 'rekeyed-name',
    leavesOut: 'a stream of their own for re-keyed ones',
    weather: 'calm',
    withinSeeds: 20,
  },
  { rule: 'exact-late', leavesOut: 'late ones remembered one by one', weather: 'bugs', withinSeeds: 30 },
  { rule: 'ids', leavesOut: 'the last 32 ids', weather: 'bugs', withinSeeds: 100 },
  { rule: 'out-on-redelivery', leavesOut: 'out again on redelivery', weather: 'stormy', withinSeeds: 30 },
  { rule: 'quiet-copies', leavesOut: 'silence of further copies', weather: 'echoes', withinSeeds: 30 },
  {
    rule: 'copies-answered',
    leavesOut: 'the answer to a further copy, written with what comes after it',
    weather: 'scans',
    withinSeeds: 1000,
  },
  {
    rule: 'old-out-in-front',
    leavesOut: 'the old out in front of the new one',
    weather: 'bulks',
    withinSeeds: 60,
  },
  {
    rule: 'contested-written',
    leavesOut: 'what changes nothing, written after a partition was taken over',
    weather: 'releases',
    withinSeeds: 2000,
  },
  {
    rule: 'foreign-out',
    leavesOut: 'what an owner of the past wrote late, in front of the next facts',
    weather: 'rollouts',
    withinSeeds: 100,
  },
  {
    rule: 'park-behind',
    leavesOut: 'the end of the line for what comes later',
    weather: 'parking',
    withinSeeds: 30,
  },
  { rule: 'parked-in-turn', leavesOut: 'the turn of what is parked', weather: 'parking', withinSeeds: 30 },
  { rule: 'outcomes-kept', leavesOut: 'outcomes in out', weather: 'stormy', withinSeeds: 20 },
  { rule: 'failure-kept', leavesOut: 'failures in out', weather: 'bugs', withinSeeds: 60 },
  {
    rule: 'others-written',
    leavesOut: 'refusals that read others, written',
    weather: 'names',
    withinSeeds: 600,
  },
  {
    rule: 'cut-at-unique',
    leavesOut: 'a write between two unique values',
    weather: 'names',
    withinSeeds: 60,
  },
  { rule: 'holder-read', leavesOut: 'a second look at the holder', weather: 'names', withinSeeds: 150 },
  {
    rule: 'publish-before-commit',
    leavesOut: 'publishing before the next batch',
    weather: 'stormy',
    withinSeeds: 10,
  },
  { rule: 'chunks-in-order', leavesOut: 'chunks one after the other', weather: 'stormy', withinSeeds: 30 },
  { rule: 'route-once', leavesOut: 'references resolved once', weather: 'references', withinSeeds: 100 },
  {
    rule: 'one-fact-source',
    leavesOut: 'facts from the command topic alone',
    weather: 'references',
    withinSeeds: 300,
  },
  { rule: 'one-reaction-group', leavesOut: 'reactions in one group', weather: 'zombies', withinSeeds: 60 },
  { rule: 'sweep', leavesOut: 'the sweep of kept ones', weather: 'scans', withinSeeds: 600 },
  { rule: 'this-keeping', leavesOut: 'which keeping is meant', weather: 'returns', withinSeeds: 100 },
  {
    rule: 'keep-back',
    leavesOut: 'a keeping of its own for what comes back',
    weather: 'returns',
    withinSeeds: 100,
  },
  {
    rule: 'keepable-late',
    leavesOut: 'scans that may have been kept before, remembered one by one',
    weather: 'scans',
    withinSeeds: 600,
  },
  {
    rule: 'kept-told',
    leavesOut: 'what is said of a kept one, said to its record when that comes again',
    weather: 'labels',
    withinSeeds: 600,
  },
  { rule: 'mark-first', leavesOut: 'the mark before acting', weather: 'expiry', withinSeeds: 600 },
  {
    rule: 'sequence-with-effect',
    leavesOut: 'sequence and effect in one write',
    weather: 'stormy',
    withinSeeds: 30,
  },
  { rule: 'projection-guard', leavesOut: 'the guard of a projection', weather: 'zombies', withinSeeds: 30 },
  { rule: 'repeats-dropped', leavesOut: 'repeats dropped by a reader', weather: 'stormy', withinSeeds: 20 },
  {
    rule: 'look-again',
    leavesOut: 'a second look after keeping',
    weather: 'scans',
    withinSeeds: 150,
    onlyForSpeed: true,
  },
  {
    rule: 'follow',
    leavesOut: 'what is kept, sent when its place is taken',
    weather: 'scans',
    withinSeeds: 150,
    onlyForSpeed: true,
  },
];

export interface Found {
  readonly rule: Rule;
  /** How many seeds it took; null: none of them went wrong. */
  readonly seeds: number | null;
  readonly wrong: string;
}

/** The rule is as necessary as it is said to be. */
export const isConfirmed = ({ onlyForSpeed }: Control, { seeds }: Pick<Found, 'seeds'>): boolean =>
  (seeds === null) === (onlyForSpeed ?? false);

/** Plays seeds 0, 1, 2 … without the rule until a history goes wrong. */
export async function findFault({ rule, weather, withinSeeds }: Control): Promise<Found> {
  for (let seed = 0; seed < withinSeeds; seed++) {
    const [wrong] = (await play(planOf(seed, weathers[weather]), { without: [rule] })).wrong;
    if (wrong !== undefined) return { rule, seeds: seed + 1, wrong };
  }
  return { rule, seeds: null, wrong: '' };
}

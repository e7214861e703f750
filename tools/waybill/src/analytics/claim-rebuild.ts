import type { mongo } from 'mongoose';
import { CommandFailure } from '../failure';
import type { AnalyticsDatabase, GenerationsDocument, Rebuild } from './generations';

type Guard = mongo.Filter<GenerationsDocument>;

/** A command that is gone without a word is missed after this long. */
const watchForMs = 10_000;

export interface Claimed {
  readonly number: number;
  /** Somebody asked for it before. */
  readonly isResumed: boolean;
}

/**
 * Begins a rebuild, or goes on with the one that there is: one at a time, watched by one command. Throws a
 * {@link CommandFailure} that says who watches it.
 */
export async function claimRebuild(
  database: AnalyticsDatabase,
  by: string,
  evenIfDifferent: boolean,
): Promise<Claimed> {
  const document = await database.read();
  const { rebuild } = document;
  const isOver = !rebuild || (rebuild.stage === 'switched' && rebuild.isTold === true);
  const number = isOver ? document.last + 1 : rebuild.number;
  const isClaimed = isOver
    ? await begin(database, document, by, evenIfDifferent)
    : await resume(database, rebuild, by, evenIfDifferent);
  if (!isClaimed) throw refusal((await database.read()).rebuild);
  return { number, isResumed: !isOver };
}

/** Says that the command is still there. `false`: the rebuild is none of its business any more. */
export const keepWatching = (database: AnalyticsDatabase, number: number, by: string): Promise<boolean> =>
  update(database, watchedBy(number, by), { $set: { 'rebuild.watch': watch(by) } });

/** The next command need not wait until this one is missed. */
export const stopWatching = (
  database: AnalyticsDatabase,
  number: number,
  by: string,
  isTold: boolean,
): Promise<boolean> =>
  update(database, watchedBy(number, by), {
    $unset: { 'rebuild.watch': '' },
    ...(isTold ? { $set: { 'rebuild.isTold': true } } : {}),
  });

/** Gives a rebuild up: what it has built is thrown away. Throws a {@link CommandFailure} where there is none to give up. */
export async function cancelRebuild(database: AnalyticsDatabase): Promise<number> {
  const { rebuild } = await database.read();
  if (!rebuild || rebuild.stage === 'switched') throw new CommandFailure('no rebuild is under way');
  const { number } = rebuild;
  const from: Guard = {
    'rebuild.number': number,
    // what answers must not be thrown away
    live: { $ne: number },
    ...unwatched(),
  };
  const isGivenUp = await update(database, from, {
    $unset: { rebuild: '' },
    $addToSet: { retired: number },
  });
  if (!isGivenUp) throw refusal((await database.read()).rebuild);
  return number;
}

function begin(
  database: AnalyticsDatabase,
  { last, rebuild: over }: GenerationsDocument,
  by: string,
  evenIfDifferent: boolean,
): Promise<boolean> {
  const rebuild: Rebuild = {
    number: last + 1,
    stage: 'filling',
    by,
    at: new Date(),
    evenIfDifferent,
    watch: watch(by),
  };
  const from: Guard = over ? { 'rebuild.number': over.number } : { rebuild: { $exists: false } };
  return update(database, { ...from, last }, { $set: { last: last + 1, rebuild } });
}

/** One that ended in a difference is filled on and compared again. */
function resume(
  database: AnalyticsDatabase,
  { number, stage }: Rebuild,
  by: string,
  evenIfDifferent: boolean,
): Promise<boolean> {
  const from: Guard = { 'rebuild.number': number, 'rebuild.stage': stage, ...unwatched() };
  return update(database, from, {
    $set: {
      'rebuild.watch': watch(by),
      'rebuild.evenIfDifferent': evenIfDifferent,
      ...(stage === 'different' ? { 'rebuild.stage': 'filling' } : {}),
    },
    $unset: { 'rebuild.isTold': '', ...(stage === 'different' ? { 'rebuild.result': '' } : {}) },
  });
}

function refusal(rebuild: Rebuild | undefined): CommandFailure {
  if (!rebuild) return new CommandFailure('the rebuild was ended by somebody else: try again');
  const { number, at, watch: watched } = rebuild;
  const who = watched ? `${watched.by} watches it` : 'somebody else has just turned it';
  return new CommandFailure(
    `generation ${number} is being built since ${at.toISOString()}, and ${who}: end that command first. ` +
      `If it is gone already, this one is let in ${watchForMs / 1000} s after its end`,
  );
}

const watch = (by: string) => ({ by, until: new Date(Date.now() + watchForMs) });

const watchedBy = (number: number, by: string): Guard => ({
  'rebuild.number': number,
  'rebuild.watch.by': by,
});

const unwatched = (): Guard => ({
  $or: [{ 'rebuild.watch': { $exists: false } }, { 'rebuild.watch.until': { $lt: new Date() } }],
});

async function update(
  { generations }: AnalyticsDatabase,
  from: Guard,
  change: mongo.UpdateFilter<GenerationsDocument>,
): Promise<boolean> {
  const { matchedCount } = await generations.updateOne({ ...from, _id: 'analytics' }, change);
  return matchedCount === 1;
}

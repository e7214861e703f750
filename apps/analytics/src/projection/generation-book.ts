import type { Connection, mongo } from 'mongoose';
import type { Comparison } from './comparison';
import { databaseOf, durable } from './mongo-stores';
import type { Pause } from './pause';

/** A second generation on its way to take the place of the live one. The command line asks for it and watches it. */
export interface Rebuild {
  readonly number: number;
  /** `different`: both are kept until an operator decides. `switched`: it answers now. */
  readonly stage: 'filling' | 'comparing' | 'different' | 'switched';
  /** Whoever asked for it. */
  readonly by: string;
  readonly at: Date;
  /** An operator has seen a difference and wants the new generation all the same. */
  readonly evenIfDifferent: boolean;
  readonly pause?: Pause;
  readonly result?: Comparison;
}

/** The one document that says which generations there are. */
export interface GenerationsDocument {
  readonly _id: 'analytics';
  /** The one that answers. */
  readonly live: number;
  /** The highest number that was ever given. */
  readonly last: number;
  /** Those that are to be thrown away. */
  readonly retired?: readonly number[];
  readonly rebuild?: Rebuild;
  /** The instance that brings the rebuild on and throws away. What it does is guarded all the same. */
  readonly worker?: { readonly id: string; readonly until: Date };
}

const workForMs = 10_000;

/** Reads and turns the document. Each turn is guarded by what it turns from: `false`, and somebody else was first. */
export class GenerationBook {
  private readonly collection: mongo.Collection<GenerationsDocument>;

  constructor(connection: Connection) {
    this.collection = databaseOf(connection).collection<GenerationsDocument>('generations', durable);
  }

  /** Makes the document where there is none: the first generation answers. */
  async open(): Promise<GenerationsDocument> {
    const made = { $setOnInsert: { live: 1 }, $max: { last: 1 } };
    await this.collection.updateOne({ _id: 'analytics' }, made, { upsert: true });
    return this.read();
  }

  async read(): Promise<GenerationsDocument> {
    const found = await this.collection.findOne({ _id: 'analytics' });
    if (!found) throw new Error('the document of the generations is gone');
    return found;
  }

  /** Takes the work for a while, or keeps it. */
  async takeWork(id: string): Promise<boolean> {
    const now = Date.now();
    const isFree = [
      { worker: { $exists: false } },
      { 'worker.id': id },
      { 'worker.until': { $lt: new Date(now) } },
    ];
    const worker = { id, until: new Date(now + workForMs) };
    return this.turn({ $or: isFree }, { $set: { worker } });
  }

  /** Ends a stage of the rebuild in favour of another one. Every pause ends with its stage. */
  enter(
    { number, stage }: Pick<Rebuild, 'number' | 'stage'>,
    next: Rebuild['stage'],
    result?: Comparison,
  ): Promise<boolean> {
    const set = { 'rebuild.stage': next, ...(result === undefined ? {} : { 'rebuild.result': result }) };
    return this.turn(during(number, stage), { $set: set, $unset: { 'rebuild.pause': '' } });
  }

  /** Nobody counts beyond the cut until `pause` ends. */
  pause(number: number, pause: Pause): Promise<boolean> {
    return this.turn(during(number, 'comparing'), { $set: { 'rebuild.pause': pause } });
  }

  /** The rebuilt generation answers from now on, and the one before is thrown away. */
  switchTo(number: number, from: number, result: Comparison): Promise<boolean> {
    return this.turn(
      { ...during(number, 'comparing'), live: from },
      {
        $set: { live: number, 'rebuild.stage': 'switched', 'rebuild.result': result },
        $unset: { 'rebuild.pause': '' },
        $addToSet: { retired: from },
      },
    );
  }

  /** What belongs to no generation that is live or being built is to be thrown away. */
  retire(numbers: readonly number[]): Promise<boolean> {
    return this.turn(
      { live: { $nin: [...numbers] }, 'rebuild.number': { $nin: [...numbers] } },
      { $addToSet: { retired: { $each: [...numbers] } } },
    );
  }

  dropped(number: number): Promise<boolean> {
    return this.turn({}, { $pull: { retired: number } });
  }

  private async turn(
    from: mongo.Filter<GenerationsDocument>,
    update: mongo.UpdateFilter<GenerationsDocument>,
  ): Promise<boolean> {
    const { matchedCount } = await this.collection.updateOne({ ...from, _id: 'analytics' }, update);
    return matchedCount === 1;
  }
}

const during = (number: number, stage: Rebuild['stage']): mongo.Filter<GenerationsDocument> => ({
  'rebuild.number': number,
  'rebuild.stage': stage,
});

/** Generations that are counted into; the live one first. */
export function countedGenerations({ live, rebuild }: GenerationsDocument): number[] {
  const isFilled = rebuild?.stage === 'filling' || rebuild?.stage === 'comparing';
  return isFilled ? [live, rebuild.number] : [live];
}

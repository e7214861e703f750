import type { mongo } from 'mongoose';
import { withDatabase } from '../aggregate/database';
import { type ConnectionOptions, mongoUriOf, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import type { Command } from 'commander';

export interface AnalyticsOptions extends ConnectionOptions {
  readonly database: string;
}

/** One report of two generations, as SHA-256. */
export interface ReportComparison {
  readonly report: string;
  readonly live: string;
  readonly rebuilt: string;
}

export interface MeasureDifference {
  readonly report: string;
  readonly cell: string;
  readonly measure: string;
  readonly live: string;
  readonly rebuilt: string;
}

export interface Comparison {
  readonly reports: readonly ReportComparison[];
  readonly differingPages: number;
  readonly differences: readonly MeasureDifference[];
}

export interface Rebuild {
  readonly number: number;
  readonly stage: 'filling' | 'comparing' | 'different' | 'switched';
  /** Who asked for it, and when. */
  readonly by: string;
  readonly at: Date;
  readonly evenIfDifferent: boolean;
  readonly result?: Comparison;
  /** The command that watches it. */
  readonly watch?: { readonly by: string; readonly until: Date };
  /** Somebody has been told how it ended. */
  readonly isTold?: boolean;
}

/** What the analytics service keeps about its generations (apps/analytics/src/projection/generation-book.ts). */
export interface GenerationsDocument {
  readonly _id: 'analytics';
  readonly live: number;
  readonly last: number;
  readonly retired?: readonly number[];
  readonly rebuild?: Rebuild;
  readonly worker?: { readonly until: Date };
}

/** A gap in the numbers of an aggregate's facts (apps/analytics/src/projection/gap-book.ts). */
export interface GapDocument {
  /** Begins with its stream, then a space. */
  readonly _id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly aggregateId: string;
  readonly expected: number;
  readonly got: number;
  readonly foundAt: Date;
  readonly accepted?: { readonly by: string; readonly at: Date };
}

/** The analytics database, as far as an operator's commands look into it. */
export class AnalyticsDatabase {
  readonly generations: mongo.Collection<GenerationsDocument>;
  readonly gaps: mongo.Collection<GapDocument>;

  constructor(private readonly db: mongo.Db) {
    const options = { readPreference: 'primary', writeConcern: { w: 'majority' } } as const;
    this.generations = db.collection<GenerationsDocument>('generations', options);
    this.gaps = db.collection<GapDocument>('gaps', options);
  }

  async read(): Promise<GenerationsDocument> {
    const found = await this.generations.findOne({ _id: 'analytics' });
    if (found) return found;
    throw new CommandFailure(
      `database ${this.db.databaseName} holds no figures: no analytics service has run on it yet`,
    );
  }

  /** Offset of the next record that a generation counts, by stream. */
  async positions(number: number): Promise<ReadonlyMap<string, number>> {
    const stored = this.db.collection<{ _id: string; next: number }>(`g${number}_positions`);
    return new Map((await stored.find().toArray()).map(({ _id, next }) => [_id, next]));
  }

  /** Those of the live generation, and of the one that is being built. */
  async countedPositions(): Promise<ReadonlyMap<number, ReadonlyMap<string, number>>> {
    const { live, rebuild } = await this.read();
    const numbers = rebuild ? [...new Set([live, rebuild.number])] : [live];
    const positions = numbers.map(async (number) => [number, await this.positions(number)] as const);
    return new Map(await Promise.all(positions));
  }
}

export const withAnalytics = <T>(
  options: AnalyticsOptions,
  work: (database: AnalyticsDatabase) => Promise<T>,
): Promise<T> => withDatabase(mongoUriOf(options), options.database, (db) => work(new AnalyticsDatabase(db)));

export const analyticsOptions = (command: Command): Command =>
  withConnection(command, 'mongo').option(
    '--database <name>',
    'database of the analytics service',
    'analytics',
  );

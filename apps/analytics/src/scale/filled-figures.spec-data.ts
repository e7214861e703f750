import type { Connection } from 'mongoose';
import type { ReportQuery } from '../figures/report-query';
import { cellsWanted } from '../figures/report-ranges';
import { rowsOf } from '../figures/report-rows';
import { applyBatch } from '../projection/apply-batch';
import { type Generation, openGeneration } from '../projection/generation';
import { type Spread, SyntheticFacts } from './synthetic-facts.spec-data';

/** As many as the consumer takes at a time. */
const batchSize = 500;

/** Figures of a number of synthetic orders, on the real stores. */
export class FilledFigures {
  private readonly facts: SyntheticFacts;
  private next = 0;
  /** Since they were filled. */
  factsTaken = 0;
  rollupsWritten = 0;

  private constructor(
    readonly orders: number,
    private readonly spread: Spread,
    private readonly projection: Generation['orders'],
  ) {
    this.facts = new SyntheticFacts(orders, spread);
  }

  /** `number` is one that no other figures in this database have. */
  static async fill(connection: Connection, number: number, orders: number, spread: Spread) {
    const { orders: projection, rollups } = await openGeneration(connection, number);
    const figures: FilledFigures = new FilledFigures(orders, spread, {
      ...projection,
      rollups: {
        offsets: (stream, cells) => rollups.offsets(stream, cells),
        read: (range) => rollups.read(range),
        add: (changes) => {
          figures.rollupsWritten += changes.length;
          return rollups.add(changes);
        },
      },
    });
    const ordersOf = Map.groupBy(Array.from({ length: orders }).keys(), (index) =>
      figures.facts.partitionOf(index),
    );
    for (const indexes of ordersOf.values())
      for (let i = 0; i < indexes.length; i += batchSize)
        await figures.apply(indexes.slice(i, i + batchSize));
    figures.factsTaken = 0;
    figures.rollupsWritten = 0;
    return figures;
  }

  /** The next fact of each of `count` orders of one partition, in one batch; they are spread over all days. */
  async change(count: number): Promise<void> {
    const { partitions } = this.spread;
    const ofPartition = Math.floor(this.orders / partitions);
    const [partition, start] = [this.next % partitions, this.next];
    this.next += 1;
    const places = Array.from(
      { length: count },
      (_, i) => (start + Math.floor((i * ofPartition) / count)) % ofPartition,
    );
    await this.apply([...new Set(places)].map((place) => place * partitions + partition));
  }

  /** Answers as the service does; how many rollups it read. */
  async ask(query: ReportQuery): Promise<number> {
    const found = await Promise.all(cellsWanted(query).map((range) => this.projection.rollups.read(range)));
    const cells = found.flat();
    if (rowsOf(query, cells).length === 0) throw new Error('nothing was found');
    return cells.length;
  }

  private async apply(indexes: readonly number[]): Promise<void> {
    const [first] = indexes;
    if (first === undefined) return;
    const facts = indexes.map((index) => this.facts.next(index));
    this.factsTaken += facts.length;
    const gap = await applyBatch(this.projection, `scale/${this.facts.partitionOf(first)}`, facts);
    if (gap) throw new Error('synthetic facts have no gap');
  }
}

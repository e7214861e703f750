import { cellKey, type Cell, type Contribution, groupKindOf, viewKindOf } from '../figures/cell';
import type { CellRange } from '../figures/report-query';
import { addTo, withoutZeros } from '../figures/tally';
import { pageOf } from './page';
import type {
  ComparableRollups,
  PositionStore,
  Rollup,
  RollupChange,
  RollupStore,
  SubjectDocument,
  SubjectStore,
} from './stores';

export class MemorySubjectStore<Kept> implements SubjectStore<Kept> {
  readonly documents = new Map<string, SubjectDocument<Kept>>();

  load(ids: readonly string[]): Promise<ReadonlyMap<string, SubjectDocument<Kept>>> {
    const found = ids.flatMap((id) => this.documents.get(id) ?? []);
    return Promise.resolve(new Map(structuredClone(found).map((document) => [document.id, document])));
  }

  write(documents: readonly SubjectDocument<Kept>[]): Promise<boolean> {
    const write = (document: SubjectDocument<Kept>) => {
      if ((this.documents.get(document.id)?.rev ?? 0) !== document.rev - 1) return false;
      this.documents.set(document.id, structuredClone(document));
      return true;
    };
    return Promise.resolve(documents.filter((document) => !write(document)).length === 0);
  }
}

interface StoredRollup extends Rollup {
  readonly measures: Record<string, bigint>;
  offset: number;
}

export class MemoryRollupStore implements RollupStore, ComparableRollups {
  private readonly rollups = new Map<string, StoredRollup>();

  offsets(stream: string, cells: readonly Cell[]): Promise<readonly (number | null)[]> {
    return Promise.resolve(cells.map((cell) => this.rollups.get(rollupId(stream, cell))?.offset ?? null));
  }

  add(changes: readonly RollupChange[]): Promise<boolean> {
    return Promise.resolve(changes.filter((change) => !this.addOne(change)).length === 0);
  }

  read({ shop, report, viewKind, view, groupKind, from, to }: CellRange): Promise<readonly Contribution[]> {
    const found = this.all().filter(
      ({ cell }) =>
        cell.shop === shop &&
        cell.report === report &&
        viewKindOf(cell.view) === viewKind &&
        (view === null || cell.view === view) &&
        groupKindOf(cell.group) === groupKind &&
        cell.day >= from &&
        cell.day < to,
    );
    return Promise.resolve(found);
  }

  async *scan(): AsyncGenerator<Rollup> {
    const pages = Map.groupBy(this.rollups.values(), ({ cell }) => pageOf(cell));
    for (const rollups of pages.values()) yield* structuredClone(rollups);
  }

  /** Everything that counts, cell by cell and partition by partition. */
  all(): Contribution[] {
    const found = [...this.rollups.values()].map(({ cell, measures }) => ({
      cell,
      measures: withoutZeros(measures),
    }));
    return found.filter(({ measures }) => Object.keys(measures).length > 0);
  }

  private addOne({ stream, cell, measures, expectedOffset, offset }: RollupChange): boolean {
    const id = rollupId(stream, cell);
    const rollup = this.rollups.get(id) ?? { stream, cell, measures: {}, offset: -1 };
    if ((this.rollups.get(id)?.offset ?? null) !== expectedOffset) return false;
    addTo(rollup.measures, measures);
    rollup.offset = offset;
    this.rollups.set(id, rollup);
    return true;
  }
}

/** A rollup belongs to one partition of one topic, and to no later topic of that name. */
export const rollupId = (stream: string, cell: Cell): string => `${stream} ${cellKey(cell)}`;

export class MemoryPositionStore implements PositionStore {
  private readonly positions = new Map<string, number>();

  load(): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map(this.positions));
  }

  save(stream: string, next: number): Promise<void> {
    this.positions.set(stream, Math.max(next, this.positions.get(stream) ?? 0));
    return Promise.resolve();
  }
}

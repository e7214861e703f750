import type { Fact } from '@waybill/messaging';
import { cellKey, type Cell, type Contribution, type Measures } from '../figures/cell';
import { deltas } from '../figures/deltas';
import type { Subject } from '../figures/subject';
import { addTo, withoutZeros } from '../figures/tally';
import type { RollupChange, RollupStore, SubjectDocument, SubjectStore } from './stores';

export interface Projection<Kept> {
  readonly subject: Subject<Kept>;
  readonly subjects: SubjectStore<Kept>;
  readonly rollups: RollupStore;
}

/** A fact that does not follow the one before it; nothing from it on was taken. */
export interface Gap {
  readonly fact: Fact;
  readonly expected: number;
}

/** What the facts of a batch add to one cell, fact by fact. */
interface CellSteps {
  readonly cell: Cell;
  readonly steps: { readonly offset: number; readonly measures: Measures }[];
}

/** A subject as the batch leaves it so far. An order's first facts mostly come together: each is the next one's `before`. */
interface Changed<Kept> {
  readonly document: SubjectDocument<Kept>;
  readonly contributions: readonly Contribution[];
}

interface Walk<Kept> {
  readonly changed: readonly SubjectDocument<Kept>[];
  readonly cells: readonly CellSteps[];
  readonly gap?: Gap;
}

/** Somebody else works on the partition, too. More turns than this and something is wrong. */
const maxTurns = 20;

/**
 * Applies facts of one partition, in order: rollups first, each taking only what lies above the offset it has seen, then
 * the subjects. A crash between the two is harmless: the subjects are still old, so the same steps come out again, and
 * every rollup knows which of them it has. Repeats are dropped by sequence.
 *
 * @param passable offsets of facts that are taken although facts before them are missing
 */
export async function applyBatch<Kept>(
  projection: Projection<Kept>,
  stream: string,
  facts: readonly Fact[],
  passable: ReadonlySet<number> = new Set(),
): Promise<Gap | undefined> {
  const { subject, subjects, rollups } = projection;
  const ids = [...new Set(facts.map((fact) => subject.subjectId(fact)))];
  for (let turn = 0; turn < maxTurns; turn++) {
    const { changed, cells, gap } = walk(subject, await subjects.load(ids), facts, passable);
    await addSteps(rollups, stream, cells);
    if (changed.length === 0 || (await subjects.write(changed))) return gap;
  }
  throw new Error(`subjects of ${stream} were changed by somebody else ${maxTurns} times`);
}

function walk<Kept>(
  subject: Subject<Kept>,
  known: ReadonlyMap<string, SubjectDocument<Kept>>,
  facts: readonly Fact[],
  passable: ReadonlySet<number>,
): Walk<Kept> {
  const changed = new Map<string, Changed<Kept>>();
  const cells = new Map<string, CellSteps>();
  const result = () => ({
    changed: [...changed.values()].map(({ document }) => document),
    cells: [...cells.values()],
  });
  for (const fact of facts) {
    const { aggregateId, sequence, offset } = fact;
    const id = subject.subjectId(fact);
    const stored = known.get(id) ?? { id, rev: 0, sequences: {}, kept: null };
    const earlier = changed.get(id);
    const { sequences, kept } = earlier?.document ?? stored;
    const last = sequences[aggregateId];
    if (last !== undefined && sequence <= last) continue;
    // the first fact of an aggregate is taken whatever its number: its snapshot stands for all before it
    if (last !== undefined && sequence > last + 1 && !passable.has(offset))
      return { ...result(), gap: { fact, expected: last + 1 } };
    const next = subject.apply(kept, fact);
    const before = earlier?.contributions ?? (kept === null ? [] : subject.contributions(kept));
    const contributions = subject.contributions(next);
    for (const { cell, measures } of deltas(before, contributions)) {
      const key = cellKey(cell);
      const entry = cells.get(key) ?? { cell, steps: [] };
      entry.steps.push({ offset, measures });
      cells.set(key, entry);
    }
    const document = {
      ...stored,
      rev: stored.rev + 1,
      sequences: { ...sequences, [aggregateId]: sequence },
      kept: next,
    };
    changed.set(id, { document, contributions });
  }
  return result();
}

async function addSteps(rollups: RollupStore, stream: string, cells: readonly CellSteps[]): Promise<void> {
  for (let turn = 0; turn < maxTurns; turn++) {
    const changes = changesOf(
      stream,
      cells,
      await rollups.offsets(
        stream,
        cells.map(({ cell }) => cell),
      ),
    );
    if (changes.length === 0 || (await rollups.add(changes))) return;
  }
  throw new Error(`rollups of ${stream} were changed by somebody else ${maxTurns} times`);
}

/** A cell whose steps come to nothing gets its offset all the same: a part of them must not be added later. */
function changesOf(
  stream: string,
  cells: readonly CellSteps[],
  offsets: readonly (number | null)[],
): RollupChange[] {
  return cells.flatMap(({ cell, steps }, i) => {
    const expectedOffset = offsets[i] ?? null;
    const due = steps.filter(({ offset }) => offset > (expectedOffset ?? -1));
    const offset = due.at(-1)?.offset;
    return offset === undefined ? [] : [{ stream, cell, measures: sumOf(due), expectedOffset, offset }];
  });
}

function sumOf(steps: CellSteps['steps']): Measures {
  const sums: Record<string, bigint> = {};
  for (const { measures } of steps) addTo(sums, measures);
  return withoutZeros(sums);
}

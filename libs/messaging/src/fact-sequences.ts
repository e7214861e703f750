import type { Fact } from './fact';

/** What a reader remembers: the sequence of the last fact of each aggregate that it has taken. */
export interface SequenceStore {
  /** Last sequences of those aggregates that are known. */
  load(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * Called when the facts were handled. Leave it out where the handler itself writes the last sequence together with its
   * effect, which is the only way to have each fact take effect exactly once.
   */
  remember?(last: ReadonlyMap<string, number>): Promise<void>;
  /**
   * Called when the reader has joined its group anew. What only this process knows is out of date then: somebody else may
   * have read on in the meantime, which would look like a gap.
   */
  forget?(): void;
}

/** Facts to take, in order, and what keeps the rest from being taken. */
export interface SiftedFacts {
  readonly fresh: readonly Fact[];
  /** Last sequence of each aggregate when `fresh` has been taken. */
  readonly last: ReadonlyMap<string, number>;
  /** The first fact that does not follow the one before it; nothing from it on is in `fresh`. */
  readonly gap?: { readonly fact: Fact; readonly expected: number };
}

/**
 * Drops repeats (a republished run looks like 1 2 3 1 2 3 4) and finds gaps. The first fact of an aggregate that is not
 * known is taken whatever its number: its snapshot stands for everything before it.
 */
export function siftFacts(facts: readonly Fact[], known: ReadonlyMap<string, number>): SiftedFacts {
  const last = new Map(known);
  const fresh: Fact[] = [];
  for (const fact of facts) {
    const before = last.get(fact.aggregateId);
    if (before !== undefined && fact.sequence <= before) continue;
    if (before !== undefined && fact.sequence > before + 1)
      return { fresh, last, gap: { fact, expected: before + 1 } };
    last.set(fact.aggregateId, fact.sequence);
    fresh.push(fact);
  }
  return { fresh, last };
}

/**
 * Sequences in memory: for readers whose effect may happen again after a restart or a rebalance. The aggregates that were
 * seen longest ago are forgotten beyond `capacity`.
 */
export class MemorySequences implements SequenceStore {
  private readonly last = new Map<string, number>();

  constructor(private readonly capacity = 100_000) {}

  load(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const known = aggregateIds.flatMap((id): [string, number][] => {
      const sequence = this.last.get(id);
      return sequence === undefined ? [] : [[id, sequence]];
    });
    return Promise.resolve(new Map(known));
  }

  remember(last: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, sequence] of last) {
      // set again, it moves to the end of the map
      this.last.delete(id);
      this.last.set(id, sequence);
    }
    for (const id of this.last.keys()) {
      if (this.last.size <= this.capacity) break;
      this.last.delete(id);
    }
    return Promise.resolve();
  }

  forget(): void {
    this.last.clear();
  }
}

import * as fc from 'fast-check';
import { claimsSubject, type KeptClaims } from '../figures/claims.subject';
import { type KeptOrder, orderSubject } from '../figures/order.subject';
import { applyBatch, type Projection } from './apply-batch';
import { asItIs, type Change, Crash, deaths, stalls } from './broken-stores.spec-data';
import { MemoryRollupStore, MemorySubjectStore } from './memory-stores';
import type { Partition } from './partitions.arbitraries.spec-data';

/** One thing that happens to the batch that is next in one partition. */
interface Step {
  readonly at: number;
  readonly size: number;
  readonly how:
    | { readonly kind: 'ends well' | 'is delivered again' }
    | { readonly kind: 'dies'; readonly where: keyof typeof deaths }
    | { readonly kind: 'is overtaken'; readonly where: keyof typeof stalls };
}

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  fc.constantFrom(...(Object.keys(record) as Key[]));

export const anyPlan: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    at: fc.nat({ max: 59 }),
    size: fc.integer({ min: 1, max: 12 }),
    how: fc.oneof(
      fc.constant({ kind: 'ends well' } as const),
      fc.constant({ kind: 'is delivered again' } as const),
      keysOf(deaths).map((where) => ({ kind: 'dies', where }) as const),
      keysOf(stalls).map((where) => ({ kind: 'is overtaken', where }) as const),
    ),
  }),
  { maxLength: 40, size: 'max' },
);

/** All figures, in memory, and the workers that count them by a plan. */
export class Workers {
  readonly rollups = new MemoryRollupStore();
  private readonly orders = new MemorySubjectStore<KeptOrder>();
  private readonly claims = new MemorySubjectStore<KeptClaims>();
  /** How many facts of a stream are counted for good. */
  private readonly committed = new Map<string, number>();

  /** @param guard what is different from the real thing */
  constructor(private readonly guard: Change) {}

  /** Follows the plan, and then counts what is left. */
  async play(partitions: readonly Partition[], plan: readonly Step[]): Promise<void> {
    for (const step of plan) {
      const partition = partitions[step.at % partitions.length];
      if (partition) await this.take(partition, step);
    }
    for (const partition of partitions) await this.apply(partition, this.next(partition));
  }

  private async take(partition: Partition, { size, how }: Step): Promise<void> {
    const { stream, facts } = partition;
    const from = this.committed.get(stream) ?? 0;
    const batch = this.next(partition, size);
    const commit = () => void this.committed.set(stream, from + batch.length);
    switch (how.kind) {
      case 'ends well':
        return this.apply(partition, batch).then(commit);
      case 'is delivered again':
        return void this.committed.set(stream, Math.max(0, from - size));
      case 'dies':
        return this.apply(partition, batch, deaths[how.where]).catch(expectCrash);
      case 'is overtaken': {
        let rest: Promise<void> | undefined;
        const meanwhile = () => (rest ??= this.apply(partition, batch));
        const old = facts.slice(Math.max(0, from - size), from + size / 2);
        await this.apply(partition, old, stalls[how.where](meanwhile));
        return meanwhile().then(commit);
      }
    }
  }

  private next({ stream, facts }: Partition, size = facts.length): Partition['facts'] {
    const from = this.committed.get(stream) ?? 0;
    return facts.slice(from, from + size);
  }

  private async apply(
    { topic, stream }: Partition,
    facts: Partition['facts'],
    change: Change = asItIs,
  ): Promise<void> {
    const { rollups } = this;
    const run = <Kept>(projection: Projection<Kept>) =>
      applyBatch(this.guard(change(projection)), stream, facts);
    const gap = await (topic === 'orders'
      ? run({ subject: orderSubject, subjects: this.orders, rollups })
      : run({ subject: claimsSubject, subjects: this.claims, rollups }));
    if (gap) throw new Error(`a gap at ${gap.fact.aggregateId}/${gap.expected}: the test is wrong`);
  }
}

function expectCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

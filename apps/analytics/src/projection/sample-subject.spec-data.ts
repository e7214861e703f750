import type { Fact } from '@waybill/messaging';
import type { Cell, Contribution } from '../figures/cell';
import type { Subject } from '../figures/subject';

/** A crate: facts of its parts say where each part is and what it is worth. It counts once in every place where it has a part. */
export type Crate = Readonly<
  Record<string, { readonly place: string; readonly day: string; readonly minor: number }>
>;

export const cellOf = (place: string, day: string, more: Partial<Cell> = {}): Cell => ({
  shop: 'demo-shop',
  report: 'orders',
  day,
  view: 'all',
  group: 'none',
  facets: { country: place },
  ...more,
});

export const crateSubject: Subject<Crate> = {
  topic: 'orders.events',
  subjectId: ({ aggregateId }) => aggregateId.split('/', 1)[0] ?? '',
  apply: (kept, { aggregateId, data }) => ({ ...kept, [aggregateId]: data as Crate[string] }),
  contributions(kept): readonly Contribution[] {
    const parts = Object.values(kept);
    const places = Map.groupBy(parts, ({ place, day }) => `${place} ${day}`);
    return [...places.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      const minor = [first, ...others].reduce((sum, part) => sum + BigInt(part.minor), 0n);
      const measures = { crates: 1n, [`value/${first.place}.$`]: minor };
      return [{ cell: cellOf(first.place, first.day), measures }];
    });
  },
};

/** A fact of a part; `sequence` and `offset` are given by the log it goes to. */
export const partFact = (
  aggregateId: string,
  sequence: number,
  offset: number,
  part: Crate[string],
): Fact => ({
  type: 'crates.part-moved.v1',
  aggregateId,
  sequence,
  id: `${aggregateId}/${sequence}`,
  source: 'crates',
  data: part,
  topic: 'orders.events',
  partition: 0,
  offset,
});

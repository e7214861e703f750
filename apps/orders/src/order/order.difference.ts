import type { AnalyticsMap } from '@waybill/contracts';
import { settableFields, slotSnapshot } from './order.snapshot';
import type { OrderDetails, Slot } from './order.state';

/** Name of a field that an `order-updated` may name, `shipments` aside. */
export type DetailField = keyof ReturnType<typeof settableFields>;

/** Whether two values have the same JSON. Both sides are built member by member in one order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length && names.every((name, i) => name === others[i] && isSame(a[name], b[name]))
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The fields whose value differs, in the order of the snapshot. */
export function changedFields(before: OrderDetails, after: OrderDetails): DetailField[] {
  if (before === after) return [];
  const [old, wanted] = [settableFields(before), settableFields(after)];
  const names = Object.keys(wanted) as DetailField[];
  return names.filter((name) => !isSame(old[name], wanted[name]));
}

export interface ShownIn {
  readonly slot: Slot;
  readonly currency: string;
}

/** Whether readers of facts see another slot than before. */
export const showsAnother = (before: ShownIn, after: ShownIn): boolean =>
  before.slot !== after.slot &&
  !isSame(slotSnapshot(before.slot, before.currency), slotSnapshot(after.slot, after.currency));

/** The order of members says nothing in a map. */
export const isSameMap = (a: AnalyticsMap, b: AnalyticsMap): boolean => isSame(sorted(a), sorted(b));

const sorted = (map: AnalyticsMap) => Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));

import type { Figures, OrderFigure } from '../olist/independent-figures';
import type { ParcelFigure } from '../olist/independent-parcels';
import { grouped } from '../screen/columns';

/** One line of the check: what the input says, and what the system says in two ways. */
export interface CheckRow {
  readonly label: string;
  readonly wanted: string;
  readonly facts: string;
  readonly http: string;
  readonly ok: boolean;
}

export interface Comparison {
  readonly rows: readonly CheckRow[];
  /** Orders and parcels that differ, one sentence each. */
  readonly differences: readonly string[];
  readonly ok: boolean;
}

/** The two views of the system that are compared with the calculation. Counts are of distinct facts, progress left out. */
export interface Seen {
  readonly facts: Figures;
  readonly factCounts: { readonly orders: number; readonly shipments: number };
  readonly http: Figures;
}

const statuses = ['placed', 'fulfilled', 'cancelled'];
const parcelStatuses = ['draft', 'fulfilled', 'withdrawn'];
const phases = ['order_created', 'in_transit', 'delivered'];

/** Compares figure by figure, order by order and parcel by parcel. */
export function compare(wanted: Figures, seen: Seen): Comparison {
  const row = (label: string, of: (figures: Figures) => string): CheckRow => {
    const [a, b, c] = [of(wanted), of(seen.facts), of(seen.http)];
    return { label, wanted: a, facts: b, http: c, ok: a === b && a === c };
  };
  const months = [
    ...new Set([wanted, seen.facts, seen.http].flatMap(({ orders }) => Object.keys(orders.byMonth))),
  ];
  const rows = [
    row(statuses.join('/'), ({ orders }) => countsOf(orders.byStatus, statuses)),
    row(parcelStatuses.join('/'), ({ parcels }) => countsOf(parcels.byStatus, parcelStatuses)),
    row('created/transit/delivered', ({ parcels }) => countsOf(parcels.byPhase, phases)),
    row(
      'delivered late',
      ({ parcels: { late, delivered } }) => `${late}/${delivered}, ${percent(late, delivered)}`,
    ),
    row('overdue', ({ parcels }) => String(parcels.overdue)),
    factsRow(wanted, seen),
    row(`revenue of ${months.length} months, BRL`, ({ orders }) =>
      money(Object.values(orders.byMonth).reduce((sum, { cents }) => sum + cents, 0)),
    ),
    ...months.toSorted().map((month) =>
      row(`revenue of ${month}`, ({ orders }) => {
        const bucket = orders.byMonth[month];
        return bucket ? `${money(bucket.cents)} (${bucket.orders})` : '–';
      }),
    ),
  ];
  const differences = [
    ...differing('order', 'facts', wanted.orders.byOrder, seen.facts.orders.byOrder, toldOrder),
    ...differing('order', 'HTTP', wanted.orders.byOrder, seen.http.orders.byOrder, toldOrder),
    ...differing('parcel', 'facts', wanted.parcels.byOrder, seen.facts.parcels.byOrder, toldParcel),
    ...differing('parcel', 'HTTP', wanted.parcels.byOrder, seen.http.parcels.byOrder, toldParcel),
  ];
  return { rows, differences, ok: differences.length === 0 && rows.every(({ ok }) => ok) };
}

function factsRow(wanted: Figures, { factCounts }: Seen): CheckRow {
  const [a, b] = [
    [wanted.orders.facts, wanted.parcels.facts],
    [factCounts.orders, factCounts.shipments],
  ].map((counts) => counts.join(' / ')) as [string, string];
  return { label: 'facts besides progress', wanted: a, facts: b, http: '', ok: a === b };
}

function differing<T>(
  noun: 'order' | 'parcel',
  place: string,
  wanted: ReadonlyMap<string, T>,
  seen: ReadonlyMap<string, T>,
  told: (figure: T) => string,
): string[] {
  const name = noun === 'order' ? 'order' : 'the parcel of order';
  return [...wanted].flatMap(([number, figure]) => {
    const found = seen.get(number);
    if (!found) return [`${name} ${number} is missing in ${place}`];
    const [a, b] = [told(figure), told(found)];
    return a === b ? [] : [`${name} ${number} is ${b} in ${place}, wanted ${a}`];
  });
}

const toldOrder = ({ status, month, cents }: OrderFigure): string => `${status}, ${month}, ${money(cents)}`;

const toldParcel = (parcel: ParcelFigure): string =>
  [
    parcel.status,
    `${parcel.phase} since ${parcel.since}`,
    parcel.flag,
    `picked up ${parcel.pickedUpAt ?? '–'}`,
    `delivered ${parcel.deliveredAt ?? '–'}`,
    `due ${parcel.dueAt ?? '–'}`,
    `${parcel.events} events`,
  ].join(', ');

const countsOf = (counts: Readonly<Record<string, number>>, names: readonly string[]): string =>
  names.map((name) => counts[name] ?? 0).join(' / ');

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

/** Cents as `1 234.50`. */
export function money(cents: number): string {
  return `${grouped(Math.trunc(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
}

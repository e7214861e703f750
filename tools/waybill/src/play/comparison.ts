import type { Figures, OrderFigure } from '../olist/independent-figures';
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
  /** Orders that differ, one sentence each. */
  readonly differences: readonly string[];
  readonly ok: boolean;
}

/** The two views of the system that are compared with the calculation. `factCount` counts distinct facts. */
export interface Seen {
  readonly facts: Figures;
  readonly factCount: number;
  readonly http: Figures;
}

const statuses = ['placed', 'fulfilled', 'cancelled'] as const;

/** Compares figure by figure and order by order. */
export function compare(wanted: Figures, seen: Seen): Comparison {
  const row = (label: string, of: (figures: Figures) => string): CheckRow => {
    const [a, b, c] = [of(wanted), of(seen.facts), of(seen.http)];
    return { label, wanted: a, facts: b, http: c, ok: a === b && a === c };
  };
  const months = [...new Set([wanted, seen.facts, seen.http].flatMap(({ byMonth }) => Object.keys(byMonth)))];
  const rows = [
    row('orders', ({ orders }) => String(orders)),
    row(statuses.join(' / '), ({ byStatus }) => statuses.map((status) => byStatus[status] ?? 0).join(' / ')),
    {
      label: 'facts, each counted once',
      wanted: String(wanted.facts),
      facts: String(seen.factCount),
      http: '',
      ok: wanted.facts === seen.factCount,
    },
    row('revenue, BRL', (figures) =>
      money(Object.values(figures.byMonth).reduce((sum, { cents }) => sum + cents, 0)),
    ),
    ...months.toSorted().map((month) =>
      row(`revenue of ${month}`, ({ byMonth }) => {
        const bucket = byMonth[month];
        return bucket ? `${money(bucket.cents)} (${bucket.orders})` : '–';
      }),
    ),
  ];
  const differences = [
    ...differing('facts', wanted.byOrder, seen.facts.byOrder),
    ...differing('HTTP', wanted.byOrder, seen.http.byOrder),
  ];
  return { rows, differences, ok: differences.length === 0 && rows.every(({ ok }) => ok) };
}

function differing(
  place: string,
  wanted: ReadonlyMap<string, OrderFigure>,
  seen: ReadonlyMap<string, OrderFigure>,
): string[] {
  return [...wanted].flatMap(([number, figure]) => {
    const found = seen.get(number);
    if (!found) return [`order ${number} is missing in ${place}`];
    const [a, b] = [told(figure), told(found)];
    return a === b ? [] : [`order ${number} is ${b} in ${place}, wanted ${a}`];
  });
}

const told = ({ status, month, cents }: OrderFigure): string => `${status}, ${month}, ${money(cents)}`;

/** Cents as `1 234.50`. */
export function money(cents: number): string {
  return `${grouped(Math.trunc(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
}

import { pythonFigures, pythonScript } from '../olist/python-figures';
import type { ReportFigures } from '../olist/report-figures';
import { toldFigures } from './told-figures';

/** Reports of analytics against a calculation from the rows that shares no code with Waybill. */
export type FiguresCheck =
  | { readonly compared: number; readonly differences: readonly string[] }
  | { readonly skipped: string };

/** Nothing differs where nothing was compared. */
export const differencesOf = (check: FiguresCheck | undefined): readonly string[] =>
  check && 'differences' in check ? check.differences : [];

export interface FiguresRequest {
  /** Folder in the layout of the Olist data set. */
  readonly data: string;
  readonly shop: string;
  readonly limit?: number;
  readonly analyticsUrl: string;
  readonly signal: AbortSignal;
}

/** Compares report by report. `strangers`: how many orders the shop has beside the rows; they are in its reports, too. */
export async function checkFigures(request: FiguresRequest, strangers: number): Promise<FiguresCheck> {
  if (strangers > 0) return { skipped: `the shop has ${strangers} orders beside the rows` };
  const wanted = await pythonFigures(request.data, request.limit, request.signal);
  if (!wanted) return { skipped: `${pythonScript} needs python3, which is not there` };
  const [month = ''] = Object.keys(wanted.orders.by_month).toSorted();
  return compareFigures(
    wanted,
    await toldFigures(request, { currency: wanted.currency, month }, request.signal),
  );
}

/** Compares figure by figure, whatever name one of them has that the other has not. */
export function compareFigures(wanted: ReportFigures, told: ReportFigures): FiguresCheck {
  const [a, b] = [flat(wanted), flat(told)];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  const differing = names.filter((name) => a.get(name) !== b.get(name));
  return {
    compared: names.length,
    differences: differing.map(
      (name) => `report ${name} is ${shown(b.get(name))}, and ${shown(a.get(name))} by ${pythonScript}`,
    ),
  };
}

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

function flat(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (value === null || typeof value !== 'object') return new Map([[path.join(' '), value]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...flat(member, [...path, name])]));
}

import type { CellReport, Measures } from '../figures/cell';
import { type Report, reports } from '../figures/report-query';
import { type Fingerprint, fingerprintOf, reportOfPage, sumsByCell } from './fingerprint';
import { rangeOfPage } from './page';
import type { ComparableRollups } from './stores';

/** A measure that the generations do not agree about. */
export interface MeasureDifference {
  readonly report: Report;
  /** The cell in words: shop, day, and what it is narrowed to. */
  readonly cell: string;
  readonly measure: string;
  /** As decimal digits: money in minor units, durations in ms. */
  readonly live: string;
  readonly rebuilt: string;
}

export interface ReportComparison {
  readonly report: Report;
  /** SHA-256 of each. */
  readonly live: string;
  readonly rebuilt: string;
}

export interface Comparison {
  readonly reports: readonly ReportComparison[];
  /** Pages (shop, day and kind of cell) that differ. */
  readonly differingPages: number;
  /** The first of what differs. */
  readonly differences: readonly MeasureDifference[];
}

const shownDifferences = 20;

/** Compares two generations as of one point. Rejects with a {@link MovedOnError} where one of them is beyond it. */
export async function compare(
  live: ComparableRollups,
  rebuilt: ComparableRollups,
  cut: ReadonlyMap<string, number>,
): Promise<Comparison> {
  const ofLive = await fingerprintOf(live.scan(), cut);
  const ofRebuilt = await fingerprintOf(rebuilt.scan(), cut);
  const differing = differingPages(ofLive, ofRebuilt);
  const differences: MeasureDifference[] = [];
  for (const page of differing) {
    if (differences.length >= shownDifferences) break;
    const range = rangeOfPage(page);
    const [a, b] = [sumsByCell(await live.read(range)), sumsByCell(await rebuilt.read(range))];
    differences.push(...differencesOf(reportOfPage(page), a, b));
  }
  return {
    reports: reports.map((report) => ({
      report,
      live: ofLive.hashes[report],
      rebuilt: ofRebuilt.hashes[report],
    })),
    differingPages: differing.length,
    differences: differences.slice(0, shownDifferences),
  };
}

export const areEqual = ({ reports: compared }: Comparison): boolean =>
  compared.every(({ live, rebuilt }) => live === rebuilt);

function differingPages(live: Fingerprint, rebuilt: Fingerprint): string[] {
  const pages = new Set([...live.pages.keys(), ...rebuilt.pages.keys()]);
  return [...pages].filter((page) => live.pages.get(page) !== rebuilt.pages.get(page)).toSorted();
}

function differencesOf(
  report: Report,
  live: ReadonlyMap<string, Measures>,
  rebuilt: ReadonlyMap<string, Measures>,
): MeasureDifference[] {
  const cells = [...new Set([...live.keys(), ...rebuilt.keys()])].toSorted();
  return cells.flatMap((key) => {
    const [a, b] = [live.get(key) ?? {}, rebuilt.get(key) ?? {}];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
    const differing = names.filter((name) => (a[name] ?? 0n) !== (b[name] ?? 0n));
    return differing.map((measure) => ({
      report,
      cell: inWords(key),
      measure,
      live: String(a[measure] ?? 0n),
      rebuilt: String(b[measure] ?? 0n),
    }));
  });
}

/** A cell's key for people: `demo-shop 2026-01-10 orders all none EUR DE`. */
function inWords(key: string): string {
  const [shop, report, day, ...rest] = JSON.parse(key) as [string, CellReport, string, ...(string | null)[]];
  return [shop, day, report, ...rest.filter((part) => part !== null && part !== '')].join(' ');
}

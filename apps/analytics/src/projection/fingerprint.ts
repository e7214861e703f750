import { createHash } from 'node:crypto';
import { cellKey, type CellReport, type Contribution, type Measures } from '../figures/cell';
import { type Report, reports } from '../figures/report-query';
import { addTo, withoutZeros } from '../figures/tally';
import { pageOf, rangeOfPage } from './page';
import type { Rollup } from './stores';

/** What a generation says, in hashes. Neither the order nor the partitions of the facts are in it. */
export interface Fingerprint {
  /** SHA-256 of each report, over its pages. */
  readonly hashes: Readonly<Record<Report, string>>;
  /** SHA-256 of each page that has something in it. */
  readonly pages: ReadonlyMap<string, string>;
}

/** Somebody counted beyond the point at which the generations are compared: the comparison says nothing. */
export class MovedOnError extends Error {
  override readonly name = 'MovedOnError';

  constructor(
    readonly stream: string,
    /** The stream is counted up to here at least, perhaps by one who died of it: the others have to come here. */
    readonly next: number,
  ) {
    super(`${stream} is counted up to ${next}`);
  }
}

/**
 * Hashes a generation as of `cut`, the offsets below which each stream is counted. Rollups say themselves up to where
 * they count, so one that went on meanwhile is seen.
 */
export async function fingerprintOf(
  rollups: AsyncIterable<Rollup>,
  cut: ReadonlyMap<string, number>,
): Promise<Fingerprint> {
  const pages = new Map<string, string>();
  let open: { readonly page: string; readonly rollups: Rollup[] } | undefined;
  const close = () => {
    if (open) pages.set(open.page, digestOf(open.rollups));
  };
  for await (const rollup of rollups) {
    const { stream, offset, cell } = rollup;
    if (offset >= (cut.get(stream) ?? 0)) throw new MovedOnError(stream, offset + 1);
    const page = pageOf(cell);
    if (open?.page !== page) {
      close();
      if (pages.has(page)) throw new Error(`the page ${page} does not come in one piece`);
      open = { page, rollups: [] };
    }
    open.rollups.push(rollup);
  }
  close();
  for (const [page, digest] of pages) if (digest === empty) pages.delete(page);
  return { hashes: hashesOf(pages), pages };
}

/** Cells with their sums over all partitions, by key; what sums up to nothing is left out. */
export function sumsByCell(contributions: readonly Contribution[]): Map<string, Measures> {
  const sums = new Map<string, Record<string, bigint>>();
  for (const { cell, measures } of contributions) {
    const key = cellKey(cell);
    const sum = sums.get(key) ?? {};
    addTo(sum, measures);
    sums.set(key, sum);
  }
  const counted = [...sums].map(([key, sum]): [string, Measures] => [key, withoutZeros(sum)]);
  return new Map(counted.filter(([, sum]) => Object.keys(sum).length > 0));
}

/** The report that a page is a part of: what claims are divided by, and the orders that they affect, belong to claims. */
export function reportOfPage(page: string): Report {
  const { report }: { report: CellReport } = rangeOfPage(page);
  return reports.find((one) => one === report) ?? 'claims';
}

function digestOf(rollups: readonly Rollup[]): string {
  const lines = [...sumsByCell(rollups)].map(([key, sum]) => {
    const measures = Object.entries(sum).map(([name, value]) => JSON.stringify([name, String(value)]));
    return `${key} ${measures.toSorted().join(' ')}`;
  });
  return sha256(lines.toSorted());
}

function hashesOf(pages: ReadonlyMap<string, string>): Record<Report, string> {
  const byReport = Map.groupBy(pages, ([page]) => reportOfPage(page));
  const hashes = reports.map((report) => {
    const lines = (byReport.get(report) ?? []).map(([page, digest]) => `${page} ${digest}`);
    return [report, sha256(lines.toSorted())];
  });
  return Object.fromEntries(hashes) as Record<Report, string>;
}

const sha256 = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

const empty = sha256([]);

import { CommandFailure } from '../failure';

/** A row as analytics answers it (domain 9.5): `bucket`, `group`, and the measures of its report. */
export interface ReportRow {
  readonly bucket: string | null;
  readonly group: string | null;
  readonly currency?: string;
  readonly [member: string]: unknown;
}

/** What is asked; `search` by the names of the HTTP door, left out where undefined. */
export interface ReportQuestion {
  readonly report: string;
  readonly shop: string;
  readonly search: Readonly<Record<string, string | undefined>>;
}

const patienceMs = 30_000;

/** Asks the analytics service. Fails with the members that it finds at fault, named as the options are. */
export async function readReport(
  url: string,
  question: ReportQuestion,
  signal?: AbortSignal,
): Promise<ReportRow[]> {
  const text = await answerOf(url, question, 'application/json', signal);
  try {
    return JSON.parse(text) as ReportRow[];
  } catch {
    throw new CommandFailure(`${url} does not answer as analytics does`);
  }
}

/** The same as CSV, as it came. */
export const readReportCsv = (url: string, question: ReportQuestion): Promise<string> =>
  answerOf(url, question, 'text/csv');

async function answerOf(
  url: string,
  { report, shop, search }: ReportQuestion,
  accept: string,
  signal?: AbortSignal,
): Promise<string> {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const path = `/v1/shops/${encodeURIComponent(shop)}/analytics/${encodeURIComponent(report)}`;
  let response: Response;
  try {
    response = await fetch(`${url}${path}?${new URLSearchParams(given).toString()}`, {
      headers: { accept },
      signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new CommandFailure(`analytics at ${url} does not answer: ${reason}`);
  }
  const text = await response.text();
  if (response.ok) return text;
  throw new CommandFailure(faultOf(url, response.status, text), response.status === 422 ? 2 : 1);
}

interface ErrorBody {
  readonly message: string;
  readonly errors: readonly { readonly field: string; readonly msg: string }[];
}

function faultOf(url: string, status: number, text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as ErrorBody;
    const faults = errors.map(({ field, msg }) => `${optionOf(field)} ${msg}`);
    return faults.length > 0 ? faults.join('\n') : `analytics answers ${status}: ${message}`;
  } catch {
    return `${url} answers ${status}, and not as analytics does`;
  }
}

/** `group_by` as `--group-by`; what stands in the path is `slug` and `report`. */
const optionOf = (field: string): string =>
  field === 'slug' ? '--shop' : field === 'report' ? 'report' : `--${field.replaceAll('_', '-')}`;

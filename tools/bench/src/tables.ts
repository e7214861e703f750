import type { Latency } from './latency';
import { ratiosOf, type Spread, type Summary } from './medians';

/** A median, with least and most where they differ. */
export const told = ({ median, min, max }: Spread, digits = 0): string =>
  min === max
    ? median.toFixed(digits)
    : `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table in Markdown; figures stand right, from the third column on. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(heads),
  row(heads.map((_, i) => (i < 2 ? '---' : '---:'))),
  ...rows.map(row),
];

/** Rates, CPU and memory of all lanes, as a Markdown table. */
export const rateTable = (all: readonly Summary[]): string[] =>
  table(
    ['workload', 'lane', 'messages/s', 'service µs', 'broker µs', 'database µs', 'peak MB', 'load', 'rounds'],
    all.map(({ workload, lane, rate, serviceUs, brokerUs, databaseUs, peakMb, load, rounds }) => [
      workload,
      lane,
      told(rate),
      told(serviceUs),
      told(brokerUs),
      told(databaseUs),
      told(peakMb),
      told(load, 1),
      String(rounds),
    ]),
  );

/** How many times as many messages a second Waybill does, by workload. */
export function ratioTable(all: readonly Summary[]): string[] {
  const lanes = [...new Set(all.map(({ lane }) => lane))].filter((lane) => lane !== 'waybill');
  const ratios = lanes.map((lane) => ratiosOf(all, lane));
  const workloads = [...new Set(all.map(({ workload }) => workload))];
  return table(
    ['workload', 'Waybill ÷', ...lanes],
    workloads.map((workload) => [
      workload,
      '',
      ...ratios.map((ratio) => ratio.get(workload)?.toFixed(2) ?? '–'),
    ]),
  );
}

export const latencyTable = (all: readonly Latency[]): string[] =>
  table(
    ['lane', 'offered/s', 'sent', 'seen', 'p50 ms', 'p99 ms', 'max ms', 'load'],
    all.map(({ lane, offered, sent, seen, p50, p99, max, load }) => [
      lane,
      String(offered),
      String(sent),
      String(seen),
      String(p50),
      String(p99),
      String(max),
      load.toFixed(1),
    ]),
  );

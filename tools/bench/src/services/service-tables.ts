import type { Latency } from '../latency';
import type { Measured } from '../measure';
import { spreads, summaries } from '../medians';
import { rateTable, table, told } from '../tables';
import type { Answered } from './ask';
import type { Findings } from './measurement';

/** Everything that was measured, in the order in which it was. */
export interface All {
  readonly rates: readonly Measured[];
  readonly latencies: readonly Latency[];
  readonly answers: readonly Answered[];
}

export const together = (findings: readonly Findings[]): All => ({
  rates: findings.flatMap(({ rates = [] }) => rates),
  latencies: findings.flatMap(({ latencies = [] }) => latencies),
  answers: findings.flatMap(({ answers = [] }) => answers),
});

/** Spreads over the rounds, without the runs that are void. */
export const mediansOf = ({ rates, latencies, answers }: All) => ({
  rates: summaries(rates),
  latencies: spreads(
    latencies.filter(({ sent, seen }) => sent === seen),
    ({ lane }) => lane,
    ['p50', 'p99', 'max', 'load'],
  ),
  answers: spreads(
    answers.filter(({ faults }) => faults.length === 0),
    ({ what, orders, at }) => `${what}\n${orders}\n${at}`,
    ['rate', 'p50', 'p99', 'serviceUs', 'databaseUs', 'load'],
  ),
});

/** Three tables in Markdown. */
export function tablesOf({ rates, latencies, answers }: ReturnType<typeof mediansOf>): string[] {
  return [
    ...rateTable(rates),
    '',
    ...table(
      ['latency', 'orders/s', 'p50 ms', 'p99 ms', 'max ms', 'load', 'rounds'],
      latencies.map(({ first, rounds, p50, p99, max, load }) => [
        first.lane,
        String(first.offered),
        ...[p50, p99, max].map((one) => told(one)),
        told(load, 1),
        String(rounds),
      ]),
    ),
    '',
    ...table(
      [
        'answer',
        'orders',
        'at once',
        'requests/s',
        'p50 ms',
        'p99 ms',
        'service µs',
        'database µs',
        'load',
        'rounds',
      ],
      answers.map(({ first, rounds, rate, p50, p99, serviceUs, databaseUs, load }) => [
        first.what,
        String(first.orders),
        String(first.at),
        told(rate),
        told(p50, 1),
        told(p99, 1),
        told(serviceUs),
        told(databaseUs),
        told(load, 1),
        String(rounds),
      ]),
    ),
  ];
}

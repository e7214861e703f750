import { spreadOf } from '../medians';
import { table, told } from '../tables';
import type { Drain } from './drain';
import type { Join } from './join';

/** All that a run has measured; what was left out is missing. */
export interface Findings {
  readonly services?: Readonly<Record<string, readonly number[]>>;
  readonly up?: readonly number[];
  readonly joins?: readonly Join[];
  readonly drains?: readonly Drain[];
  /** Percent of a core, by service. */
  readonly idle?: Readonly<Record<string, number>>;
}

/** One line of the report: a figure, and below what it should be. */
export interface Finding {
  readonly what: string;
  readonly unit: 'ms' | '%';
  readonly values: readonly number[];
  readonly goal?: number;
}

export function findingsOf({
  services = {},
  up = [],
  joins = [],
  drains = [],
  idle = {},
}: Findings): Finding[] {
  const ofJoins = (what: string, member: keyof Join, goal?: number): Finding => ({
    what,
    unit: 'ms',
    values: joins.filter(({ faults }) => faults.length === 0).map((join) => Number(join[member])),
    ...(goal === undefined ? {} : { goal }),
  });
  const all: Finding[] = [
    ...Object.entries(services).map(([name, values]): Finding => ({
      what: `${name}: start to ready`,
      unit: 'ms',
      values,
      goal: 2000,
    })),
    { what: '`npm run up`, all built, to ready', unit: 'ms', values: up, goal: 10_000 },
    ofJoins('a second instance: start to partitions', 'startedToAssignedMs'),
    ofJoins('of that, sharing out the partitions', 'rebalanceMs', 2000),
    ofJoins('longest time without a fact meanwhile', 'gapMs', 1000),
    ofJoins('the same before', 'calmGapMs'),
    ofJoins('longest time without a fact of a partition', 'partitionGapMs', 1000),
    ofJoins('the same before', 'calmPartitionGapMs'),
    {
      what: 'SIGTERM at full load to the end',
      unit: 'ms',
      values: drains.filter(({ faults }) => faults.length === 0).map(({ ms }) => ms),
      goal: 2000,
    },
    ...Object.entries(idle).map(([name, percent]): Finding => ({
      what: `${name}: a core while idle`,
      unit: '%',
      values: [percent],
      goal: 1,
    })),
  ];
  return all.filter(({ values }) => values.length > 0);
}

/** Whether the median is below the goal. */
export const isMet = ({ values, goal = Infinity }: Finding): boolean => spreadOf(values).median < goal;

export const findingTable = (all: readonly Finding[]): string[] =>
  table(
    ['what', 'met', 'median (least–most)', 'goal', 'runs'],
    all.map((finding) => [
      finding.what,
      finding.goal === undefined ? '' : isMet(finding) ? 'yes' : '**no**',
      `${told(spreadOf(finding.values), finding.unit === '%' ? 2 : 0)} ${finding.unit}`,
      finding.goal === undefined ? '' : `< ${finding.goal} ${finding.unit}`,
      String(finding.values.length),
    ]),
  );

/** What makes a run void, or a promise broken. */
export const faultsIn = ({ joins = [], drains = [] }: Findings): string[] => [
  ...joins.flatMap(({ faults }) => faults.map((fault) => `join: ${fault}`)),
  ...drains.flatMap(({ faults }) => faults.map((fault) => `drain: ${fault}`)),
];

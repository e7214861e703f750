import { parser } from '@prometheus-io/lezer-promql';

/** A metric as /metrics shows it: `orders_total`, or a series of a histogram such as `orders_seconds_bucket`. */
export interface ExportedMetric {
  readonly isCounter: boolean;
  readonly labels: ReadonlySet<string>;
}
export type Exported = ReadonlyMap<string, ExportedMetric>;

/** What Prometheus adds to every series of a pod. */
const labelsOfScraping = ['namespace', 'pod', 'container', 'instance', 'job'];
const wantCounters = new Set(['rate', 'irate', 'increase']);

/** What a rule checker would say: syntax, metrics and labels that nobody exports, rates of what is no counter. */
export function promqlFaults(expression: string, exported: Exported): string[] {
  const faults: string[] = [];
  const metrics: ExportedMetric[] = [];
  const grouped: string[] = [];
  const functions: string[] = [];
  const textOf = ({ from, to }: { from: number; to: number }) => expression.slice(from, to);
  let metric: ExportedMetric | undefined;
  let isGrouping = false;
  parser.parse(expression).iterate({
    enter(node) {
      const text = textOf(node);
      if (node.type.isError) faults.push(`does not parse at ${node.from}`);
      else if (node.name === 'FunctionCall') functions.push(text.slice(0, text.indexOf('(')).trim());
      else if (node.name === 'GroupingLabels') isGrouping = true;
      else if (node.name === 'Identifier') {
        metric = exported.get(text);
        if (!metric) faults.push(`no service exports ${text}`);
        else metrics.push(metric);
        const by = functions.at(-1) ?? '';
        if (metric && wantCounters.has(by) && !metric.isCounter)
          faults.push(`${by} of ${text}, which is no counter`);
      } else if (node.name === 'LabelName' && isGrouping) grouped.push(text);
      else if (node.name === 'LabelName' && metric && !hasLabel(metric, text))
        faults.push(`there is no label ${text} at ${expression.slice(node.from, node.to + 8)}`);
    },
    leave(node) {
      if (node.name === 'FunctionCall') functions.pop();
      else if (node.name === 'GroupingLabels') isGrouping = false;
    },
  });
  for (const label of grouped)
    if (!metrics.some((one) => hasLabel(one, label))) faults.push(`no metric here has the label ${label}`);
  return faults;
}

const hasLabel = ({ labels }: ExportedMetric, name: string): boolean =>
  labels.has(name) || labelsOfScraping.includes(name);

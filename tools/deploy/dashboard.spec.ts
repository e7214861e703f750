import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedMetrics } from './exported-metrics.spec-data';
import { promqlFaults } from './promql';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

const file = join(__dirname, '../../deploy/observability/dashboard.json');
const dashboard = JSON.parse(readFileSync(file, 'utf8')) as Dashboard;
const exported = exportedMetrics();
const panels = dashboard.panels.filter(({ type }) => type !== 'row');

it('is what dashboard.mjs makes', () => {
  const made = execFileSync(process.execPath, [join(__dirname, 'dashboard.mjs')], { encoding: 'utf8' });
  expect(dashboard).toEqual(JSON.parse(made));
});

it.each(panels.map(({ title, targets }) => ({ title, targets: targets ?? [] })))(
  'asks for what the services export: $title',
  ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr, legendFormat } of targets) {
      expect(promqlFaults(expr.replaceAll('$__rate_interval', '5m'), exported)).toEqual([]);
      const told = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      // without an aggregation all labels are there
      const kept = / by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? told;
      expect(kept).toEqual(expect.arrayContaining(told));
    }
  },
);

it('shows every metric of ours', () => {
  const asked = JSON.stringify(panels);
  const ours = [...exported.keys()].filter((name) => /^waybill_.*(?<!_sum|_count|_bucket)$/.test(name));
  expect(ours.length).toBeGreaterThan(9);
  expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
});

it('lays its panels out side by side', () => {
  const taken = new Set<string>();
  for (const { gridPos } of dashboard.panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(x).toBeLessThan(24);
        expect(taken.has(`${x} ${y}`)).toBe(false);
        taken.add(`${x} ${y}`);
      }
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});

it('chooses services by a metric and a label that there are', () => {
  const queries = new Map(dashboard.templating.list.map(({ name, query }) => [name, query]));
  const [, metric = '', label = ''] =
    /^label_values\((\w+), (\w+)\)$/.exec(queries.get('service') ?? '') ?? [];
  expect(exported.get(metric)?.labels).toContain(label);
});

// what a command says ends up in no label: each of these has few values
it('has no label that could name a person', () => {
  const labels = new Set([...exported.values()].flatMap((metric) => [...metric.labels]));
  const known =
    'service topic partition type outcome key kind reason method route status le space version major minor patch';
  expect(labels).toEqual(new Set(known.split(' ')));
});

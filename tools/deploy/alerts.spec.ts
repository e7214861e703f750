import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { exportedMetrics } from './exported-metrics.spec-data';
import type { Manifest } from './kustomize';
import { symptomsOf } from './on-call.spec-data';
import { ruleFaults } from './rule-faults';
import { schemaFaults } from './schema-faults.spec-data';

const folder = join(__dirname, '../../deploy/observability');
const load = (file: string) => parse(readFileSync(join(folder, file), 'utf8')) as Manifest;
const exported = exportedMetrics();
const symptoms = new Set(symptomsOf().map(({ anchor }) => anchor));

it('follow the schemas of the operator', () => {
  expect(schemaFaults([load('alerts.yaml'), load('pod-monitor.yaml')])).toEqual([]);
});

it('ask for what the services export, and lead to a symptom', () => {
  expect(ruleFaults(load('alerts.yaml'), exported, symptoms)).toEqual([]);
});

it('are all tried in the tests for promtool', () => {
  const names = (load('alerts.yaml')['spec'].groups as Manifest[]).flatMap(({ rules }) =>
    (rules as Manifest[]).map(({ alert }) => String(alert)),
  );
  const tests = JSON.stringify(load('alerts.test.yaml'));
  expect(names.filter((name) => !tests.includes(`alertname=\\"${name}\\"`))).toEqual([]);
});

it('are asked of the port that serves the metrics', () => {
  const { spec } = load('pod-monitor.yaml');
  const everyService = readFileSync(join(folder, '../base/every-service.yaml'), 'utf8');
  expect(everyService).toContain(`name: ${spec.podMetricsEndpoints[0].port}`);
  expect(readFileSync(join(__dirname, '../../libs/service/src/probes.controller.ts'), 'utf8')).toContain(
    `@Get('${String(spec.podMetricsEndpoints[0].path).slice(1)}')`,
  );
});

describe('a rule that is broken is found', () => {
  type Rule = Record<string, unknown>;
  const good: Rule = {
    alert: 'Held',
    expr: 'max by (service) (waybill_partitions_held) > 0',
    labels: { severity: 'page' },
    annotations: { summary: 'held', runbook_url: 'https://x/docs/on-call.md#lag-grows' },
  };
  const planted = (...rules: Rule[]): Manifest => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'planted' },
    spec: { groups: [{ name: 'planted', rules }] },
  });
  const faultsOf = (...rules: Rule[]) => ruleFaults(planted(...rules), exported, new Set(['lag-grows']));

  it('and one that is not is none', () => {
    expect(faultsOf(good)).toEqual([]);
    expect(schemaFaults([planted(good)])).toEqual([]);
  });

  it.each<[string, Rule, RegExp]>([
    ['syntax', { expr: 'sum by (service) (rate(waybill_dead_letters_total[5m]) > 0' }, /does not parse/],
    ['a metric', { expr: 'waybill_partitions_hold > 0' }, /no service exports waybill_partitions_hold/],
    ['a histogram', { expr: 'waybill_batch_records > 0' }, /no service exports waybill_batch_records$/],
    ['a label', { expr: 'waybill_dead_letters_total{type="x"} > 0' }, /there is no label type/],
    [
      'a grouping',
      { expr: 'max by (topic) (waybill_partitions_held) > 0' },
      /no metric here has the label topic/,
    ],
    [
      'a rate of a gauge',
      { expr: 'rate(waybill_partitions_held[5m]) > 0' },
      /rate of .*, which is no counter/,
    ],
    ['a severity', { labels: { severity: 'critical' } }, /severity is page or ticket/],
    ['no runbook', { annotations: { summary: 'x' } }, /no runbook_url/],
    [
      'a runbook without its symptom',
      { annotations: { summary: 'x', runbook_url: 'https://x/docs/on-call.md#nothing' } },
      /has no #nothing/,
    ],
    [
      'a label that the expression drops',
      { annotations: { ...(good['annotations'] as object), summary: '{{ $labels.topic }}' } },
      /names a label topic/,
    ],
  ])('%s', (_, broken, fault) => {
    expect(faultsOf({ ...good, ...broken })).toEqual([expect.stringMatching(fault)]);
  });

  it('two of one name', () => {
    expect(faultsOf(good, good)).toEqual(['Held: is there twice']);
  });

  it.each<[string, Rule]>([
    ['for', { for: 'soon' }],
    ['expression', { expr: { of: 'waybill' } }],
    ['member', { severity: 'page' }],
  ])('by the schema: its %s', (_, broken) => {
    expect(schemaFaults([planted({ ...good, ...broken })])).not.toEqual([]);
  });
});

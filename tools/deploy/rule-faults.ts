import type { Manifest } from './kustomize';
import { type Exported, promqlFaults } from './promql';

/** What is wrong with the alerts of a PrometheusRule that its schema cannot see. `symptoms`: anchors of docs/on-call.md. */
export function ruleFaults(rules: Manifest, exported: Exported, symptoms: ReadonlySet<string>): string[] {
  const alerts = (rules['spec'].groups as Manifest[]).flatMap(({ rules: own }) => own as Manifest[]);
  const names = alerts.map(({ alert }) => String(alert));
  const twice = names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${name}: is there twice`);
  return [...twice, ...alerts.flatMap((rule) => alertFaults(rule, exported, symptoms))];
}

function alertFaults(
  { alert, expr, labels = {}, annotations = {} }: Manifest,
  exported: Exported,
  symptoms: ReadonlySet<string>,
): string[] {
  const faults = promqlFaults(String(expr), exported);
  if (!['page', 'ticket'].includes(String(labels.severity))) faults.push('severity is page or ticket');
  const [, symptom] = /\/docs\/on-call\.md#([a-z-]+)$/.exec(String(annotations.runbook_url)) ?? [];
  if (symptom === undefined) faults.push('no runbook_url leads to docs/on-call.md');
  else if (!symptoms.has(symptom)) faults.push(`docs/on-call.md has no #${symptom}`);
  const told = [...String(annotations.summary ?? '').matchAll(/\$labels\.(\w+)/g)].map(
    ([, name = '']) => name,
  );
  for (const label of told)
    if (!String(expr).includes(label))
      faults.push(`the summary names a label ${label} that the expression drops`);
  if (!annotations.summary) faults.push('there is no summary');
  return faults.map((fault) => `${alert}: ${fault}`);
}

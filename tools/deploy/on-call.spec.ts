import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { program } from '../waybill/src/program';
import { exportedMetrics } from './exported-metrics.spec-data';
import type { Manifest } from './kustomize';
import { symptomsOf } from './on-call.spec-data';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/on-call.md');
const symptoms = symptomsOf(page);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const quoted = [...page.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll(/\s+/g, ' '));
const commands = [...new Set(quoted.filter((text) => text.startsWith('npm run waybill -- ')))];

/** What is wrong with a call of the command line, by the command line itself. */
function faultsOf(call: string): string[] {
  const words = call.replace('npm run waybill -- ', '').split(' ');
  let command: Command = program();
  for (let next = named(command, words[0]); next; next = named(command, words[0])) {
    command = next;
    words.shift();
  }
  if (command.commands.length > 0) return [`${call}: no such command`];
  const faults: string[] = [];
  const given: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const option = command.options.find(({ long }) => long === word);
    if (!word.startsWith('--')) given.push(word);
    else if (!option) faults.push(`${call}: no option ${word}`);
    else if (option.required) {
      const value = words.shift() ?? '';
      if (option.argChoices && !option.argChoices.includes(value))
        faults.push(`${call}: ${word} is not ${value}`);
    }
  }
  const most = command.registeredArguments.length;
  const least = command.registeredArguments.filter(({ required }) => required).length;
  if (given.length < least || given.length > most) faults.push(`${call}: ${given.length} arguments`);
  return faults;
}

const named = ({ commands: known }: Command, word?: string): Command | undefined =>
  known.find((command) => command.name() === word);

it('has ten symptoms or more, each with what is seen, where to look, what to do, and what was tried', () => {
  expect(symptoms.length).toBeGreaterThanOrEqual(10);
  for (const { text } of symptoms)
    for (const part of ['**Seen.**', '**Look.**', '**Do.**', '_Tried:_']) expect(text).toContain(part);
});

it('quotes commands as they can be called', () => {
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.flatMap(faultsOf)).toEqual([]);
});

it.each([
  ['npm run waybill -- dead-letters lst', /no such command/],
  ['npm run waybill -- lag --topics', /no option --topics/],
  ['npm run waybill -- positions rewind --service analytics', /--service is not analytics/],
  ['npm run waybill -- copies forget', /0 arguments/],
])('would find that %s cannot be', (call, fault) => {
  expect(faultsOf(call)).toEqual([expect.stringMatching(fault)]);
});

it('names scripts that there are', () => {
  const names = quoted.flatMap((text) => /^npm run (?:-s )?([a-z:-]+)/.exec(text)?.[1] ?? []);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(names));
});

it('names metrics, variables and log lines that there are', () => {
  const metrics = quoted.filter((text) => /^waybill_[a-z_]+$/.test(text));
  expect([...exportedMetrics().keys()]).toEqual(expect.arrayContaining(metrics));
  const variables = quoted.flatMap((text) => /^(?:KAFKA|MONGODB|WAYBILL|OTEL|LOG)_[A-Z_]+/.exec(text) ?? []);
  const readmes = ['orders', 'shipments'].map((app) => read(`apps/${app}/README.md`)).join('\n');
  expect(variables.filter((name) => !readmes.includes(name))).toEqual([]);
  const sources = [
    'libs/service/src/start-service.ts',
    'libs/service/src/tracing/service-tracing.ts',
    'libs/messaging/src/watched-group.ts',
    'libs/aggregates/src/told-reports.ts',
    'libs/aggregates/src/preflight.ts',
    'apps/analytics/src/projection/feed-witness.ts',
  ].map(read);
  const lines = quoted.filter((text) =>
    /^(?:the service|a batch|a message|a reply|facts are|traces) /.test(text),
  );
  expect(lines.length).toBeGreaterThan(6);
  expect(lines.filter((line) => !sources.some((source) => source.includes(line)))).toEqual([]);
});

it('is led to by every alert, and names each one', () => {
  const { spec } = parse(read('deploy/observability/alerts.yaml')) as Manifest;
  const alerts = (spec.groups as Manifest[]).flatMap(({ rules }) => rules as Manifest[]);
  expect(alerts.length).toBeGreaterThan(8);
  for (const { alert, annotations } of alerts) {
    const symptom = symptoms.find(({ anchor }) => String(annotations.runbook_url).endsWith(`#${anchor}`));
    expect(symptom?.text).toContain(`\`${alert}\``);
  }
});

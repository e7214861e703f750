import { type Control, type Found, isConfirmed } from '@waybill/aggregates/simulated';
import { Crew } from './crew';
import type { ControlJob } from './jobs';
import { say } from './progress';
import { writeResult } from './result-file';

/** Takes each rule out until a history goes wrong; true: each of them was missed. */
export async function runControls(controls: readonly Control[], jobs: number, out: string): Promise<boolean> {
  const found = new Map<string, Found>();
  await new Crew<ControlJob, Found>({ size: Math.min(jobs, controls.length) }).run(
    controls.map((control) => ({ kind: 'control', control })),
    (one) => {
      found.set(one.rule, one);
      say(
        one.seeds === null ? `${one.rule}: nothing found` : `${one.rule}: found with seed ${one.seeds - 1}`,
      );
    },
  );
  const rows = controls.map((control) => {
    const { seeds = null, wrong = '' } = found.get(control.rule) ?? {};
    return { ...control, seeds, wrong, isConfirmed: isConfirmed(control, { seeds }) };
  });
  const table = rows.map(({ rule, leavesOut, weather, withinSeeds, onlyForSpeed, seeds, wrong }) => [
    rule,
    leavesOut,
    weather,
    seeds === null ? `none of ${withinSeeds}` : String(seeds),
    onlyForSpeed && seeds === null ? 'nothing, as it should be: it is only slower' : wrong.slice(0, 100),
  ]);
  for (const line of aligned([['rule', 'without', 'weather', 'seeds', 'what goes wrong'], ...table]))
    console.log(line);
  writeResult(out, 'controls', { controls: rows });
  const missing = rows.flatMap(({ rule, isConfirmed: is }) => (is ? [] : [rule]));
  if (missing.length > 0) console.log(`\nNot confirmed: ${missing.join(', ')}`);
  return missing.length === 0;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

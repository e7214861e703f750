import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { listOption } from '../option-values';
import { writeResult } from '../result-file';
import { curves } from './curves';
import { growthTables } from './growth-tables';
import { pictureOf } from './pictures';
import type { Point } from './point';

interface GrowthOptions {
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly plot?: boolean;
  readonly only: readonly string[];
  readonly out: string;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export const growthCommand = (): Command =>
  new Command('growth')
    .description(
      'measures how cost grows with what waits, with what is stored, and with what works; a quarter of an hour',
    )
    .option('--quick', 'small sizes: some minutes')
    .option('--full', 'a million messages and a million orders, too')
    .addOption(listOption('--only <names>', 'some of the curves', curves))
    .option('--plot', 'measures nothing: draws docs/growth-NAME.svg from the result that is there')
    .option('--out <file>', 'where the result is, as JSON', 'tmp/bench-growth.json')
    .action(run);

async function run({ quick = false, full = false, plot = false, only, out }: GrowthOptions): Promise<void> {
  const chosen = curves.filter(({ name }) => only.includes(name));
  if (plot) return draw((JSON.parse(readFileSync(out, 'utf8')) as { points: Point[] }).points);
  const extent = full ? 'full' : quick ? 'quick' : 'usual';
  const points: Point[] = [];
  for (const curve of chosen)
    for await (const point of curve.measure(extent)) {
      points.push(point);
      say(gist(point));
      // a run of an hour must not be lost by what fails at its end
      writeResult(out, { extent, points });
    }
  console.log(growthTables(chosen, points).join('\n'));
  if (points.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

function draw(points: readonly Point[]): void {
  for (const curve of curves.filter(({ name }) => points.some((point) => point.curve === name))) {
    const file = join('docs', `growth-${curve.name}.svg`);
    writeFileSync(file, pictureOf(curve, points));
    say(`written: ${file}`);
  }
}

const gist = ({ curve, series, x, figures, load, faults }: Point): string =>
  `${curve} ${x}, ${series}: ${faults.length > 0 ? `VOID, ${faults.join('; ')}` : JSON.stringify(figures)}, load ${load}`;

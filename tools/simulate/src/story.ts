import {
  type Control,
  type Plan,
  planOf,
  play,
  shrink,
  type WeatherName,
  weathers,
} from '@waybill/aggregates/simulated';
import { weatherOf } from './jobs';

/** Plays one seed; if it goes wrong, looks for a smaller history that goes wrong in the same way, and tells that one. */
export async function tellSeed(
  seed: number,
  among: readonly WeatherName[],
  control?: Control,
): Promise<boolean> {
  const weather = control?.weather ?? weatherOf(seed, among);
  const without = control ? [control.rule] : [];
  const plan = planOf(seed, weathers[weather]);
  const { wrong, turns, faults } = await play(plan, { without });
  const rule = control ? ` without ${control.leavesOut}` : '';
  if (wrong.length === 0) {
    console.log(`seed ${seed}, ${weather}${rule}: ${turns} turns with ${faults} faults, nothing is wrong`);
    return true;
  }
  console.log(`seed ${seed}, ${weather}${rule}: ${wrong[0]}`);
  const small = await shrink(plan, without);
  console.log(`${sizeOf(plan, faults)}; smaller: ${sizeOf(small.plan, small.plan.mostFaults)}\n`);
  await play(small.plan, { without, tell: (line) => console.log(line) });
  console.log(`\nWrong: ${small.wrong.join('\n       ')}`);
  return false;
}

const sizeOf = ({ commands, withoutRoles }: Plan, faults: number): string =>
  `${commands.length} commands, ${faults} faults${withoutRoles.length > 0 ? `, no ${withoutRoles.join(', no ')}` : ''}`;

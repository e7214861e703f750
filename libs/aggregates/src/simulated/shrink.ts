import type { Rule } from '../rules';
import { play } from './history';
import type { Plan } from './plan';
import type { Role } from './worker';

export interface Shrunk {
  readonly plan: Plan;
  readonly wrong: readonly string[];
}

/** Each smaller history is tried in so many orders of its turns: leaving one command out shifts all that comes after it. */
const schedules = 10;
const mostHistories = 3000;

/** What went wrong, whoever it went wrong with. */
const kindOf = (wrong: string | undefined): string => (wrong ?? '').replace(/\d+|"[^"]*"/g, '#').slice(0, 60);

/** Makes a history that goes wrong smaller, in commands, faults and workers, as long as it goes wrong in the same way. */
export async function shrink(plan: Plan, without: readonly Rule[] = []): Promise<Shrunk> {
  const first = await play(plan, { without });
  return new Shrinking({ plan, wrong: first.wrong }, without).run();
}

class Shrinking {
  private left = mostHistories;
  private readonly kind: string;

  constructor(
    private best: Shrunk,
    private readonly without: readonly Rule[],
  ) {
    this.kind = kindOf(best.wrong[0]);
  }

  async run(): Promise<Shrunk> {
    for (let isSmaller = true; isSmaller && this.left > 0;) {
      isSmaller = false;
      for (const candidate of candidatesOf(this.best.plan))
        if (await this.accept(candidate)) {
          isSmaller = true;
          break;
        }
    }
    return this.best;
  }

  private async accept(candidate: Plan): Promise<boolean> {
    for (let schedule = 0; schedule < schedules && this.left-- > 0; schedule++) {
      const plan = { ...candidate, schedule: schedule === 0 ? candidate.schedule : schedule };
      const { wrong, faults } = await play(plan, { without: this.without });
      if (kindOf(wrong[0]) !== this.kind) continue;
      this.best = { plan: { ...plan, mostFaults: Math.min(faults, plan.mostFaults) }, wrong };
      return true;
    }
    return false;
  }
}

/** What nobody but the oracle would miss. */
const droppable: readonly Role[] = ['reaction', 'projection'];

function* candidatesOf(plan: Plan): Generator<Plan> {
  const { commands, withoutRoles, weather } = plan;
  for (const role of droppable)
    if (!withoutRoles.includes(role)) yield { ...plan, withoutRoles: [...withoutRoles, role] };
  for (let size = commands.length >> 1; size >= 1; size >>= 1)
    for (let from = 0; from < commands.length; from += size)
      yield { ...plan, commands: commands.toSpliced(from, size) };
  const most = Math.min(plan.mostFaults, 64);
  for (const mostFaults of [most >> 2, most >> 1, most - 1])
    if (mostFaults >= 0 && mostFaults < plan.mostFaults) yield { ...plan, mostFaults };
  for (const batch of [1, weather.batch - 1])
    if (batch >= 1 && batch < weather.batch) yield { ...plan, weather: { ...weather, batch } };
  for (const [i, command] of commands.entries())
    if (command.copies > 1) yield { ...plan, commands: commands.with(i, { ...command, copies: 1 }) };
}

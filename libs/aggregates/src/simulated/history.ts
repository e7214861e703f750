import { type InputRecord, readDeadLetter } from '@waybill/messaging';
import type { Rule } from '../rules';
import type { Verdict } from './actor';
import { type Coverage, troublesOf } from './coverage';
import { redrive } from './operator';
import { violations } from './oracle';
import { checkExpired } from './oracle-kept';
import { type Plan, planOf } from './plan';
import { Random } from './random';
import { toldFault, toldStep } from './story';
import { topics } from './topics';
import type { Weather } from './weather';
import type { Worker } from './worker';
import { World } from './world';

export interface Options {
  readonly without?: readonly Rule[];
  readonly coverage?: Coverage;
  /** Takes the story line by line. */
  readonly tell?: (line: string) => void;
}

export interface Course {
  /** What is wrong with it, in words; nothing: []. */
  readonly wrong: readonly string[];
  readonly turns: number;
  readonly faults: number;
}

const mostTurns = 12_000;
/** After the last command was sent, there is trouble for at least so many turns in all. */
const roughTurnsOfCommand = 25;
/** How long a scan is kept where scans end. */
const keptForTurns = 60;
/** Looks of the sweeps when nothing else happens any more: several, as one may keep again what another sent on. */
const lastSweeps = 6;

/** Calls that few histories make: trouble finds them more often, or hardly any history would come through it. */
const rareKinds: ReadonlySet<string> = new Set(['keep back', 'remove kept', 'note told']);

/** Runs one seeded history to its rest and answers what is wrong with it. */
export async function runHistory(
  seed: number,
  weather: Weather,
  without: readonly Rule[] = [],
): Promise<readonly string[]> {
  return (await play(planOf(seed, weather), { without })).wrong;
}

export const play = (plan: Plan, options: Options = {}): Promise<Course> => new History(plan, options).run();

class History {
  private readonly random: Random;
  private readonly world: World;
  private readonly coverage: Coverage | undefined;
  private readonly late: (() => Promise<unknown>)[] = [];
  private readonly toSend: Plan['commands'][number][];
  private faults = 0;
  private isRough = true;
  private sweeps = 0;
  private isClosed = false;
  private isRedriven = false;

  constructor(
    private readonly plan: Plan,
    { without = [], coverage, tell }: Options,
  ) {
    this.random = new Random(plan.seed + 7919 * plan.schedule + 1);
    this.coverage = coverage;
    this.toSend = [...plan.commands];
    this.world = new World(plan, this.random, new Set(without), (line) =>
      tell?.(`${String(this.world.turn).padStart(5)}  ${line()}`),
    );
  }

  async run(): Promise<Course> {
    const { world } = this;
    if (this.plan.weather.expiry) world.keepForTurns = keptForTurns;
    world.crew.startAll();
    for (world.turn = 1; world.turn < mostTurns; world.turn++) if (!(await this.turn())) return this.end([]);
    return this.end(['the history did not come to rest']);
  }

  private end(wrong: readonly string[]): Course {
    const { world, faults } = this;
    return { wrong: [...wrong, ...violations(world)], turns: world.turn, faults };
  }

  /** False: nothing is left to be done. */
  private async turn(): Promise<boolean> {
    const { world, random, plan } = this;
    const next = random.chance(0.15) ? this.toSend.shift() : undefined;
    if (next) {
      world.send(next);
      return true;
    }
    if (this.isRough && this.toSend.length === 0 && world.turn > roughTurnsOfCommand * plan.commands.length)
      this.calmDown();
    if (this.isRough) this.disturb();
    if (this.late.length > 0 && random.chance(0.04)) await this.arrive();
    else {
      const { working, sweeps } = world.crew.ready();
      const isSweepDue = sweeps.length > 0 && world.kept.kept.size > 0 && random.chance(plan.weather.sweep);
      if (isSweepDue) await this.give(random.pick(sweeps));
      else if (working.length > 0) await this.give(random.pick(working));
      else if (!this.isRough && !(await this.rest(sweeps))) return false;
    }
    // everything that the turn set free runs up to its next call
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    return true;
  }

  /** Nobody has anything to do: what is late arrives, sweeps look, the last is sent, the operator sends back what was set aside. */
  private async rest(sweeps: readonly Worker[]): Promise<boolean> {
    const { world, random } = this;
    if (this.late.length > 0) await this.arrive();
    else if (sweeps.length > 0 && world.kept.kept.size > 0 && this.sweeps++ < lastSweeps)
      await this.give(random.pick(sweeps));
    else if (!this.isClosed && this.plan.last.length > 0) {
      this.isClosed = true;
      this.sweeps = 0;
      for (const command of this.plan.last) world.send(command);
    } else {
      const letters = this.toRedrive();
      if (!this.isRedriven && letters.length > 0) world.found.push(...checkExpired(world, letters));
      for (const letter of letters) redrive(world, letter);
      this.isRedriven = true;
      this.sweeps = 0;
      return letters.length > 0;
    }
    return true;
  }

  /** Everything once; then, in whatever order, what still waits in a line. */
  private toRedrive(): readonly InputRecord[] {
    const letters = this.world.log.all(topics.deadLetters);
    if (!this.isRedriven) return letters;
    const lines = [...this.world.store.documents.values()].map(({ id, parked }) => [id, parked] as const);
    const first = new Map(
      lines.flatMap(([id, mark]) => (mark && mark.first < mark.next ? [[id, mark.first]] : [])),
    );
    return letters.filter((letter) => {
      const { parked } = readDeadLetter(letter);
      return parked !== undefined && parked.number >= (first.get(parked.aggregateId) ?? Infinity);
    });
  }

  private async arrive(): Promise<void> {
    const [request] = this.late.splice(this.random.below(this.late.length), 1);
    this.world.tell(() => 'a request of before arrives');
    await request?.().catch(() => undefined);
  }

  private async give(worker: Worker): Promise<void> {
    const { world, random, coverage } = this;
    const step = worker.before;
    const verdict = step ? this.verdictOn(step.kind, worker) : 'run';
    const { role } = worker.assignment;
    const successor = world.crew.successorOf(worker);
    if (step && successor !== undefined) coverage?.late(role, step.kind, successor?.kind);
    if (step && verdict !== 'run') coverage?.crash(role, step.kind, verdict);
    world.tell(() => toldStep(worker, step, verdict, successor !== undefined));
    await worker.give(verdict, random, (request) => this.late.push(request));
    if (verdict.startsWith('kill')) world.crew.kill(worker.process);
    const { slow, slowAfter } = this.plan.weather;
    if (this.isRough && random.chance(slowAfter?.[step?.kind ?? ''] ?? slow))
      worker.pausesUntil = world.turn + 20 + random.below(150);
  }

  private verdictOn(kind: string, { process }: Worker): Verdict {
    const { kill, lose } = this.plan.weather;
    const { random } = this;
    const x = random.next() / (rareKinds.has(kind) ? 4 : 1);
    if (!this.isRough || x >= kill + lose || this.faults >= this.plan.mostFaults) return 'run';
    this.faults++;
    const wanted = x < kill && !this.world.crew.mustStay(process) ? 'kill' : 'lose';
    const able = troublesOf(kind).filter((trouble) => trouble.startsWith(wanted));
    return random.pick(able) as Verdict;
  }

  private calmDown(): void {
    const { world } = this;
    this.isRough = false;
    world.crew.mend();
    world.keepForTurns = Infinity;
    world.crew.hurry();
    for (const process of world.crew.asleep) world.crew.wake(process);
    world.tell(() => 'from here on nothing fails any more');
  }

  /** What happens to processes and groups, whatever they are doing. */
  private disturb(): void {
    const { world, random, plan } = this;
    const { weather } = plan;
    const { crew } = world;
    if (crew.asleep.length > 0 && random.chance(0.03)) {
      const process = random.pick(crew.asleep);
      crew.wake(process);
      world.tell(() => `process ${process.number} goes on`);
    }
    if (weather.poison > 0 && random.chance(0.01)) this.redriveOne();
    if (this.faults >= plan.mostFaults) return;
    if (random.chance(weather.stall)) {
      const process = crew.awake();
      if (crew.mustStay(process)) return;
      this.note(
        'stall',
        process.workers.filter(({ dead }) => !dead),
      );
      crew.stall(process);
    } else if (random.chance(weather.move)) this.move(crew.owner());
    else if (random.chance(weather.rewind)) {
      const worker = crew.owner();
      world.group.reset(worker.place, random.below(world.group.offset(worker.place) + 1));
      this.move(worker);
    }
  }

  private move(worker: Worker): void {
    const { crew } = this.world;
    if (crew.isSettled(worker)) return;
    this.note('move', [worker]);
    crew.assign(worker.assignment);
  }

  private note(kind: 'stall' | 'move', workers: readonly Worker[]): void {
    this.faults++;
    for (const { before, assignment } of workers)
      if (before) this.coverage?.crash(assignment.role, before.kind, kind);
    const [first] = workers;
    if (first) this.world.tell(() => toldFault(first, kind));
  }

  private redriveOne(): void {
    const letters = this.world.log.all(topics.deadLetters);
    if (letters.length > 0) redrive(this.world, this.random.pick(letters));
  }
}

import type { Step } from './actor';
import { SimulatedProcess } from './process';
import { topics } from './topics';
import { type Assignment, placeOf, type Role, Worker, work } from './worker';
import type { World } from './world';

const mostProcesses = 3;

/** The processes of a history, and which of them has which partitions. */
export class Crew {
  readonly processes: SimulatedProcess[] = [];
  private workers: Worker[] = [];
  private started = 0;
  private sessions = 0;

  constructor(private readonly world: World) {}

  startAll(): void {
    const { log, without, plan } = this.world;
    const isSweeping = plan.weather.kinds.includes('scan') && !without.has('sweep');
    for (let partition = 0; partition < log.partitions; partition++) {
      this.begin('command', topics.commands, partition);
      this.begin('reaction', topics.events, partition);
      // negative control: a group of its own for the facts with even numbers
      if (without.has('one-reaction-group')) this.begin('reaction', topics.events, partition, true);
      this.begin('projection', topics.events, partition);
      if (isSweeping) this.begin('sweep', 'kept', partition);
      if (plan.weather.reference > 0) for (const topic of topics.retry) this.begin('retry', topic, partition);
    }
  }

  private begin(role: Role, topic: string, partition: number, beside?: true): void {
    if (this.world.plan.withoutRoles.includes(role)) return;
    this.assign({ role, topic, partition, ...(beside ? { beside } : {}) });
  }

  /** A process takes a partition over; whoever had it before may still be at work. */
  assign(assignment: Assignment): void {
    const { random, group } = this.world;
    const able = this.processes.filter(({ isDead, isStalled }) => !isDead && !isStalled);
    const isNew = able.length === 0 || (able.length < mostProcesses && random.chance(0.4));
    const process = isNew ? this.launch() : random.pick(able);
    const place = placeOf(assignment);
    const isSuccessor = group.ownerOf(place) !== undefined;
    const worker = new Worker(process, assignment, ++this.sessions, isSuccessor);
    this.workers.push(worker);
    group.assign(place, worker);
    process.run(worker, () => work(this.world, worker));
  }

  private launch(): SimulatedProcess {
    const { random, plan, release } = this.world;
    const { releases, checks } = plan.weather;
    const own = releases
      ? {
          present: random.chance(0.5),
          isStrict: random.chance(0.5),
          ...(checks ? { isNarrow: random.chance(0.5) } : {}),
        }
      : release;
    const process = new SimulatedProcess(++this.started, this.world, own);
    this.processes.push(process);
    return process;
  }

  /** The process is gone, with all that it was about to do. */
  kill(process: SimulatedProcess): void {
    process.isDead = true;
    for (const worker of process.workers) worker.kill();
    this.replace(process);
  }

  /** The process stands still longer than its sessions last: others take over while it is still alive. */
  stall(process: SimulatedProcess): void {
    process.isStalled = true;
    this.replace(process);
  }

  /** It has taken over what must not change hands once more. */
  isSettled(worker: Worker): boolean {
    const { checks = false } = this.world.plan.weather;
    const isOfCommands = worker.assignment.role === 'command';
    return checks && isOfCommands && worker.isSuccessor && this.world.isOwner(worker);
  }

  mustStay({ workers }: SimulatedProcess): boolean {
    return workers.some((worker) => this.isSettled(worker));
  }

  /** Some kept command may still be read from its topic by somebody. In 30 days that is long over, in 60 turns it is not. */
  mayComeAgain(): boolean {
    const readers = Map.groupBy(this.workers, ({ place }) => place);
    return [...this.world.kept.kept.values()].some(({ record: { topic, partition, offset } }) => {
      const place = placeOf({ role: 'command', topic, partition });
      const least = (readers.get(place) ?? []).map(({ dead, position }) => (dead ? Infinity : position));
      return Math.min(this.world.group.offset(place), ...least) <= offset;
    });
  }

  /** Nobody pauses any longer. */
  hurry(): void {
    for (const worker of this.workers) worker.pausesUntil = 0;
  }

  /** Every process gets the release in which the bug is mended. */
  mend(): void {
    for (const { release } of this.processes) release.present = false;
    this.world.release.present = false;
  }

  wake(process: SimulatedProcess): void {
    process.isStalled = false;
  }

  get asleep(): readonly SimulatedProcess[] {
    return this.processes.filter(({ isStalled, isDead }) => isStalled && !isDead);
  }

  private replace(process: SimulatedProcess): void {
    for (const worker of process.workers) if (this.world.isOwner(worker)) this.assign(worker.assignment);
  }

  /** Any process at work, also one that has lost what it had. */
  awake(): SimulatedProcess {
    return this.world.random.pick(this.processes.filter((one) => !one.isDead && !one.isStalled));
  }

  /** Rather one that is in the middle of something. */
  owner(): Worker {
    const { random } = this.world;
    const owners = this.workers.filter((worker) => this.world.isOwner(worker));
    const busy = owners.filter(({ before }) => before !== null);
    return random.pick(busy.length > 0 && random.chance(0.5) ? busy : owners);
  }

  /** Those that have something to do; `sweeps` can always look once more. */
  ready(): { readonly working: readonly Worker[]; readonly sweeps: readonly Worker[] } {
    this.workers = this.workers.filter(({ dead }) => !dead);
    const working: Worker[] = [];
    const sweeps: Worker[] = [];
    for (const worker of this.workers) {
      if (worker.process.isStalled || worker.pausesUntil > this.world.turn || !worker.canRun) continue;
      if (worker.before || this.hasInput(worker)) working.push(worker);
      else if (worker.assignment.role === 'sweep') sweeps.push(worker);
    }
    return { working, sweeps };
  }

  private hasInput({ assignment: { role, topic, partition }, position }: Worker): boolean {
    return role !== 'sweep' && this.world.log.log(topic, partition).length > position;
  }

  /** The call that the present owner of a partition stands before. */
  successorOf(worker: Worker): Step | null | undefined {
    const owner = this.world.group.ownerOf(worker.place);
    return owner === worker ? undefined : (owner?.before ?? null);
  }
}

import type { BatchContext, BatchHandler, InputRecord } from '@waybill/messaging';
import { reactionsHandler } from '../reactions';
import { Actor } from './actor';
import type { SimulatedProcess } from './process';
import { reactionGroup, reactions } from './sample-reactions';
import { topics } from './topics';
import { isStrict } from './weather';
import type { World } from './world';

export const roles = ['command', 'retry', 'reaction', 'projection', 'sweep'] as const;
export type Role = (typeof roles)[number];

/** A partition as one group reads it; `beside`: a second group of the same kind, which there should not be. */
export interface Assignment {
  readonly role: Role;
  readonly topic: string;
  readonly partition: number;
  readonly beside?: true;
}

export const placeOf = ({ role, topic, partition, beside }: Assignment): string =>
  `${role}${beside ? ' beside' : ''} ${topic}/${partition}`;

/** One stay of a process in a group, with one of its partitions. */
export class Worker extends Actor {
  readonly place: string;
  /** Offset of the next record that it takes. */
  position = 0;
  /** Until then it waits: for a slow machine, say, or a busy database. */
  pausesUntil = 0;

  constructor(
    readonly process: SimulatedProcess,
    readonly assignment: Assignment,
    session: number,
    /** Somebody else had the partition before. */
    readonly isSuccessor = false,
  ) {
    super(`${placeOf(assignment)} #${session}`);
    this.place = placeOf(assignment);
  }
}

/**
 * Takes batch after batch: the offset is committed when the handler is done, or some batches later. Where releases
 * differ or parcels change their carrier, no batch is begun before the commit of the one before it.
 */
export async function work(world: World, worker: Worker): Promise<void> {
  if (worker.assignment.role === 'sweep') return sweepAgainAndAgain(worker);
  const handle = handlerOf(world, worker);
  const context = contextOf(world, worker);
  // as the real transport is; what does not rest on it is held to more
  const waits = isStrict(world.plan.weather) && worker.assignment.role === 'command';
  worker.position = world.group.offset(worker.place);
  while (!worker.dead) {
    const records = world.next(worker);
    const isBehind = world.group.offset(worker.place) < worker.position;
    if (records.length === 0 && !isBehind) {
      await worker.waitForInput().catch(() => undefined);
      continue;
    }
    try {
      if (records.length > 0) await handle(records, context);
      const offset = worker.position + records.length;
      if (!waits) worker.position = offset;
      if (!waits && records.length > 0 && world.random.chance(0.2)) continue;
      await worker.call(() => world.commit(worker, offset), {
        kind: 'commit',
        about: () => `up to ${offset}`,
      });
      worker.position = offset;
    } catch (error) {
      if (worker.dead) return;
      world.failed(worker, error);
    }
  }
}

async function sweepAgainAndAgain(worker: Worker): Promise<void> {
  while (!worker.dead) {
    await worker.waitForInput().catch(() => undefined);
    await worker.process.sweep().catch(() => undefined);
  }
}

function handlerOf(world: World, worker: Worker): BatchHandler {
  const { engine, publisher } = worker.process;
  switch (worker.assignment.role) {
    case 'command':
      return (records, context) => engine.handle(records, context);
    case 'retry':
      return (records) => engine.handleRetries(records);
    case 'projection':
      return world.projection.handler(worker, (text) => world.found.push(text));
    case 'reaction':
    case 'sweep': {
      const react = reactionsHandler({
        service: 'samples',
        group: reactionGroup,
        commandTopic: topics.commands,
        partitions: world.log.partitions,
        reactions: reactions(world.hasEcho),
        publisher,
        signer: world.signer,
        onAlarm: ({ kind }) => world.found.push(`a reaction found a fact ${kind}`),
      });
      return (records, context) => react(ofGroup(world, worker, records), context);
    }
  }
}

/** All facts go to one group; without that rule, to two that do not wait for each other. */
function ofGroup(world: World, worker: Worker, records: readonly InputRecord[]): readonly InputRecord[] {
  if (!world.without.has('one-reaction-group')) return records;
  const rest = worker.assignment.beside ? 0 : 1;
  return records.filter(({ value }) => JSON.parse(String(value)).sequence % 2 === rest);
}

const contextOf = (world: World, worker: Worker): BatchContext => ({
  topic: worker.assignment.topic,
  partition: worker.assignment.partition,
  session: worker.name,
  highWatermark: 0,
  heartbeat: () => Promise.resolve(),
  isStale: () => !world.isOwner(worker),
});

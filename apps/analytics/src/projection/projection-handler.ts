import type { Issue } from '@waybill/decider';
import {
  type BatchContext,
  type BatchHandler,
  type Fact,
  type FactsAlarm,
  type InputRecord,
  readFact,
} from '@waybill/messaging';
import { applyBatch, type Gap, type Projection } from './apply-batch';
import type { AcceptedGaps } from './gap-book';
import type { PositionStore } from './stores';

/** What a handler tells of facts that are not as they should be. */
export interface FactsWitness {
  readonly onAlarm: (alarm: FactsAlarm) => void;
  /** A partition stands still until an operator lets the gap pass. */
  readonly onHeld: (stream: string, gap: Gap) => void;
  /** An operator let a gap pass, and now it has been passed. */
  readonly onPassed: (gap: Gap) => void;
}

export interface ProjectionHandling<Kept> extends FactsWitness {
  readonly projection: Projection<Kept>;
  readonly positions: PositionStore;
  readonly gaps: AcceptedGaps;
  /** Name of a partition that no other cluster, topic or epoch has. */
  readonly streamOf: (partition: number) => string;
  readonly faultsOf: (fact: Fact) => readonly Issue[];
}

/**
 * Takes the facts of an event topic. What is no fact is skipped; at a gap the partition stands still. The position is
 * written last and before the group's offset is committed, so a group that is ahead of it has met another database.
 */
export function projectionHandler<Kept>(handling: ProjectionHandling<Kept>): BatchHandler {
  return async (records, context) => {
    const stream = handling.streamOf(context.partition);
    const { facts, alarms } = readAll(records, handling.faultsOf);
    const gap = await applyPastAccepted(handling, stream, facts);
    const next = gap?.fact.offset ?? (records.at(-1)?.offset ?? -1) + 1;
    await handling.positions.save(stream, next);
    if (gap) alarms.push(holdAt(handling, stream, gap, context));
    // what lies behind the gap comes again, and is told of then
    for (const alarm of alarms) if (!gap || alarm.offset <= gap.fact.offset) handling.onAlarm(alarm);
  };
}

function readAll(records: readonly InputRecord[], faultsOf: (fact: Fact) => readonly Issue[]) {
  const facts: Fact[] = [];
  const alarms: FactsAlarm[] = [];
  for (const record of records) {
    const read = readFact(record);
    const reasons = read.ok ? faultsOf(read.fact) : read.reasons;
    const { topic, partition, offset } = record;
    if (read.ok && reasons.length === 0) facts.push(read.fact);
    else alarms.push({ kind: 'unreadable', topic, partition, offset, reasons });
  }
  return { facts, alarms };
}

/** Applies facts up to the first gap that nobody has accepted. What was applied before is dropped as a repeat. */
async function applyPastAccepted<Kept>(
  { projection, gaps, onPassed }: ProjectionHandling<Kept>,
  stream: string,
  facts: readonly Fact[],
): Promise<Gap | undefined> {
  if (facts.length === 0) return undefined;
  const passable = new Set<number>();
  const passed: Gap[] = [];
  let gap = await applyBatch(projection, stream, facts);
  while (gap && (await gaps.isAccepted(stream, gap))) {
    passable.add(gap.fact.offset);
    passed.push(gap);
    gap = await applyBatch(projection, stream, facts, passable);
  }
  passed.forEach(onPassed);
  return gap;
}

function holdAt(witness: FactsWitness, stream: string, gap: Gap, context: BatchContext): FactsAlarm {
  const { topic, partition, offset, aggregateId, sequence: got } = gap.fact;
  witness.onHeld(stream, gap);
  context.holdFrom?.(offset);
  return { kind: 'gap', topic, partition, offset, aggregateId, expected: gap.expected, got };
}

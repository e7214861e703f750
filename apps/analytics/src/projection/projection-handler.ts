import type { Issue } from '@waybill/decider';
import { type BatchHandler, type Fact, type FactsAlarm, readFact } from '@waybill/messaging';
import { applyBatch, type Projection } from './apply-batch';

export interface ProjectionHandling<Kept> {
  readonly projection: Projection<Kept>;
  /** Name of a partition that no other cluster, topic or epoch has. */
  readonly streamOf: (partition: number) => string;
  readonly faultsOf: (fact: Fact) => readonly Issue[];
  readonly onAlarm: (alarm: FactsAlarm) => void;
}

/** Takes the facts of an event topic. What is no fact is skipped; at a gap the partition stands still. */
export function projectionHandler<Kept>(handling: ProjectionHandling<Kept>): BatchHandler {
  const { projection, streamOf, faultsOf, onAlarm } = handling;
  return async (records, context) => {
    const facts: Fact[] = [];
    const alarms: FactsAlarm[] = [];
    for (const record of records) {
      const read = readFact(record);
      const reasons = read.ok ? faultsOf(read.fact) : read.reasons;
      const { topic, partition, offset } = record;
      if (read.ok && reasons.length === 0) facts.push(read.fact);
      else alarms.push({ kind: 'unreadable', topic, partition, offset, reasons });
    }
    const gap =
      facts.length === 0 ? undefined : await applyBatch(projection, streamOf(context.partition), facts);
    if (gap) {
      const { topic, partition, offset, aggregateId, sequence: got } = gap.fact;
      alarms.push({ kind: 'gap', topic, partition, offset, aggregateId, expected: gap.expected, got });
      context.holdFrom?.(offset);
    }
    // what lies behind the gap comes again, and is told of then
    for (const alarm of alarms) if (!gap || alarm.offset <= gap.fact.offset) onAlarm(alarm);
  };
}

import type { ClaimSnapshotDto, OrderSnapshotDto } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';
import * as fc from 'fast-check';
import { anyCrowd } from '../figures/crowds.arbitraries.spec-data';
import { anyClaim, anyOrder } from '../figures/figures.arbitraries.spec-data';
import { claimFact, orderFact } from '../figures/figures.samples.spec-data';

/** What happened, one after the other, and how the topics hold it. */
export interface Course {
  readonly orders: readonly OrderSnapshotDto[];
  readonly claims: readonly ClaimSnapshotDto[];
  readonly partitions: readonly Partition[];
}

export interface Partition {
  readonly topic: 'orders' | 'claims';
  readonly stream: string;
  readonly facts: readonly Fact[];
}

interface Happening {
  readonly orders: readonly OrderSnapshotDto[];
  readonly claims: readonly ClaimSnapshotDto[];
  /** So many facts of each partition are published again afterwards. */
  readonly repeats: number;
}

const nothing = { orders: [], claims: [] };
const happening: fc.Arbitrary<Happening> = fc
  .record({
    what: fc.oneof(
      { weight: 6, arbitrary: anyOrder.map((order) => ({ ...nothing, orders: [order] })) },
      { weight: 4, arbitrary: anyClaim.map((claim) => ({ ...nothing, claims: [claim] })) },
      { weight: 3, arbitrary: anyCrowd.map((orders) => ({ ...nothing, orders })) },
    ),
    repeats: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 })),
  })
  .map(({ what, repeats }) => ({ ...what, repeats }));

/** Lives of orders and claims over three partitions of orders and two of claims. */
export const anyCourse: fc.Arbitrary<Course> = fc
  .array(happening, { minLength: 1, maxLength: 24, size: 'max' })
  .map((happenings) => ({
    orders: happenings.flatMap(({ orders }) => orders),
    claims: happenings.flatMap(({ claims }) => claims),
    partitions: partitionsOf(happenings),
  }));

function partitionsOf(happenings: readonly Happening[]): Partition[] {
  const logs = new Map<string, { topic: Partition['topic']; facts: Fact[] }>();
  const sequences = new Map<string, number>();
  const publish = (topic: Partition['topic'], orderId: string, count: number, fact: Fact) => {
    const stream = `here/${topic}.events@1/${(orderId.codePointAt(orderId.length - 1) ?? 0) % count}`;
    const log = logs.get(stream) ?? { topic, facts: [] };
    logs.set(stream, log);
    const aggregate = `${topic}/${fact.aggregateId}`;
    const sequence = (sequences.get(aggregate) ?? 0) + 1;
    sequences.set(aggregate, sequence);
    log.facts.push({ ...fact, sequence });
  };
  for (const { orders, claims, repeats } of happenings) {
    for (const order of orders) publish('orders', order.uuid, 3, orderFact(order));
    for (const claim of claims) publish('claims', claim.order_id, 2, claimFact(claim));
    if (repeats > 0) for (const { facts } of logs.values()) facts.push(...facts.slice(-repeats));
  }
  return [...logs].map(([stream, { topic, facts }]) => ({
    topic,
    stream,
    // a log has holes: control records, and what was compacted
    facts: facts.map((fact, i) => ({ ...fact, offset: i * 2 })),
  }));
}

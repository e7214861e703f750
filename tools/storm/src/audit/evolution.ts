import { isDeepStrictEqual } from 'node:util';
import type { Fact, Facts } from './facts';
import type { Verdict } from './verdict';

type Snapshot = Readonly<Record<string, unknown>>;

/** What a fact of an order may change beside what it says it has changed: what is derived (domain 2.3, 2.8). */
const derived = [
  'status',
  'is_fulfilled',
  'first_dispatched_at',
  'campaign_segments',
  'trackings',
  'updated_at',
];
const ownMembers: Readonly<Record<string, readonly string[]>> = {
  'orders.order-shipment-dispatched.v1': ['shipments'],
  'orders.order-shipments-expected-changed.v1': ['expected_number_of_shipments', 'shipments'],
  'orders.order-attributed.v1': ['order_analytics'],
  'orders.order-cancelled.v1': ['cancelled_at', 'cancellation_reason', 'shipments'],
  'claims.claim-deleted.v1': ['deleted_at'],
};

/**
 * Checks that each snapshot is the one before and what its fact has changed, nothing else: who decides by an old state
 * takes back what others have done since.
 */
export function checkEvolution(member: 'order' | 'claim', facts: Facts, verdict: Verdict): void {
  for (const own of facts.values())
    own.forEach((fact, i) => {
      const before = own[i - 1]?.data[member] as Snapshot | undefined;
      const now = fact.data[member] as Snapshot;
      const { changed = [], changes = {} } = fact.data as { changed?: string[]; changes?: Snapshot };
      const untrue = changed.filter(
        (name) => name !== 'shipments' && !isDeepStrictEqual(changes[name], now[name]),
      );
      for (const name of untrue)
        verdict.say('wrong', `fact ${fact.id} changes ${name} to something else than its snapshot shows`);
      if (!before) return;
      const may = new Set([...derived, ...changed, ...(ownMembers[fact.type] ?? [])]);
      for (const name of Object.keys(now))
        if (!may.has(name) && !isDeepStrictEqual(before[name], now[name]))
          verdict.say('lost', `fact ${fact.id} takes back what was known as ${name}`);
    });
}

/** Checks that no event of a parcel is ever forgotten. */
export function checkHistories(shipments: Facts, verdict: Verdict): void {
  for (const own of shipments.values()) {
    let known: readonly string[] = [];
    for (const fact of own) {
      const now = new Set(eventsOf(fact));
      for (const id of known)
        if (!now.has(id)) verdict.say('lost', `fact ${fact.id} has forgotten the event ${id}`);
      known = [...now];
    }
  }
}

const eventsOf = ({ data }: Fact): string[] =>
  (data.shipment.events as { event_id: string }[]).map((event) => event.event_id);

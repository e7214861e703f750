import type { Evidence, ServiceEvidence } from '../evidence/evidence';
import type { Owner } from '../system/service-names';
import { goodCopies, goodReports } from './projections.spec-data';
import { commandOf, factOf, letterOf, replyOf } from './records.spec-data';
import type { Sent } from './sent';
import {
  claimSnapshot,
  type Json,
  order,
  orderSnapshot,
  parcel,
  parcelSnapshot,
  shop,
} from './snapshots.spec-data';

/** What can be changed before it is audited. */
export interface Scene {
  sent: Sent[];
  evidence: {
    services: Record<Owner, { -readonly [K in keyof ServiceEvidence]: ServiceEvidence[K] }>;
    copies: Evidence['copies'];
    reports: Evidence['reports'];
    pending: string[];
  };
}

const accepted = (
  aggregate: string,
  service: string,
  ...events: [type: string, sequence: number][]
): Json => ({
  outcome: 'accepted',
  aggregate_id: aggregate,
  sequence: events.at(-1)?.[1],
  events: events.map(([type, sequence]) => ({ type: `${service}.${type}.v1`, sequence })),
});

/** An order that was placed and dispatched, its parcel with one scan, a claim; all in order. */
export function goodScene(): Scene {
  const placed = factOf('orders', order.id, 1, 'order-placed', 'm-1', {
    order: orderSnapshot({ shipments: [] }),
  });
  const dispatched = factOf('orders', order.id, 2, 'order-shipment-dispatched', 'm-2', {
    shipment_id: parcel,
    order: orderSnapshot(),
  });
  const fulfilled = factOf('shipments', parcel, 1, 'shipment-fulfilled', `${order.id}/2/${parcel}`, {
    shipment: parcelSnapshot(),
  });
  const scanned = factOf('shipments', parcel, 2, 'shipment-event-recorded', 'm-3', {
    shipment: parcelSnapshot(),
  });
  const claimed = factOf('claims', 'c-1', 1, 'claim-created', 'm-4', { claim: claimSnapshot() });
  const services: Scene['evidence']['services'] = {
    orders: {
      commands: [
        commandOf('orders', order.key, 'm-1'),
        commandOf('orders', order.key, 'm-2'),
        commandOf('orders', order.key, 'm-5'),
      ],
      facts: [placed, dispatched],
      replies: [replyOf('orders', 'm-1', accepted(order.id, 'orders', ['order-placed', 1]))],
      deadLetters: [letterOf('orders', 'm-5', 'refused')],
      retried: [],
      stored: [{ id: order.id, sequence: 2 }],
      kept: [],
      served: new Map([[order.id, orderSnapshot()]]),
    },
    shipments: {
      commands: [
        commandOf('shipments', 'T1', 'm-3'),
        commandOf('shipments', order.id, `${order.id}/2/${parcel}`, {}, { 'waybill-origin': '{}' }),
      ],
      facts: [fulfilled, scanned],
      replies: [replyOf('shipments', 'm-3', { outcome: 'accepted', events: [], kept: true })],
      deadLetters: [],
      retried: [],
      stored: [{ id: parcel, sequence: 2 }],
      kept: [],
      served: new Map([[parcel, { ...parcelSnapshot(), state: 'archived' }]]),
    },
    claims: {
      commands: [commandOf('claims', order.id, 'm-4')],
      facts: [claimed],
      replies: [replyOf('claims', 'm-4', accepted('c-1', 'claims', ['claim-created', 1]))],
      deadLetters: [],
      retried: [],
      stored: [{ id: 'c-1', sequence: 1 }],
      kept: [],
      served: new Map([['c-1', claimSnapshot()]]),
    },
  };
  return {
    sent: [
      { id: 'm-1', service: 'orders', asks: true, must: 'change' },
      { id: 'm-2', service: 'orders', asks: false, must: 'change' },
      { id: 'm-5', service: 'orders', asks: false, must: 'be refused' },
      {
        id: 'm-3',
        service: 'shipments',
        asks: true,
        waits: true,
        scan: { shop, number: 'T1', externalId: 'e-1' },
      },
      { id: 'm-4', service: 'claims', asks: true, says: 'broken' },
    ],
    evidence: { services, copies: goodCopies(), reports: goodReports(), pending: [] },
  };
}

import type { Decision } from '@waybill/decider';
import { shipmentDecider } from './shipment.decider';
import type { ShipmentCommand } from './shipment.commands';
import type { ShipmentEvent } from './shipment.events';
import { type ShipmentSnapshotDto } from '@waybill/contracts';
import { shipmentFact } from './shipment.facts';
import { shipmentSnapshot } from './shipment.snapshot';
import type { FulfilledShipment, Shipment } from './shipment.state';
import { toCommand } from './shipment.to-command';

export const shop = 'demo-shop';
export const placedAt = '2026-01-10T08:00:00.000Z';
export const attachedAt = '2026-01-12T09:00:00.000Z';
export const now = '2026-01-13T12:00:00.000Z';

/** Ids of demo-shop/10001 and of its first slot (domain 1.7). */
export const orderId = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
export const shipmentId = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
export const trackingNumber = '00340000000000010011';

/** A command as it comes out of a valid message. */
export const command = (name: string, data: object, time = now, kept = false): ShipmentCommand =>
  toCommand({
    type: `shipments.${name}.v1`,
    id: 'm-01',
    source: 'dhl-feed',
    time,
    kept,
    data: { shop_slug: shop, ...data },
  });

const internal = (name: string, data: object, time: string): ShipmentCommand =>
  command(name, { order_id: orderId, order_number: '10001', shipment_id: shipmentId, ...data }, time);

export const draft = internal('draft-shipment', { ordinal: 1, placed_at: placedAt }, placedAt);

export const attachment = {
  ordinal: 1,
  direction: 'merchant_customer',
  tracking_number: trackingNumber,
  carrier_reference: 'dhl',
  tracking_url: null,
  tracking_placed_at: '2026-01-12T08:30:00Z',
  external_shipment_id: 'F-1',
  products: null,
  appended: false,
};
export const fulfilWith = (data: object): ShipmentCommand =>
  internal('fulfil-shipment', { ...attachment, ...data }, attachedAt);
export const fulfil = fulfilWith({});
export const announceReturn = fulfilWith({ direction: 'customer_merchant', appended: true });
export const fulfilUnknown = fulfilWith({ carrier_reference: 'unknown' });

export const details = (data: object = {}): ShipmentCommand =>
  internal(
    'update-shipment-details',
    {
      carrier_reference: 'dhl',
      tracking_url: null,
      external_shipment_id: 'F-1',
      products: null,
      ...data,
    },
    now,
  );
/** What the slot of a draft says. */
export const draftDetails = (products: object[] | null): ShipmentCommand =>
  details({ carrier_reference: null, external_shipment_id: null, products });

export const withdraw = (cause = 'expected_lowered'): ShipmentCommand =>
  internal('withdraw-shipment', { cause, at: now }, now);

export const check = (asOf: string): ShipmentCommand =>
  command('check-estimated-arrival', { shipment_id: shipmentId, as_of: asOf }, asOf);

export const scan = (data: object = {}, time = now, kept = false): ShipmentCommand =>
  command(
    'record-scan',
    {
      carrier_reference: 'dhl',
      tracking_number: trackingNumber,
      event_name: 'ARRIVAL_AT_TRANSPORT_HUB',
      event_time: '2026-01-13T02:10:00Z',
      ...data,
    },
    time,
    kept,
  );

/** A scan of this name in this hour of 13 January. */
export const scanAt = (hour: number, eventName: string, data: object = {}): ShipmentCommand =>
  scan({ event_name: eventName, event_time: timeAt(hour), ...data });

export const timeAt = (hour: number): string => `2026-01-13T${String(hour).padStart(2, '0')}:00:00.000Z`;

export const merchantEvent = (data: object = {}): ShipmentCommand =>
  command('add-shipment-event', {
    shipment_id: shipmentId,
    event_name: 'ORDER_IN_PROCESSING',
    event_time: '2026-01-11T08:00:00Z',
    external_id: 'W-1',
    ...data,
  });

export const arrival = { from: '2026-01-14T08:00:00Z', to: '2026-01-14T18:00:00Z', predicted_at: timeAt(2) };
export const estimate = (data: object = {}): ShipmentCommand =>
  command('update-estimated-arrival', { shipment_id: shipmentId, ...arrival, ...data });
export const estimateByNumber = (data: object = {}): ShipmentCommand =>
  command('update-estimated-arrival', {
    carrier_reference: 'dhl',
    tracking_number: trackingNumber,
    ...arrival,
    ...data,
  });
/** As of a moment at which the estimate has passed. */
export const late = '2026-01-14T19:00:00.000Z';

export const decide = (shipment: Shipment | null, wanted: ShipmentCommand): Decision<ShipmentEvent> =>
  shipmentDecider.decide(shipment, wanted, { taken: new Set() });

/** The shipment after commands that must all be accepted. */
export function after(...commands: readonly ShipmentCommand[]): Shipment {
  const shipment = commands.reduce<Shipment | null>((before, one) => apply(before, one), null);
  if (!shipment) throw new Error('nothing was asked');
  return shipment;
}

export function apply(shipment: Shipment | null, wanted: ShipmentCommand): Shipment | null {
  const decision = decide(shipment, wanted);
  if (decision.outcome !== 'accepted') throw new Error(`${wanted.type} was ${JSON.stringify(decision)}`);
  return decision.events.reduce<Shipment | null>(
    (state, event) => shipmentDecider.evolve(state, event),
    shipment,
  );
}

export function attached(...commands: readonly ShipmentCommand[]): FulfilledShipment {
  const shipment = after(...commands);
  if (shipment.status !== 'fulfilled') throw new Error(`the shipment is ${shipment.status}`);
  return shipment;
}

/** What readers of facts see after these commands. */
export const shown = (...commands: readonly ShipmentCommand[]): ShipmentSnapshotDto =>
  shipmentSnapshot(after(...commands));

/** Names of the facts of a command, without service and version, and their data. */
// oxlint-disable-next-line typescript/no-explicit-any -- the members depend on the type
export function facts(before: Shipment | null, wanted: ShipmentCommand): { name: string; data: any }[] {
  const decision = decide(before, wanted);
  if (decision.outcome !== 'accepted') throw new Error(`${wanted.type} was ${JSON.stringify(decision)}`);
  let state = before;
  return decision.events.map((event) => {
    state = shipmentDecider.evolve(state, event);
    const { type, data } = shipmentFact(event, state);
    return { name: type.replace('shipments.shipment-', '').replace('.v1', ''), data };
  });
}

/** What a decision comes to in one word. */
export function outcome(shipment: Shipment | null, wanted: ShipmentCommand): string {
  const decision = decide(shipment, wanted);
  if (decision.outcome === 'accepted') return 'accepted';
  return decision.outcome === 'ignored' ? decision.reason : decision.key;
}

/** One shipment of each status, and the one that is not known. */
export const statuses = {
  'not known': null,
  draft: after(draft),
  fulfilled: after(draft, fulfil),
  withdrawn: after(draft, withdraw()),
} as const;

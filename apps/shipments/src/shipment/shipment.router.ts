import type { CommandMessage, CommandRouter, ResolvedTarget, Route } from '@waybill/aggregates';
import { orderId as orderIdOf, shipmentId as shipmentIdOf } from '@waybill/contracts';
import type { Refused } from '@waybill/decider';
import { type CarrierCommand, isCarrierCommand, type ShipmentCommand } from './shipment.commands';
import {
  findShipments,
  type KnownShipment,
  type KnownShipments,
  type ShipmentCollection,
} from './shipment.lookup';
import {
  eventTimeInFuture,
  keptLimitReached,
  shipmentNotFound,
  shipmentReferenceMismatch,
  trackingNumberNotFound,
} from './shipment.refusals';
import { isInFuture } from './shipment.report';
import { numberKey } from './shipment.state';
import { toCommand } from './shipment.to-command';
import { waitingOf } from './shipment.waiting';

/** Finds the shipment that a command means. All commands of an order's shipments travel under the order's id. */
export class ShipmentRouter implements CommandRouter {
  constructor(private readonly shipments: ShipmentCollection) {}

  route(message: CommandMessage): Route {
    const command = toCommand(message);
    if (isInternal(command)) {
      if (!isNamedRight(command)) return { to: 'refused', refusal: shipmentReferenceMismatch() };
      const { shipmentId, orderId } = command;
      return { to: 'target', target: { aggregateId: shipmentId, key: orderId } };
    }
    if (!isCarrierCommand(command) || isTooEarly(command))
      return { to: 'reference', fixed: true, wait: false };
    return { to: 'reference', keep: { ...waitingOf(command), full: keptLimitReached() } };
  }

  async resolve(messages: readonly CommandMessage[]): Promise<readonly (ResolvedTarget | null)[]> {
    const wanted = messages.map((message) => referenceOf(toCommand(message)));
    const known = await findShipments(
      this.shipments,
      wanted.flatMap((reference) => reference.ids),
      wanted.flatMap((reference) => reference.numbers),
    );
    return wanted.map((reference) => targetOf(reference, known));
  }

  missing(message: CommandMessage): Refused {
    const command = toCommand(message);
    if (!isCarrierCommand(command)) return shipmentNotFound(command.shopSlug, command.shipmentId);
    return isTooEarly(command)
      ? eventTimeInFuture()
      : trackingNumberNotFound(command.shopSlug, command.number);
  }
}

type InternalCommand = Extract<ShipmentCommand, { readonly orderId: string }>;

const isInternal = (command: ShipmentCommand): command is InternalCommand => 'orderId' in command;

/** Ids are computed, so nobody can name a parcel of another shop, or one that no order has. */
function isNamedRight(command: InternalCommand): boolean {
  const { shopSlug, orderNumber, orderId, shipmentId } = command;
  if (orderIdOf(shopSlug, orderNumber) !== orderId) return false;
  return !('ordinal' in command) || shipmentIdOf(orderId, command.ordinal) === shipmentId;
}

/** What is refused for its time is not kept. */
const isTooEarly = (command: CarrierCommand): boolean => command.type === 'RecordScan' && isInFuture(command);

/** What to look for: an id, or the number under its carrier and then under none. */
interface Reference {
  readonly shop: string;
  readonly ids: readonly string[];
  readonly numbers: readonly string[];
}

function referenceOf(command: ShipmentCommand): Reference {
  const { shopSlug: shop } = command;
  if (!isCarrierCommand(command)) return { shop, ids: [command.shipmentId], numbers: [] };
  const { carrier, trackingNumber } = command.number;
  return {
    shop,
    ids: [],
    numbers: [numberKey(shop, carrier, trackingNumber), numberKey(shop, 'unknown', trackingNumber)],
  };
}

function targetOf(
  { shop, ids, numbers }: Reference,
  { byId, byNumber }: KnownShipments,
): ResolvedTarget | null {
  const found = [...ids.map((id) => byId.get(id)), ...numbers.map((key) => byNumber.get(key))];
  const shipment = found.find((one) => one?.shopSlug === shop);
  return shipment ? target(shipment) : null;
}

function target({ shipmentId, orderId, attached }: KnownShipment): ResolvedTarget {
  const home = { aggregateId: shipmentId, key: orderId };
  if (!attached) return home;
  const { carrier, attachedAt } = attached;
  return { ...home, attachedAt, kind: carrier === 'unknown' ? null : carrier };
}

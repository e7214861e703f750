import { accepted, type Decision, ignored, type Others } from '@waybill/decider';
import type { RecordShipmentProgress } from './order.commands';
import { Course } from './order.course';
import { sentOr } from './order.details';
import type { OrderEvent } from './order.events';
import { replaceSlots } from './order.slots';
import { type Order, type Slot, trackingKey } from './order.state';

/** What a shipment says of itself is taken over, unless the order heard something newer or has no such slot any more. */
export function decideProgress(
  order: Order,
  command: RecordShipmentProgress,
  others: Others,
): Decision<OrderEvent> {
  if (order.status === 'cancelled') return ignored('stale');
  const slot = order.slots.find(({ shipmentId }) => shipmentId === command.shipmentId);
  if (!slot || command.shipmentSequence <= slot.shipmentSequence) return ignored('stale');
  const course = Course.from(order, command.at);
  const progressed: Slot = {
    ...withLearnedCarrier(order.shopSlug, slot, command, others),
    phase: command.phase,
    phaseSince: command.phaseSince,
    flag: command.flag,
    estimatedArrival: sentOr(command.estimatedArrival, slot.estimatedArrival),
    pickedUpAt: sentOr(command.pickedUpAt, slot.pickedUpAt),
    hadDelay: command.hadDelay,
    shipmentSequence: command.shipmentSequence,
  };
  course.update('shipment', order.details, replaceSlots(order.slots, [progressed]));
  return course.events.length > 0 ? accepted(course.events) : ignored('nothing_changed');
}

/** A number that another order holds with this carrier leaves the slot's carrier unknown (domain 3.7). */
function withLearnedCarrier(
  shop: string,
  slot: Slot,
  { carrier }: RecordShipmentProgress,
  { taken }: Others,
): Slot {
  if (slot.status === 'draft' || slot.carrier !== 'unknown' || carrier === undefined) return slot;
  return taken.has(trackingKey(shop, carrier, slot.trackingNumber)) ? slot : { ...slot, carrier };
}

import type { AnalyticsMap } from '@waybill/contracts';
import { accepted, type Decision, ignored, type Others, type Refused } from '@waybill/decider';
import type { TrackingInput } from './order.commands';
import { changedFields, isSameMap } from './order.difference';
import { Course } from './order.course';
import { slotsInCurrency } from './order.details';
import type { OrderEvent } from './order.events';
import { type Product, productsNotInOrder } from './order.products';
import * as refusals from './order.refusals';
import { countSlots, isForward, isFulfilled, slotLimit } from './order.slots';
import {
  externalIdKey,
  type LiveOrder,
  type Order,
  type OrderDetails,
  type Slot,
  trackingKey,
} from './order.state';
import { goesBack, isSameParcel, type SortedTrackings, sortTrackings } from './order.trackings';

/** What a command wants an order to be. */
export interface Wanted {
  readonly details: OrderDetails;
  readonly analytics: AnalyticsMap;
  readonly expectedShipments: number;
  readonly trackings: readonly TrackingInput[];
}

/** Decides a command that changes a known order: first whether it would change anything, then whether it may. */
export function decideChange(order: Order, wanted: Wanted, at: string, others: Others): Decision<OrderEvent> {
  if (order.status === 'cancelled')
    return differs(order, wanted) ? refusals.orderCancelled() : ignored('nothing_changed');
  const course = Course.from(order, at);
  const refusal = pursue(course, wanted, at, others);
  if (refusal) return refusal;
  return course.events.length > 0 ? accepted(course.events) : ignored('nothing_changed');
}

/** Takes the order to what is wanted, in the order of domain 2.6, unless a rule is broken. */
export function pursue(course: Course, wanted: Wanted, at: string, others: Others): Refused | undefined {
  const { details } = wanted;
  const before = course.order;
  const slots = slotsInCurrency(before.slots, before.details.currency, details.currency);
  const sorted = sortTrackings(slots, wanted.trackings, details.currency, at);
  course.update('caller', details, sorted.slots);
  course.attribute(wanted.analytics);
  course.expect(wanted.expectedShipments);
  const prepared = course.order;
  for (const tracking of sorted.fresh) course.dispatch(tracking);
  course.announceStatus();
  return (
    brokenByReturns(sorted, course.order.slots) ??
    brokenByNumber(sorted, prepared) ??
    brokenByContents(sorted, details.products) ??
    takenByOthers(course.order, wanted.trackings, others)
  );
}

function differs(order: Order, wanted: Wanted): boolean {
  return (
    wanted.trackings.length > 0 ||
    wanted.expectedShipments !== order.expectedShipments ||
    changedFields(order.details, wanted.details).length > 0 ||
    !isSameMap(order.analytics, wanted.analytics)
  );
}

function brokenByReturns({ fresh }: SortedTrackings, slots: readonly Slot[]): Refused | undefined {
  const returns = fresh.filter(goesBack);
  if (returns.length === 0 || countSlots(slots).fulfilled > 0) return undefined;
  return refusals.orderNotDispatched(returns.map(({ position }) => position));
}

function brokenByNumber({ fresh }: SortedTrackings, { slots }: LiveOrder): Refused | undefined {
  const { fulfilled } = countSlots(slots);
  const room = {
    forward: slotLimit - fulfilled,
    back: slotLimit - (slots.length - slots.filter(isForward).length),
  };
  const tooMany = fresh.filter((tracking) => (goesBack(tracking) ? --room.back : --room.forward) < 0);
  return tooMany.length > 0
    ? refusals.shipmentLimitReached(tooMany.map(({ position }) => position))
    : undefined;
}

function brokenByContents({ contents }: SortedTrackings, order: readonly Product[]): Refused | undefined {
  const misplaced = contents.flatMap(({ products, position: tracking }) =>
    productsNotInOrder(products, order).map(({ position, msg }) => ({
      loc: ['trackings', tracking, 'products', position],
      msg,
    })),
  );
  return misplaced.length > 0 ? refusals.productsRefused(misplaced) : undefined;
}

/** What only the database knows comes last (domain 1.3). */
function takenByOthers(
  { shopSlug, details, slots }: LiveOrder,
  inputs: readonly TrackingInput[],
  { taken }: Others,
): Refused | undefined {
  if (details.externalId !== null && taken.has(externalIdKey(shopSlug, details.externalId)))
    return refusals.externalIdExists(shopSlug, details.externalId);
  const lost = slots
    .filter(isFulfilled)
    .filter((slot) => taken.has(trackingKey(shopSlug, slot.carrier, slot.trackingNumber)));
  if (lost.length === 0) return undefined;
  const faulty = inputs.filter((input) => lost.some((slot) => isSameParcel(slot, input)));
  return refusals.shipmentExists(faulty.map(({ position }) => position));
}

import { orderId } from '@waybill/contracts';
import {
  accepted,
  type Decider,
  type Decision,
  ignored,
  ignoredForGood,
  type Others,
} from '@waybill/decider';
import { decideChange, pursue, type Wanted } from './order.change';
import type {
  CancelOrder,
  OrderCommand,
  PlaceOrder,
  UpdateOrder,
  UpdateShipment,
  UpsertOrder,
} from './order.commands';
import { Course } from './order.course';
import { initialDetails, mergeDetails, sentOr } from './order.details';
import type { OrderEvent } from './order.events';
import { evolve } from './order.evolve';
import { pricedContent, productsNotInOrder } from './order.products';
import { decideProgress } from './order.progress';
import { externalIdOfNew, mismatchOfKnown, mismatchOfNew, withNamedExternalId } from './order.reference';
import * as refusals from './order.refusals';
import { nextReferences, referenceOf, replaceSlots } from './order.slots';
import type { Order, Slot } from './order.state';
import { isSameContent } from './order.trackings';

export interface OrderTypes {
  state: Order;
  command: OrderCommand;
  event: OrderEvent;
}

export const orderDecider: Decider<OrderTypes> = { decide, evolve };

function decide(order: Order | null, command: OrderCommand, others: Others): Decision<OrderEvent> {
  if (command.type === 'PlaceOrder') return place(order, command, others);
  if (command.type === 'UpsertOrder') return order ? upsert(order, command, others) : create(command, others);
  if (!order) return refusals.orderNotFound(command.shopSlug, command.reference);
  switch (command.type) {
    case 'UpdateOrder':
      return updateOrder(order, command, others);
    case 'UpdateShipment':
      return updateShipment(order, command);
    case 'UpsertOrderAnalytics':
      return decideChange(order, { ...asItIs(order), analytics: command.analytics }, command.at, others);
    case 'CancelOrder':
      return cancel(order, command);
    case 'RecordShipmentProgress':
      return decideProgress(order, command, others);
  }
}

const asItIs = ({ details, analytics, expectedShipments }: Order): Wanted => ({
  details,
  analytics,
  expectedShipments,
  trackings: [],
});

function place(order: Order | null, command: PlaceOrder, others: Others): Decision<OrderEvent> {
  if (order) return refusals.orderExists(order.orderNumber, order.shopSlug);
  return create({ ...command, trackings: [] }, others);
}

type Creation = Pick<UpsertOrder, 'shopSlug' | 'at' | 'order' | 'trackings' | 'analytics'> &
  Partial<Pick<UpsertOrder, 'reference'>>;

function create(command: Creation, others: Others): Decision<OrderEvent> {
  const { shopSlug, at, order: input, reference, trackings } = command;
  if (!input && reference) return refusals.orderNotFound(shopSlug, reference);
  const orderNumber = input?.orderNumber ?? (reference?.idType === 'order_number' ? reference.id : undefined);
  const address = input?.address;
  if (orderNumber === undefined || !input || !address) return refusals.orderIncomplete(orderNumber, address);
  const mismatch = reference && mismatchOfNew(reference, shopSlug, orderNumber, input);
  if (mismatch) return mismatch;

  const details = mergeDetails(initialDetails(address, at), {
    ...input,
    externalId: externalIdOfNew(reference, input),
  });
  const id = orderId(shopSlug, orderNumber);
  const expectedShipments = input.expectedShipments ?? 1;
  const course = Course.placing({
    type: 'OrderPlaced',
    at,
    orderId: id,
    shopSlug,
    orderNumber,
    details,
    expectedShipments,
    userAgent: input.userAgent ?? null,
    drafts: nextReferences(id, 0, expectedShipments),
  });
  const wanted = { details, analytics: command.analytics ?? {}, expectedShipments, trackings };
  return pursue(course, wanted, at, others) ?? accepted(course.events);
}

function upsert(order: Order, command: UpsertOrder, others: Others): Decision<OrderEvent> {
  const { order: input, reference } = command;
  const mismatch = input && mismatchOfKnown(reference, order, input);
  if (mismatch) return mismatch;
  const wanted: Wanted = {
    details: input
      ? mergeDetails(order.details, withNamedExternalId(reference, order, input))
      : order.details,
    analytics: sentOr(command.analytics, order.analytics),
    expectedShipments: sentOr(input?.expectedShipments, order.expectedShipments),
    trackings: command.trackings,
  };
  return decideChange(order, wanted, command.at, others);
}

function updateOrder(order: Order, command: UpdateOrder, others: Others): Decision<OrderEvent> {
  const { details } = order;
  const wanted: Wanted = {
    ...asItIs(order),
    details: command.address ? { ...details, address: { ...details.address, ...command.address } } : details,
    expectedShipments: sentOr(command.expectedShipments, order.expectedShipments),
  };
  return decideChange(order, wanted, command.at, others);
}

function updateShipment(order: Order, command: UpdateShipment): Decision<OrderEvent> {
  if (order.status === 'cancelled') return refusals.orderCancelled();
  const slot = order.slots.find(({ shipmentId }) => shipmentId === command.shipmentId);
  if (!slot) return refusals.shipmentNotFound(command.shipmentId);
  const { details } = order;
  const products = pricedContent(command.products, details.currency);
  const newContent = products && !isSameContent(products, slot.products) ? products : [];
  if (slot.status === 'draft' && command.trackingUrl) return refusals.shipmentNotFulfilled();
  const misplaced = productsNotInOrder(newContent, details.products);
  if (misplaced.length > 0)
    return refusals.productsRefused(
      misplaced.map(({ position, msg }) => ({ loc: ['products', position], msg })),
    );

  const content = { products: sentOr(products, slot.products) };
  const wanted: Slot =
    slot.status === 'draft'
      ? { ...slot, ...content }
      : { ...slot, ...content, trackingUrl: sentOr(command.trackingUrl, slot.trackingUrl) };
  const course = Course.from(order, command.at);
  course.update('caller', details, replaceSlots(order.slots, [wanted]));
  return course.events.length > 0 ? accepted(course.events) : ignored('nothing_changed');
}

function cancel(order: Order, command: CancelOrder): Decision<OrderEvent> {
  switch (order.status) {
    case 'placed': {
      const { at, cancelledAt, reason } = command;
      return accepted([
        { type: 'OrderCancelled', at, cancelledAt, reason, removed: order.slots.map(referenceOf) },
      ]);
    }
    case 'partially_fulfilled':
    case 'fulfilled':
      return refusals.orderAlreadyDispatched();
    case 'cancelled':
      return ignoredForGood('already_cancelled');
  }
}

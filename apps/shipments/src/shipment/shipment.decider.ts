import { type Decider, type Decision, accepted, ignoredForGood } from '@waybill/decider';
import { decideCheck, decideEstimate } from './shipment.arrival';
import type { DraftShipment, FulfilShipment, ShipmentCommand, WithdrawShipment } from './shipment.commands';
import { Course } from './shipment.course';
import { decideDetails } from './shipment.details';
import type { ShipmentEvent } from './shipment.events';
import { evolve } from './shipment.evolve';
import { shipmentAlreadyFulfilled, shipmentNotFound, shipmentWithdrawn } from './shipment.refusals';
import { decideMerchantEvent, decideScan } from './shipment.report';
import type { Shipment } from './shipment.state';

export interface ShipmentTypes {
  state: Shipment;
  command: ShipmentCommand;
  event: ShipmentEvent;
}

export const shipmentDecider: Decider<ShipmentTypes> = { decide, evolve };

function decide(state: Shipment | null, command: ShipmentCommand): Decision<ShipmentEvent> {
  if (command.type === 'DraftShipment') return draft(state, command);
  if (command.type === 'FulfilShipment') return fulfil(state, command);
  // nothing crosses shops: what another shop names is not there
  const shipment = state?.shopSlug === command.shopSlug ? state : null;
  if (command.type === 'RecordScan') return decideScan(shipment, command);
  if (command.type === 'UpdateEstimatedArrival') return decideEstimate(shipment, command);
  if (!shipment) return shipmentNotFound(command.shopSlug, command.shipmentId);
  switch (command.type) {
    case 'UpdateShipmentDetails':
      return decideDetails(shipment, command);
    case 'WithdrawShipment':
      return withdraw(shipment, command);
    case 'CheckEstimatedArrival':
      return decideCheck(shipment, command);
    case 'AddShipmentEvent':
      return decideMerchantEvent(shipment, command);
  }
}

function draft(shipment: Shipment | null, command: DraftShipment): Decision<ShipmentEvent> {
  if (shipment) return ignoredForGood('duplicate');
  const { shipmentId, shopSlug, orderId, orderNumber, ordinal, placedAt, at } = command;
  const identity = { shipmentId, shopSlug, orderId, orderNumber, ordinal };
  const course = Course.beginning({ type: 'ShipmentDrafted', at, ...identity, placedAt });
  return accepted(course.system('ORDER_CREATED', placedAt).settle().events);
}

function fulfil(shipment: Shipment | null, command: FulfilShipment): Decision<ShipmentEvent> {
  switch (shipment?.status) {
    case undefined:
    case 'draft': {
      const { shipmentId, shopSlug, orderId, orderNumber, ordinal, attachment, products, at } = command;
      const identity = { shipmentId, shopSlug, orderId, orderNumber, ordinal };
      const wasDraft = shipment?.status === 'draft';
      const event = { type: 'ShipmentFulfilled', at, ...identity, attachment, products, wasDraft } as const;
      const course = shipment ? Course.from(shipment, at).record(event) : Course.beginning(event);
      const step = attachment.direction === 'merchant_customer' ? 'ORDER_IN_PROCESSING' : 'RETURN_REGISTERED';
      return accepted(course.system(step, attachment.trackingPlacedAt).settle().events);
    }
    case 'fulfilled':
      return ignoredForGood('duplicate');
    case 'withdrawn':
      return shipmentWithdrawn();
  }
}

function withdraw(shipment: Shipment, { at, cause, withdrawnAt }: WithdrawShipment): Decision<ShipmentEvent> {
  switch (shipment.status) {
    case 'draft': {
      const course = Course.from(shipment, at);
      if (cause === 'order_cancelled') course.system('ORDER_CANCELLED', withdrawnAt);
      return accepted(course.record({ type: 'ShipmentWithdrawn', at, cause, withdrawnAt }).events);
    }
    case 'fulfilled':
      return shipmentAlreadyFulfilled();
    case 'withdrawn':
      return ignoredForGood('duplicate');
  }
}

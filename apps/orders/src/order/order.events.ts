import type { AnalyticsMap } from '@waybill/contracts';
import type { SlotReference } from './order.slots';
import type { FulfilledSlot, LiveOrder, OrderDetails, Slot } from './order.state';
import type { DetailField } from './order.difference';

interface Event {
  /** Command time, the only "now" that a decision knows. */
  readonly at: string;
}

export interface OrderPlaced extends Event {
  readonly type: 'OrderPlaced';
  readonly orderId: string;
  readonly shopSlug: string;
  readonly orderNumber: string;
  readonly details: OrderDetails;
  readonly expectedShipments: number;
  readonly userAgent: string | null;
  readonly drafts: readonly SlotReference[];
}

export interface OrderUpdated extends Event {
  readonly type: 'OrderUpdated';
  readonly origin: 'caller' | 'shipment';
  /** Fields that show another value than before; rounding may make them more than the ones sent. */
  readonly changed: readonly DetailField[];
  readonly details: OrderDetails;
  /** Slots that are replaced: the changed ones, and those that a change of currency merely counts in other units. */
  readonly slots: readonly Slot[];
  /** Ordinals of those that show something else than before. */
  readonly changedSlots: readonly number[];
}

export interface OrderAttributed extends Event {
  readonly type: 'OrderAttributed';
  readonly analytics: AnalyticsMap;
  readonly previousAnalytics: AnalyticsMap;
}

export interface OrderShipmentsExpectedChanged extends Event {
  readonly type: 'OrderShipmentsExpectedChanged';
  readonly from: number;
  readonly to: number;
  readonly added: readonly SlotReference[];
  readonly removed: readonly SlotReference[];
}

export interface OrderShipmentDispatched extends Event {
  readonly type: 'OrderShipmentDispatched';
  readonly slot: FulfilledSlot;
  /** No draft was taken. */
  readonly appended: boolean;
}

interface StatusReached extends Event {
  /** Null: the order did not exist before the command. */
  readonly previousStatus: LiveOrder['status'] | null;
  readonly fulfilledShipments: number;
  readonly draftShipments: number;
}

export interface OrderPartiallyFulfilled extends StatusReached {
  readonly type: 'OrderPartiallyFulfilled';
}

export interface OrderFulfilled extends StatusReached {
  readonly type: 'OrderFulfilled';
}

export interface OrderCancelled extends Event {
  readonly type: 'OrderCancelled';
  readonly cancelledAt: string;
  readonly reason: string | null;
  readonly removed: readonly SlotReference[];
}

/** What may have happened to an order; each is one fact of the catalogue. */
export type OrderEvent =
  | OrderPlaced
  | OrderUpdated
  | OrderAttributed
  | OrderShipmentsExpectedChanged
  | OrderShipmentDispatched
  | OrderPartiallyFulfilled
  | OrderFulfilled
  | OrderCancelled;

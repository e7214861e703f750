import type { AnalyticsMap, Carrier, Flag, IdType, Phase } from '@waybill/contracts';
import type { ProductInput } from './order.products';
import type { Address, Discount, EstimatedArrival, FulfilledSlot } from './order.state';

/** How a command names its order. */
export interface OrderReference {
  readonly idType: IdType;
  readonly id: string;
}

/** What a caller says of an order. An absent member keeps what is stored, null clears it. Amounts wait for their currency. */
export interface OrderInput {
  readonly orderNumber?: string;
  readonly orderName?: string | null;
  readonly externalId?: string | null;
  readonly externalCustomerId?: string | null;
  readonly orderPlacedAt?: string;
  readonly totalPriceMajor?: number | null;
  readonly shippingPriceMajor?: number | null;
  readonly subTotalPriceMajor?: number | null;
  readonly discountPriceMajor?: number;
  readonly currency?: string;
  readonly products?: readonly ProductInput[];
  readonly discounts?: readonly Discount[];
  readonly emailId?: string | null;
  readonly address?: Address;
  readonly segments?: readonly string[];
  readonly weightGrams?: number | null;
  readonly userAgent?: string | null;
  readonly expectedShipments?: number;
}

/** How a caller names a parcel; `unknown` as a carrier is absent. */
export interface TrackingInput {
  readonly trackingNumber: string;
  readonly carrier?: Exclude<Carrier, 'unknown'>;
  readonly trackingUrl?: string | null;
  readonly trackingPlacedAt?: string;
  readonly externalShipmentId?: string | null;
  readonly direction?: FulfilledSlot['direction'];
  readonly products?: readonly ProductInput[] | null;
  /** Places in the message, for refusals: of the entry, and of the one that its products came with. */
  readonly position: number;
  readonly productsPosition: number;
}

interface Command {
  readonly shopSlug: string;
  /** Command time. */
  readonly at: string;
}

interface NamedCommand extends Command {
  readonly reference: OrderReference;
}

export interface UpsertOrder extends NamedCommand {
  readonly type: 'UpsertOrder';
  readonly order?: OrderInput;
  readonly trackings: readonly TrackingInput[];
  readonly analytics?: AnalyticsMap;
}

export interface PlaceOrder extends Command {
  readonly type: 'PlaceOrder';
  readonly order: OrderInput;
  readonly analytics?: AnalyticsMap;
}

export interface UpdateOrder extends NamedCommand {
  readonly type: 'UpdateOrder';
  readonly address?: Partial<Address>;
  readonly expectedShipments?: number;
}

export interface UpdateShipment extends NamedCommand {
  readonly type: 'UpdateShipment';
  readonly shipmentId: string;
  readonly trackingUrl?: string | null;
  readonly products?: readonly ProductInput[] | null;
}

export interface UpsertOrderAnalytics extends NamedCommand {
  readonly type: 'UpsertOrderAnalytics';
  readonly analytics: AnalyticsMap;
}

export interface CancelOrder extends NamedCommand {
  readonly type: 'CancelOrder';
  readonly reason: string | null;
  readonly cancelledAt: string;
}

export interface RecordShipmentProgress extends NamedCommand {
  readonly type: 'RecordShipmentProgress';
  readonly shipmentId: string;
  readonly shipmentSequence: number;
  readonly phase: Phase;
  readonly phaseSince: string;
  readonly flag: Flag;
  readonly estimatedArrival?: EstimatedArrival | null;
  readonly pickedUpAt?: string | null;
  readonly hadDelay: boolean;
  readonly carrier?: Exclude<Carrier, 'unknown'>;
}

/** A bulk is no command of an order: it is split before it gets here. */
export type OrderCommand =
  | UpsertOrder
  | PlaceOrder
  | UpdateOrder
  | UpdateShipment
  | UpsertOrderAnalytics
  | CancelOrder
  | RecordShipmentProgress;

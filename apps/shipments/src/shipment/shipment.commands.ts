import type { Carrier, WithdrawalCause } from '@waybill/contracts';
import type {
  AdditionalInfo,
  Attachment,
  EstimatedArrival,
  Location,
  Pickup,
  Product,
} from './shipment.state';

export type KnownCarrier = Exclude<Carrier, 'unknown'>;

interface Command {
  readonly shopSlug: string;
  /** Command time. */
  readonly at: string;
}

/** Internal commands name the parcel wholly: the first of them may be the first that is heard of it. */
interface InternalCommand extends Command {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly orderNumber: string;
}

export interface DraftShipment extends InternalCommand {
  readonly type: 'DraftShipment';
  readonly ordinal: number;
  readonly placedAt: string;
}

export interface FulfilShipment extends InternalCommand {
  readonly type: 'FulfilShipment';
  readonly ordinal: number;
  readonly attachment: Attachment;
  readonly products: readonly Product[] | null;
}

export interface UpdateShipmentDetails extends InternalCommand {
  readonly type: 'UpdateShipmentDetails';
  /** Absent: the order does not know it. */
  readonly carrier?: KnownCarrier;
  readonly trackingUrl: string | null;
  readonly externalShipmentId: string | null;
  readonly products: readonly Product[] | null;
}

export interface WithdrawShipment extends InternalCommand {
  readonly type: 'WithdrawShipment';
  readonly cause: WithdrawalCause;
  readonly withdrawnAt: string;
}

export interface CheckEstimatedArrival extends Command {
  readonly type: 'CheckEstimatedArrival';
  readonly shipmentId: string;
  readonly asOf: string;
}

/** What is reported of a parcel, by whomever. */
export interface Report {
  readonly eventName: string;
  readonly eventTime: string;
  readonly timezone: string | null;
  readonly location: Location | null;
  readonly additionalInfo: AdditionalInfo | null;
}

/** How a carrier names a parcel. */
export interface CarrierNumber {
  readonly carrier: KnownCarrier;
  readonly trackingNumber: string;
}

export interface RecordScan extends Command, Report {
  readonly type: 'RecordScan';
  readonly number: CarrierNumber;
  readonly externalId: string | null;
  readonly estimatedArrival: EstimatedArrival | null;
  readonly pickup: Pickup | null;
  /** It came before its number; its time was looked at then. */
  readonly wasKept: boolean;
}

export interface AddShipmentEvent extends Command, Report {
  readonly type: 'AddShipmentEvent';
  readonly shipmentId: string;
  readonly externalId: string;
}

interface EstimateCommand extends Command {
  readonly type: 'UpdateEstimatedArrival';
  readonly estimate: EstimatedArrival;
  /** The caller said when the estimate was made. */
  readonly isDated: boolean;
}

export interface EstimateById extends EstimateCommand {
  readonly shipmentId: string;
}

export interface EstimateByNumber extends EstimateCommand {
  readonly number: CarrierNumber;
}

export type UpdateEstimatedArrival = EstimateById | EstimateByNumber;

/** What a carrier says of a number: it may come before the number does. */
export type CarrierCommand = RecordScan | EstimateByNumber;

export type ShipmentCommand =
  | DraftShipment
  | FulfilShipment
  | UpdateShipmentDetails
  | WithdrawShipment
  | CheckEstimatedArrival
  | RecordScan
  | AddShipmentEvent
  | UpdateEstimatedArrival;

export const isCarrierCommand = (command: ShipmentCommand): command is CarrierCommand => 'number' in command;

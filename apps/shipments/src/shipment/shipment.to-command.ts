import type { CommandMessage } from '@waybill/aggregates';
import {
  type AddShipmentEventDto,
  type Carrier,
  carriers,
  type CheckEstimatedArrivalDto,
  type DraftShipmentDto,
  type FulfilShipmentDto,
  normaliseOrderNumber,
  normaliseTrackingNumber,
  normaliseUuid,
  type RecordScanDto,
  type UpdateEstimatedArrivalDto,
  type UpdateShipmentDetailsDto,
  type WithdrawShipmentDto,
} from '@waybill/contracts';
import type { CarrierNumber, KnownCarrier, Report, ShipmentCommand } from './shipment.commands';
import {
  additionalInfo,
  checked,
  location,
  orNull,
  pickup,
  product,
  textOrNull,
  time,
} from './shipment.normalisation';
import type { EstimatedArrival } from './shipment.state';

/** The command that a valid message means, normalised (domain 1.4, 1.5). */
export function toCommand(message: CommandMessage): ShipmentCommand {
  const read = readers[message.type];
  if (!read) throw new Error(`${message.type} is no command of a shipment`);
  const { data, time: at, kept = false, saidAt = at } = message;
  return read(data, at, { wasKept: kept, saidAt });
}

/** Of one that was kept until its number was known, `saidAt` is its own time; the command's is that of the attachment. */
interface Keeping {
  readonly wasKept: boolean;
  readonly saidAt: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- each type name stands for one DTO
const readers: Readonly<Record<string, (data: any, at: string, keeping: Keeping) => ShipmentCommand>> = {
  'shipments.draft-shipment.v1': (data: DraftShipmentDto, at) => ({
    type: 'DraftShipment',
    ...named(data, at),
    ordinal: data.ordinal,
    placedAt: time(data.placed_at),
  }),
  'shipments.fulfil-shipment.v1': (data: FulfilShipmentDto, at) => ({
    type: 'FulfilShipment',
    ...named(data, at),
    ordinal: data.ordinal,
    attachment: {
      direction: data.direction,
      trackingNumber: number(data.tracking_number),
      carrier: carrier(data.carrier_reference),
      trackingUrl: textOrNull(data.tracking_url),
      trackingPlacedAt: time(data.tracking_placed_at),
      externalShipmentId: textOrNull(data.external_shipment_id),
    },
    products: orNull(data.products, (products) => products.map(product)),
  }),
  'shipments.update-shipment-details.v1': (data: UpdateShipmentDetailsDto, at) => {
    const known = orNull(data.carrier_reference, carrier) ?? 'unknown';
    return {
      type: 'UpdateShipmentDetails',
      ...named(data, at),
      ...(known === 'unknown' ? {} : { carrier: known }),
      trackingUrl: textOrNull(data.tracking_url),
      externalShipmentId: textOrNull(data.external_shipment_id),
      products: orNull(data.products, (products) => products.map(product)),
    };
  },
  'shipments.withdraw-shipment.v1': (data: WithdrawShipmentDto, at) => ({
    type: 'WithdrawShipment',
    ...named(data, at),
    cause: data.cause,
    withdrawnAt: time(data.at),
  }),
  'shipments.check-estimated-arrival.v1': (data: CheckEstimatedArrivalDto, at) => ({
    type: 'CheckEstimatedArrival',
    shopSlug: data.shop_slug,
    at,
    shipmentId: id(data.shipment_id),
    asOf: time(data.as_of),
  }),
  'shipments.record-scan.v1': (data: RecordScanDto, at, { wasKept }) => ({
    type: 'RecordScan',
    shopSlug: data.shop_slug,
    at,
    number: carrierNumber(data.carrier_reference, data.tracking_number),
    ...report(data),
    externalId: textOrNull(data.external_id),
    estimatedArrival: orNull(data.estimated_arrival, (sent) => estimate(sent, data.event_time)),
    pickup: orNull(data.pickup, pickup),
    wasKept,
  }),
  'shipments.add-shipment-event.v1': (data: AddShipmentEventDto, at) => ({
    type: 'AddShipmentEvent',
    shopSlug: data.shop_slug,
    at,
    shipmentId: id(data.shipment_id),
    ...report(data),
    externalId: data.external_id.trim(),
  }),
  'shipments.update-estimated-arrival.v1': (data: UpdateEstimatedArrivalDto, at, { saidAt }) => ({
    type: 'UpdateEstimatedArrival',
    shopSlug: data.shop_slug,
    at,
    ...(data.shipment_id === undefined
      ? { number: carrierNumber(data.carrier_reference, data.tracking_number) }
      : { shipmentId: id(data.shipment_id) }),
    // it was made when it was sent, however long it was kept: a later one must win (domain 3.8)
    estimate: estimate(data, saidAt),
    isDated: data.predicted_at !== undefined,
  }),
};

const id = (sent: string): string => checked(normaliseUuid(sent), 'a uuid');

const number = (sent: unknown): string => checked(normaliseTrackingNumber(sent), 'tracking_number');

const carrier = (sent: string | undefined): Carrier =>
  checked(
    carriers.find((name) => name === sent),
    'carrier_reference',
  );

function carrierNumber(carrierReference: string | undefined, trackingNumber: unknown): CarrierNumber {
  const known = carrier(carrierReference);
  if (known === 'unknown') throw new Error('a carrier that names a number is known');
  return { carrier: known satisfies KnownCarrier, trackingNumber: number(trackingNumber) };
}

const named = (data: DraftShipmentDto | UpdateShipmentDetailsDto | WithdrawShipmentDto, at: string) => ({
  shopSlug: data.shop_slug,
  at,
  shipmentId: id(data.shipment_id),
  orderId: id(data.order_id),
  orderNumber: normaliseOrderNumber(data.order_number),
});

const report = (data: RecordScanDto | AddShipmentEventDto): Report => ({
  eventName: data.event_name,
  eventTime: time(data.event_time),
  timezone: data.timezone ?? null,
  location: orNull(data.location, location),
  additionalInfo: orNull(data.additional_info, additionalInfo),
});

type SentEstimate = Pick<UpdateEstimatedArrivalDto, 'from' | 'to' | 'predicted_at'>;

const estimate = (
  { from, to, predicted_at: predictedAt }: SentEstimate,
  undated: string,
): EstimatedArrival => ({
  from: orNull(from, time),
  to: time(to),
  predictedAt: time(predictedAt ?? undated),
});

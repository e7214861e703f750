import type { CommandMessage } from '@waybill/aggregates';
import {
  type CancelOrderDto,
  type EstimatedArrivalDto,
  type IdType,
  normaliseText,
  normaliseUuid,
  type PlaceOrderDto,
  type RecordShipmentProgressDto,
  type UpdateOrderDto,
  type UpdateShipmentDto,
  type UpsertOrderAnalyticsDto,
  type UpsertOrderDto,
} from '@waybill/contracts';
import type { OrderCommand, OrderReference } from './order.commands';
import {
  addressParts,
  checked,
  ifGiven,
  ifSent,
  knownCarrier,
  map,
  orderInput,
  present,
  product,
  time,
  tracking,
} from './order.normalisation';
import type { EstimatedArrival } from './order.state';

interface Reference {
  readonly shop_slug: string;
  readonly id: string;
  readonly id_type?: IdType;
}

/** The reference as it is compared: text trimmed, a uuid in lower case. */
export function referenceOf({ id, id_type: idType = 'order_number' }: Reference): OrderReference {
  return { idType, id: idType === 'uuid' ? checked(normaliseUuid(id.trim()), 'id') : id.trim() };
}

/** The command that a valid message means, normalised (domain 1.4, 1.5). */
export function toCommand({ type, data, time: at }: CommandMessage): OrderCommand {
  const read = readers[type];
  if (!read) throw new Error(`${type} is no command of one order`);
  return read(data, at);
}

// oxlint-disable-next-line typescript/no-explicit-any -- each type name stands for one DTO
const readers: Readonly<Record<string, (data: any, at: string) => OrderCommand>> = {
  'orders.upsert-order.v1': (data: UpsertOrderDto, at) =>
    present<OrderCommand>({
      type: 'UpsertOrder',
      ...named(data, at),
      order: ifGiven(data.order, orderInput),
      trackings: data.trackings?.map(tracking) ?? [],
      analytics: map(data.order_analytics === undefined ? data.order?.order_analytics : data.order_analytics),
    }),
  'orders.place-order.v1': (data: PlaceOrderDto, at) =>
    present<OrderCommand>({
      type: 'PlaceOrder',
      shopSlug: data.shop_slug,
      at,
      order: orderInput(data.order),
      analytics: map(data.order_analytics === undefined ? data.order.order_analytics : data.order_analytics),
    }),
  'orders.update-order.v1': (data: UpdateOrderDto, at) =>
    present<OrderCommand>({
      type: 'UpdateOrder',
      ...named(data, at),
      address: ifGiven(data.address, addressParts),
      expectedShipments: data.expected_number_of_shipments,
    }),
  'orders.update-shipment.v1': (data: UpdateShipmentDto, at) =>
    present<OrderCommand>({
      type: 'UpdateShipment',
      ...named(data, at),
      shipmentId: checked(normaliseUuid(data.shipment_id), 'shipment_id'),
      trackingUrl: ifSent(data.tracking_url, normaliseText),
      products: ifSent(data.products, (products) => products.map(product)),
    }),
  'orders.upsert-order-analytics.v1': (data: UpsertOrderAnalyticsDto, at) => ({
    type: 'UpsertOrderAnalytics',
    ...named(data, at),
    analytics: data.order_analytics ?? {},
  }),
  'orders.cancel-order.v1': (data: CancelOrderDto, at) => ({
    type: 'CancelOrder',
    ...named(data, at),
    reason: normaliseText(data.reason ?? null),
    cancelledAt: ifGiven(data.cancelled_at, time) ?? at,
  }),
  'orders.record-shipment-progress.v1': (data: RecordShipmentProgressDto, at) =>
    present<OrderCommand>({
      type: 'RecordShipmentProgress',
      ...named(data, at),
      shipmentId: checked(normaliseUuid(data.shipment_id), 'shipment_id'),
      shipmentSequence: data.shipment_sequence,
      phase: data.phase,
      phaseSince: time(data.phase_since),
      flag: data.flag,
      estimatedArrival: ifSent(data.estimated_arrival, estimate),
      pickedUpAt: ifSent(data.picked_up_at, time),
      hadDelay: data.had_delay,
      carrier: knownCarrier(data.carrier_reference),
    }),
};

const named = (data: Reference, at: string) => ({
  shopSlug: data.shop_slug,
  at,
  reference: referenceOf(data),
});

const estimate = ({ from, to, predicted_at }: EstimatedArrivalDto): EstimatedArrival => ({
  from: ifSent(from, time) ?? null,
  to: time(to),
  predictedAt: time(predicted_at),
});

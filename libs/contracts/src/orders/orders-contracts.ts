import type { MessageContract } from '../message-contract';
import type { Constructor } from '../rules/member-registry';
import * as commands from './order-commands.dto';
import * as facts from './order-facts.dto';

const command = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `orders.${name}.v1` as const,
  kind: 'command' as const,
  topic: 'orders.commands' as const,
  payload,
  summary,
});

const fact = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `orders.${name}.v1` as const,
  kind: 'fact' as const,
  topic: 'orders.events' as const,
  payload,
  summary,
});

/** Every message of the orders service. */
export const ordersContracts = [
  command('upsert-order', commands.UpsertOrderDto, 'create or change an order and hand its parcels over'),
  command('place-order', commands.PlaceOrderDto, 'create an order; refused when it exists'),
  command(
    'update-order',
    commands.UpdateOrderDto,
    'change the destination or the expected number of parcels',
  ),
  command('update-shipment', commands.UpdateShipmentDto, 'change what is known of one parcel'),
  command('bulk-fulfil-orders', commands.BulkFulfilOrdersDto, 'many independent upserts of one shop'),
  command('upsert-order-analytics', commands.UpsertOrderAnalyticsDto, "replace an order's attribution"),
  command('cancel-order', commands.CancelOrderDto, 'cancel an order of which no parcel was dispatched'),
  {
    ...command(
      'record-shipment-progress',
      commands.RecordShipmentProgressDto,
      "what the order shows of a parcel's life; made from shipment facts",
    ),
    internal: true,
  },
  fact('order-placed', facts.OrderPlacedDto, 'an order was made'),
  fact('order-updated', facts.OrderUpdatedDto, 'fields of an order or of its slots changed'),
  fact('order-shipment-dispatched', facts.OrderShipmentDispatchedDto, 'a parcel got its tracking number'),
  fact('order-fulfilled', facts.OrderFulfilledDto, 'every parcel is on its way'),
  fact(
    'order-partially-fulfilled',
    facts.OrderPartiallyFulfilledDto,
    'some parcels are on their way, others are drafts',
  ),
  fact(
    'order-shipments-expected-changed',
    facts.OrderShipmentsExpectedChangedDto,
    'another number of parcels is expected',
  ),
  fact('order-attributed', facts.OrderAttributedDto, 'the attribution changed'),
  fact('order-cancelled', facts.OrderCancelledDto, 'the order was cancelled'),
] as const satisfies readonly MessageContract[];

import { orderId, shipmentId } from '@waybill/contracts';
import {
  type AnyFact,
  type Command,
  command,
  type Reply,
  type RunningParcels,
  shipmentCommand,
} from '@waybill/testing';

export const shop = 'demo-shop';

/** The parcel of an order's slot. */
export const parcelId = (orderNumber: string, ordinal = 1, of = shop): string =>
  shipmentId(orderId(of, orderNumber), ordinal);

/** An upsert that creates the order where it is missing. */
export const upsert = (orderNumber: string, trackings: readonly object[], order: object = {}): Command =>
  command('upsert-order', {
    shop_slug: shop,
    id: orderNumber,
    order: { order_number: orderNumber, address: { country_code: 'DE', zip_code: '12345' }, ...order },
    trackings,
  });

/** A scan that is in order, of the carrier `dhl` unless `data` says otherwise. */
export const scan = (trackingNumber: string, data: object = {}, attributes: Partial<Command> = {}): Command =>
  shipmentCommand(
    'record-scan',
    {
      shop_slug: shop,
      carrier_reference: 'dhl',
      tracking_number: trackingNumber,
      event_name: 'CARRIER_PICKED_UP',
      event_time: '2026-06-01T10:00:00Z',
      ...data,
    },
    attributes,
  );

/** Places an order with this tracking and waits until its parcel has the number. Answers the parcel's id. */
export async function attached(
  { orders, shipments }: RunningParcels,
  orderNumber: string,
  tracking: object,
): Promise<string> {
  const reply = await orders.client.ask(upsert(orderNumber, [tracking]));
  if (reply.outcome !== 'accepted') throw new Error(JSON.stringify(reply));
  const id = parcelId(orderNumber);
  await factThat({ shipments }, id, 'shipment-fulfilled');
  return id;
}

/** Waits for the last of a parcel's facts of this name, such as `shipment-flagged`, that has these change fields. */
export const factThat = (
  { shipments: { client } }: Pick<RunningParcels, 'shipments'>,
  id: string,
  name: string,
  fields: object = {},
): Promise<AnyFact> =>
  client.heard.until(`${name} ${JSON.stringify(fields)} of ${id}`, () =>
    client
      .factsSoFar(id)
      .findLast(({ type, data }) => type === `shipments.${name}.v1` && hasAll(data, fields)),
  );

const hasAll = (data: object, fields: object): boolean =>
  Object.entries(fields).every(([name, value]) => data[name as keyof typeof data] === value);

/** Names of a parcel's recorded events, oldest first, as it reads over HTTP. */
export async function eventNames({ shipments }: RunningParcels, id: string): Promise<string[]> {
  const { events } = await shipments.service.get<{ events: { event_name: string }[] }>(
    `/v1/shops/${shop}/shipments/${id}`,
  );
  return events.map(({ event_name: name }) => name);
}

/** What most answers are compared by. */
export const gist = ({ outcome, reason, key }: Reply): string => reason ?? key ?? outcome;

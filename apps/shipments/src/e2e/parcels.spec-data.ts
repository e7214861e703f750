import { orderId, shipmentId } from '@waybill/contracts';
import {
  type Alone,
  type AnyFact,
  type Command,
  type PlayedParcel,
  type Reply,
  type Running,
  shipmentCommand,
  type ShipmentsClient,
} from '@waybill/testing';

export const shop = 'demo-shop';

/** The parcel of an order's slot. */
export const parcelId = (orderNumber: string, ordinal = 1, of = shop): string =>
  shipmentId(orderId(of, orderNumber), ordinal);

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

/** Orders tell of an order of this moment whose parcel has this tracking. Answers the parcel's id, once it has the number. */
export async function attached(
  shipments: Alone<ShipmentsClient>,
  orderNumber: string,
  tracking: Pick<PlayedParcel, 'tracking_number' | 'carrier_reference'>,
): Promise<string> {
  const now = new Date().toISOString();
  const parcel = { shop, orderNumber, placed_at: now, tracking_placed_at: now, ...tracking };
  await shipments.neighbours.tell(parcel, ['placed', 'dispatched']);
  const id = parcelId(orderNumber);
  await factThat(shipments, id, 'shipment-fulfilled');
  return id;
}

/** Waits for the last of a parcel's facts of this name, such as `shipment-flagged`, that has these change fields. */
export const factThat = (
  { client }: Running<ShipmentsClient>,
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
export async function eventNames({ service }: Running<ShipmentsClient>, id: string): Promise<string[]> {
  const { events } = await service.get<{ events: { event_name: string }[] }>(
    `/v1/shops/${shop}/shipments/${id}`,
  );
  return events.map(({ event_name: name }) => name);
}

/** What most answers are compared by. */
export const gist = ({ outcome, reason, key }: Reply): string => reason ?? key ?? outcome;

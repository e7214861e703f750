import { orderId, shipmentId } from '@waybill/contracts';
import {
  claimCommand,
  type Command,
  command,
  type Reply,
  type RunningEverything,
  type Servers,
} from '@waybill/testing';
import { mongo } from 'mongoose';

export const shop = 'demo-shop';

export const parcelId = (orderNumber: string, ordinal = 1): string =>
  shipmentId(orderId(shop, orderNumber), ordinal);

/** A number of an order's parcel; all numbers of a test file differ by their orders. */
export const numberOf = (orderNumber: string): string => `TRACK${orderNumber}`;

/** Creates an order with one parcel on its way. */
export const dispatched = (orderNumber: string, trackings: readonly object[] = [{}]): Command =>
  command('upsert-order', {
    shop_slug: shop,
    id: orderNumber,
    order: { order_number: orderNumber, address: { country_code: 'DE', zip_code: '12345' } },
    trackings: trackings.map((tracking) => ({
      tracking_number: numberOf(orderNumber),
      carrier_reference: 'dhl',
      ...tracking,
    })),
  });

/** A claim on the first parcel of an order, by its id unless `data` says otherwise. */
export const claimOn = (orderNumber: string, data: object = {}, attributes: Partial<Command> = {}): Command =>
  claimCommand(
    'create-claim',
    { shop_slug: shop, shipment_id: parcelId(orderNumber), reason: 'damage', ...data },
    attributes,
  );

/** The same by the number of the parcel. */
export const claimByNumber = (orderNumber: string, data: object = {}): Command =>
  claimCommand('create-claim', {
    shop_slug: shop,
    tracking_number: numberOf(orderNumber),
    reason: 'damage',
    ...data,
  });

/** Dispatches the parcels of orders and waits until claims know of them. */
export async function dispatchAll(
  { orders, shipments }: RunningEverything,
  orderNumbers: readonly string[],
): Promise<void> {
  for (const number of orderNumbers) {
    const reply = await orders.client.ask(dispatched(number));
    if (reply.outcome !== 'accepted') throw new Error(JSON.stringify(reply));
  }
  for (const number of orderNumbers) await shipments.client.facts(parcelId(number), 2);
}

/** What is kept of orders and parcels, by id. */
export async function copiesOf({ mongoUri }: Pick<Servers, 'mongoUri'>): Promise<unknown[][]> {
  const client = await mongo.MongoClient.connect(mongoUri);
  try {
    const db = client.db('claims');
    const read = (name: string) => db.collection(name).find().sort({ _id: 1 }).toArray();
    return [await read('known_orders'), await read('known_shipments')];
  } finally {
    await client.close();
  }
}

/** What most answers are compared by. */
export const gist = ({ outcome, reason, key }: Reply): string => reason ?? key ?? outcome;

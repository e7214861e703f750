import { orderId, shipmentId } from '@waybill/contracts';
import {
  type Alone,
  claimCommand,
  type ClaimsClient,
  type Command,
  type PlayedParcel,
  type Reply,
  type Servers,
} from '@waybill/testing';
import { mongo } from 'mongoose';

export const shop = 'demo-shop';

export const parcelId = (orderNumber: string, ordinal = 1): string =>
  shipmentId(orderId(shop, orderNumber), ordinal);

/** A number of an order's parcel; all numbers of a test file differ by their orders. */
export const numberOf = (orderNumber: string): string => `TRACK${orderNumber}`;

/** The parcel of an order, on its way. */
export const sentOff = (orderNumber: string, data: Partial<PlayedParcel> = {}): PlayedParcel => ({
  shop,
  orderNumber,
  tracking_number: numberOf(orderNumber),
  ...data,
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

/** Orders and shipments tell of parcels on their way, one of each order. */
export async function dispatchAll(
  { neighbours }: Pick<Alone<ClaimsClient>, 'neighbours'>,
  orderNumbers: readonly string[],
): Promise<void> {
  for (const number of orderNumbers) await neighbours.dispatch(sentOff(number));
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

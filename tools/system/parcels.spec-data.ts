import { type Command, command, type RunningParcels } from '@waybill/testing';
import * as alone from '../../apps/shipments/src/e2e/parcels.spec-data';

export { gist, parcelId, scan, shop } from '../../apps/shipments/src/e2e/parcels.spec-data';

/** An upsert that creates the order where it is missing. */
export const upsert = (orderNumber: string, trackings: readonly object[], order: object = {}): Command =>
  command('upsert-order', {
    shop_slug: alone.shop,
    id: orderNumber,
    order: { order_number: orderNumber, address: { country_code: 'DE', zip_code: '12345' }, ...order },
    trackings,
  });

/** Places an order with this tracking and waits until its parcel has the number. Answers the parcel's id. */
export async function attached(
  { orders, shipments }: RunningParcels,
  orderNumber: string,
  tracking: object,
): Promise<string> {
  const reply = await orders.client.ask(upsert(orderNumber, [tracking]));
  if (reply.outcome !== 'accepted') throw new Error(JSON.stringify(reply));
  const id = alone.parcelId(orderNumber);
  await alone.factThat(shipments, id, 'shipment-fulfilled');
  return id;
}

/** Waits for the last of a parcel's facts of this name, such as `shipment-flagged`, that has these change fields. */
export const factThat = ({ shipments }: RunningParcels, id: string, name: string, fields: object = {}) =>
  alone.factThat(shipments, id, name, fields);

/** Names of a parcel's recorded events, oldest first, as it reads over HTTP. */
export const eventNames = ({ shipments }: RunningParcels, id: string) => alone.eventNames(shipments, id);

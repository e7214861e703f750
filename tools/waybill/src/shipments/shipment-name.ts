import { normaliseUuid, orderId, shipmentId } from '@waybill/contracts';
import { CommandFailure } from '../failure';

export interface NamedShipment {
  readonly id: string;
  /** Not known where it is named by its own id. */
  readonly orderId?: string;
}

/** The shipment that a person names: by its id, or as `<shop>/<number>/<ordinal>`. The number may hold slashes of its own. */
export function namedShipment(named: string): NamedShipment {
  const id = normaliseUuid(named);
  if (id !== undefined) return { id };
  const [, shop, number, ordinal] = /^([^/]+)\/(.+)\/([1-9]\d*)$/.exec(named) ?? [];
  if (shop === undefined || number === undefined) {
    throw new CommandFailure(
      `"${named}" names no shipment: wanted <shop>/<number>/<ordinal>, demo-shop/10001/1 for instance, or a shipment id`,
      2,
    );
  }
  const order = orderId(shop, number);
  return { id: shipmentId(order, Number(ordinal)), orderId: order };
}

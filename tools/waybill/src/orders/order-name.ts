import { normaliseUuid, orderId } from '@waybill/contracts';
import { CommandFailure } from '../failure';

/** The order that a person names: by its id, or as `<shop>/<number>`. The number may hold slashes of its own. */
export function orderIdOf(named: string): string {
  const id = normaliseUuid(named);
  if (id !== undefined) return id;
  const slash = named.indexOf('/');
  if (slash < 1 || slash === named.length - 1) {
    throw new CommandFailure(
      `"${named}" names no order: wanted <shop>/<number>, demo-shop/10001 for instance, or an order id`,
      2,
    );
  }
  return orderId(named.slice(0, slash), named.slice(slash + 1));
}

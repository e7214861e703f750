import type { shipmentsUses } from './shipments.uses';
import { declareUses, type ReadBy, type SentBy } from './uses';

/** What does not compile; nobody calls it. */
export function ofTypes(
  placed: ReadBy<typeof shipmentsUses, 'orders.order-placed.v1'>,
  sent: SentBy<typeof shipmentsUses, 'shipments.withdraw-shipment.v1'>,
): unknown[] {
  return [
    placed.shipments[0]?.ordinal,
    // @ts-expect-error the snapshot is not declared
    placed.order,
    // @ts-expect-error nor is this
    placed.shipments[0]?.status,
    sent.cause,
    // @ts-expect-error no such member of the command
    sent.reason,
    // @ts-expect-error no fact has this member
    declareUses('x', { reads: { 'orders.order-placed.v1': { placed_on: true } }, sends: {} }),
    // @ts-expect-error nor below another one
    declareUses('x', { reads: { 'orders.events': { order: { products: { colour: true } } } }, sends: {} }),
    // @ts-expect-error there is no such fact
    declareUses('x', { reads: { 'orders.order-lost.v1': true }, sends: {} }),
    // @ts-expect-error no such member of the command
    declareUses('x', { reads: {}, sends: { 'orders.cancel-order.v1': { cause: true } } }),
  ];
}

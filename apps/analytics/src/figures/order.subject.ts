import { analyticsUses, readingOf } from '@waybill/contracts';
import { keptOrderOf, type KeptOrder } from './kept-order';
import { addDispatch, addOrder } from './order-cells';
import { addParcel } from './parcel-cells';
import type { Subject } from './subject';
import { Tally } from './tally';

export type { KeptOrder } from './kept-order';

/** How facts of orders are taken. */
export const ofOrders = readingOf(analyticsUses, 'orders.events');

/** An order, its parcels and its credit. A snapshot stands for everything before it. */
export const orderSubject: Subject<KeptOrder> = {
  topic: 'orders.events',
  subjectId: (fact) => ofOrders.see(fact.data).order_id,
  apply: (_, fact) => keptOrderOf(ofOrders.see(fact.data).order),
  contributions(kept) {
    const tally = new Tally();
    addOrder(tally, kept);
    addDispatch(tally, kept);
    for (const parcel of kept.parcels) addParcel(tally, kept, parcel);
    return tally.contributions();
  },
};

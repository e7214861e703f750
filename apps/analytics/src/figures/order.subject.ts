import type { OrderFactDto } from '@waybill/contracts';
import { keptOrderOf, type KeptOrder } from './kept-order';
import { addDispatch, addOrder } from './order-cells';
import { addParcel } from './parcel-cells';
import type { Subject } from './subject';
import { Tally } from './tally';

export type { KeptOrder } from './kept-order';

/** An order, its parcels and its credit. A snapshot stands for everything before it. */
export const orderSubject: Subject<KeptOrder> = {
  topic: 'orders.events',
  subjectId: (fact) => (fact.data as OrderFactDto).order_id,
  apply: (_, fact) => keptOrderOf((fact.data as OrderFactDto).order),
  contributions(kept) {
    const tally = new Tally();
    addOrder(tally, kept);
    addDispatch(tally, kept);
    for (const parcel of kept.parcels) addParcel(tally, kept, parcel);
    return tally.contributions();
  },
};

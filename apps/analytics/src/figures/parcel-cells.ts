import type { Measures } from './cell';
import type { KeptOrder, KeptParcel } from './kept-order';
import { addToGroups } from './order-cells';
import type { Tally } from './tally';
import { businessDays, dayMs, dayOf } from './utc-day';

/** A delivery that took longer counts as this many days: no target is above 365. */
const maxDays = 366;

/** Reports `shipments` and `delivery-times`. */
export function addParcel(tally: Tally, order: KeptOrder, parcel: KeptParcel): void {
  const { phase, flag } = parcel;
  const facets = { country: order.country, phase, flag };
  const segments = order.segments.map((segment) => `segment:${segment}`);
  const delivery = parcel.isReturn || phase !== 'delivered' ? null : measuresOfDelivery(order, parcel);
  for (const view of ['all', ...segments, `carrier:${parcel.carrier}`]) {
    addToGroups(tally, order, 'shipments', parcel.placedAt, view, facets, measuresOfParcel(parcel));
    if (delivery === null) continue;
    addToGroups(tally, order, 'delivery-times', parcel.phaseSince, view, facets, delivery);
  }
}

function measuresOfParcel(parcel: KeptParcel): Measures {
  if (parcel.isReturn) return { returns: 1n };
  const { phase, flag, phaseSince, expectedUntil, hadDelay } = parcel;
  const isDelivered = phase === 'delivered';
  const isLate = isDelivered && expectedUntil !== null && Date.parse(phaseSince) > Date.parse(expectedUntil);
  const counts = { shipments: 1n, [`by_phase/${phase}`]: 1n, [`by_flag/${flag}`]: 1n };
  return {
    ...counts,
    ...(isDelivered && { delivered: 1n }),
    ...(isDelivered && expectedUntil !== null && { estimated: 1n }),
    ...(isLate && { late: 1n }),
    ...((hadDelay || isLate) && { delayed: 1n }),
    ...(!hadDelay && !isDelivered && expectedUntil !== null && { [`due/${dayOf(expectedUntil)}`]: 1n }),
  };
}

function measuresOfDelivery({ placedAt }: KeptOrder, parcel: KeptParcel): Measures {
  const { phaseSince: deliveredAt, pickedUpAt } = parcel;
  const ms = Date.parse(deliveredAt) - Date.parse(placedAt);
  const days = Math.min(Math.ceil(ms / dayMs), maxDays);
  return {
    ...measuresOfDuration('placed_to_delivered', placedAt, deliveredAt),
    ...measuresOfDuration('fulfilled_to_delivered', parcel.placedAt, deliveredAt),
    ...(pickedUpAt !== null && measuresOfDuration('picked_up_to_delivered', pickedUpAt, deliveredAt)),
    ...(ms >= 0 && { [`days/${days}`]: 1n }),
  };
}

function measuresOfDuration(name: string, start: string, end: string): Measures {
  const ms = Date.parse(end) - Date.parse(start);
  if (ms < 0) return { [`${name}.invalid`]: 1n };
  return {
    [`${name}.ms`]: BigInt(ms),
    [`${name}.count`]: 1n,
    [`${name}.business_days`]: BigInt(businessDays(start, end)),
  };
}

import type { CellReport, Facets, Measures } from './cell';
import type { KeptOrder, KeptParcel } from './kept-order';
import type { Tally } from './tally';
import { dayOf } from './utc-day';

/** A view that an order is seen in, with the forward parcels that count there. */
interface OrderView {
  readonly view: string;
  readonly parcels: readonly KeptParcel[];
}

/** Groups of an order or parcel beside those that are views or facets. */
export const groupsOf = ({ province, credit }: KeptOrder) => [
  'none',
  `province_code:${province}`,
  `campaign:${credit.campaign ?? ''}`,
];

/** Reports `orders` and `campaigns`. */
export function addOrder(tally: Tally, order: KeptOrder): void {
  const { currency, country, credit } = order;
  const measures = measuresOfOrder(order);
  const conversions = measuresOfConversion(order);
  for (const { view, parcels } of viewsOf(order)) {
    const facets = { currency, country, parcels: parcelFacet(parcels) };
    addToGroups(tally, order, 'orders', order.placedAt, view, facets, measures);
    if (order.status === 'cancelled') continue;
    const credited = { ...facets, campaign: credit.campaign ?? '', method: credit.method };
    addToGroups(tally, order, 'campaigns', order.placedAt, view, credited, conversions);
  }
}

/** Denominator of claim rates. */
export function addDispatch(tally: Tally, order: KeptOrder): void {
  if (order.firstDispatchedAt === null) return;
  for (const { view } of viewsOf(order)) {
    const facets = { country: order.country };
    addToGroups(tally, order, 'dispatched', order.firstDispatchedAt, view, facets, { dispatched: 1n });
  }
}

export function addToGroups(
  tally: Tally,
  order: KeptOrder,
  report: CellReport,
  time: string,
  view: string,
  facets: Facets,
  measures: Measures,
): void {
  for (const group of groupsOf(order)) {
    tally.add({ shop: order.shop, report, day: dayOf(time), view, group, facets }, measures);
  }
}

function viewsOf({ segments, parcels }: KeptOrder): OrderView[] {
  const forward = parcels.filter(({ isReturn }) => !isReturn);
  const carriers = [...new Set(forward.map(({ carrier }) => carrier))];
  return [
    { view: 'all', parcels: forward },
    ...segments.map((segment) => ({ view: `segment:${segment}`, parcels: forward })),
    ...carriers.map((carrier) => ({
      view: `carrier:${carrier}`,
      parcels: forward.filter((parcel) => parcel.carrier === carrier),
    })),
  ];
}

const parcelFacet = (parcels: readonly KeptParcel[]) =>
  [...new Set(parcels.map(({ phase, flag }) => `${phase}/${flag}`))].toSorted().join();

function measuresOfOrder(order: KeptOrder): Measures {
  const counts = { orders: 1n, [`orders_${order.status}`]: 1n, ...measuresOfDispatch(order) };
  if (order.status === 'cancelled') return counts;
  const products = new Map<string, bigint>();
  const add = (name: string, value: bigint) => products.set(name, (products.get(name) ?? 0n) + value);
  for (const { product, quantity, priceMinor } of order.lines) {
    add(`units/${product}`, BigInt(quantity));
    if (priceMinor !== null) add(`revenue_by_product/${product}`, BigInt(priceMinor) * BigInt(quantity));
  }
  return { ...counts, ...measuresOfValue(order), ...Object.fromEntries(products) };
}

function measuresOfDispatch({ placedAt, firstDispatchedAt }: KeptOrder): Measures {
  const ms = firstDispatchedAt === null ? -1 : Date.parse(firstDispatchedAt) - Date.parse(placedAt);
  return ms < 0 ? {} : { dispatch_ms: BigInt(ms), dispatch_count: 1n };
}

const measuresOfValue = ({ valueMinor }: KeptOrder): Measures =>
  valueMinor === null ? {} : { revenue: BigInt(valueMinor), revenue_count: 1n };

function measuresOfConversion(order: KeptOrder): Measures {
  const { source, medium, affiliate } = order.credit;
  const own = { conversions: 1n, ...measuresOfValue(order) };
  const named = Object.entries({ by_source: source, by_medium: medium, by_affiliate: affiliate });
  const split = named.flatMap(([breakdown, value]) =>
    value === null
      ? []
      : Object.entries(own).map(([name, sum]): [string, bigint] => [`${breakdown}.${name}/${value}`, sum]),
  );
  return { ...own, ...Object.fromEntries(split) };
}

import type { Counted, CountedOrder } from './counted';
import { average, cents, countBy, money, share, sum, totals } from './sums';

export interface Question {
  readonly report: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What a row says of all that it counts. `affected`: orders whose first claim falls on it. */
export function measuresOf(
  { report, query }: Question,
  counted: readonly Counted[],
  affected: number,
): object {
  switch (report) {
    case 'orders':
      return ordersOf(counted.flatMap(({ order }) => order ?? []));
    case 'campaigns':
      return campaignsOf(counted.flatMap(({ order }) => order ?? []));
    case 'shipments':
      return shipmentsOf(counted, query['as_of'] ?? '');
    case 'delivery-times':
      return deliveryTimesOf(counted, Number(query['target_days']));
    default:
      return claimsOf(counted, affected);
  }
}

/** In cents; undefined where neither a total, a sub-total nor a price is known. */
function valueOf(order: CountedOrder): number | undefined {
  if (order.status === 'cancelled') return undefined;
  if (order.total_order_price !== null) return cents(order.total_order_price);
  const priced = order.products.filter(({ price }) => price !== null);
  if (order.sub_total_price === null && priced.length === 0) return undefined;
  const goods =
    order.sub_total_price === null
      ? sum(priced.map(({ price, quantity }) => cents(price ?? 0) * quantity))
      : cents(order.sub_total_price);
  return Math.max(0, goods + cents(order.shipping_price ?? 0) - cents(order.discount_price ?? 0));
}

const valuesOf = (orders: readonly CountedOrder[]): number[] =>
  orders.flatMap((order) => valueOf(order) ?? []);

function ordersOf(all: readonly CountedOrder[]): object {
  const withStatus = (wanted: string) => all.filter(({ status }) => status === wanted).length;
  const lines = all
    .filter(({ status }) => status !== 'cancelled')
    .flatMap(({ products }) => products)
    .map(({ sku, title, quantity, price }) => ({ name: sku ?? title, quantity, price: price ?? 0 }));
  const waits = all.flatMap(({ first_dispatched_at: dispatched, order_placed_at: placed }) =>
    dispatched === null ? [] : [Date.parse(dispatched) - Date.parse(placed)],
  );
  const revenue = money(valuesOf(all));
  return {
    orders: all.length,
    orders_cancelled: withStatus('cancelled'),
    orders_fulfilled: withStatus('fulfilled'),
    orders_partially_fulfilled: withStatus('partially_fulfilled'),
    revenue: revenue.sum,
    average_order_value: revenue,
    time_to_dispatch: average(
      waits.filter((ms) => ms >= 0),
      3_600_000,
    ),
    units: totals(lines.map(({ name, quantity }) => [name, quantity])),
    revenue_by_product: Object.fromEntries(
      Object.entries(totals(lines.map(({ name, quantity, price }) => [name, cents(price) * quantity]))).map(
        ([name, value]) => [name, value / 100],
      ),
    ),
  };
}

function converted(some: readonly CountedOrder[]) {
  const revenue = money(valuesOf(some));
  return { conversions: some.length, revenue: revenue.sum, average_order_value: revenue };
}

function campaignsOf(all: readonly CountedOrder[]): object {
  const by = (name: string) => {
    const groups = Map.groupBy(all, ({ order_analytics: map }) => map[name]);
    return Object.fromEntries(
      [...groups].flatMap(([value, some]) => (value === undefined ? [] : [[value, converted(some)]])),
    );
  };
  return {
    ...converted(all),
    by_source: by('source'),
    by_medium: by('medium'),
    by_affiliate: by('affiliate_code'),
  };
}

function shipmentsOf(counted: readonly Counted[], asOf: string): object {
  const all = counted.flatMap(({ parcel }) => parcel ?? []);
  const parcels = all.filter(({ direction }) => direction === 'merchant_customer');
  const delivered = parcels.filter(({ phase }) => phase === 'delivered');
  const estimated = delivered.filter((one) => one.estimated_arrival !== null);
  const late = estimated.filter((one) => one.phase_since > (one.estimated_arrival?.to ?? ''));
  const isOverdue = (one: (typeof parcels)[number]) =>
    one.phase !== 'delivered' &&
    one.estimated_arrival !== null &&
    one.estimated_arrival.to < `${asOf}T00:00:00.000Z`;
  const delayed = parcels.filter((one) => one.had_delay || late.includes(one) || isOverdue(one));
  return {
    shipments: parcels.length,
    delivery_rate: share(delivered.length, parcels.length),
    delayed: share(delayed.length, parcels.length),
    late: share(late.length, estimated.length),
    by_phase: countBy(parcels.map(({ phase }) => phase)),
    by_flag: countBy(parcels.map(({ flag }) => flag)),
    returns: all.length - parcels.length,
  };
}

function deliveryTimesOf(counted: readonly Counted[], targetDays: number): object {
  const since = (from: (one: Counted) => string | null | undefined) => {
    const spans = counted.flatMap((one) => {
      const start = from(one);
      return start ? [{ start, end: one.time, ms: Date.parse(one.time) - Date.parse(start) }] : [];
    });
    const valid = spans.filter(({ ms }) => ms >= 0);
    return {
      ...average(
        valid.map(({ ms }) => ms),
        86_400_000,
      ),
      business_days: average(
        valid.map(({ start, end }) => businessDays(start, end)),
        1,
      ),
      invalid: spans.length - valid.length,
    };
  };
  const days = counted
    .map(({ order, time }) => (Date.parse(time) - Date.parse(order?.order_placed_at ?? '')) / 86_400_000)
    .filter((one) => one >= 0);
  return {
    placed_to_delivered: since(({ order }) => order?.order_placed_at),
    fulfilled_to_delivered: since(({ parcel }) => parcel?.tracking_placed_at),
    picked_up_to_delivered: since(({ parcel }) => parcel?.picked_up_at),
    above_target: share(days.filter((one) => one > targetDays).length, days.length),
  };
}

function businessDays(start: string, end: string): number {
  let count = 0;
  const day = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  while (day.toISOString().slice(0, 10) < end.slice(0, 10)) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) count += 1;
  }
  return count;
}

function claimsOf(counted: readonly Counted[], affected: number): object {
  const all = counted.flatMap(({ claim }) => claim ?? []);
  const dispatched = counted.filter(({ order }) => order).length;
  const items = all.flatMap(({ selected_items: some }) => [
    ...new Set(some.map(({ sku, title }) => sku ?? title)),
  ]);
  return {
    claims: all.length,
    affected_orders: affected,
    by_reason: countBy(all.map(({ reason }) => reason)),
    by_flow: countBy(all.map(({ flow }) => flow)),
    by_resolution_preference: countBy(all.map((one) => one.resolution_preference)),
    by_status: countBy(all.map(({ status }) => status)),
    by_shipment_phase: countBy(all.map((one) => one.shipment_phase)),
    by_country_code: countBy(all.map(({ address }) => address?.country_code ?? 'unknown')),
    by_carrier_reference: countBy(all.map((one) => one.carrier_reference)),
    by_product: countBy(items),
    claim_rate: share(affected, dispatched),
  };
}

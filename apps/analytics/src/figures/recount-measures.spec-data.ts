import type { OrderSnapshotDto } from '@waybill/contracts';
import type { ReportQuery } from './report-query';
import type { Counted } from './recount.spec-data';

// amounts of the samples have whole minor units and are small, so plain numbers are exact
const places = (currency: string) => (currency === 'JPY' ? 0 : 2);
const minor = (major: number, currency: string) => Math.round(major * 10 ** places(currency));
/** Rounded half up. */
export const ratio = (dividend: number, divisor: number, decimals: number) => {
  const factor = 10n ** BigInt(decimals);
  const doubled = (BigInt(dividend) * factor * 2n) / BigInt(divisor);
  return Number((doubled + 1n) / 2n) / Number(factor);
};
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const average = (values: readonly number[], unit: number, decimals: number) => ({
  average: values.length === 0 ? null : ratio(sum(values), unit * values.length, decimals),
  sum: ratio(sum(values), unit, decimals),
  count: values.length,
});
const averageMoney = (values: readonly number[], currency: string) =>
  average(values, 10 ** places(currency), places(currency));
const share = (count: number, of: number) => ({ share: of === 0 ? null : ratio(count, of, 4), count, of });
const add = (entries: readonly (readonly [string | null | undefined, number])[]) => {
  const totals: Record<string, number> = {};
  for (const [name, value] of entries) if (name) totals[name] = (totals[name] ?? 0) + value;
  return Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0));
};
const countBy = (names: readonly (string | null | undefined)[]) =>
  add(names.map((name) => [name, 1] as const));
const mapped = (totals: Record<string, number>, currency: string) =>
  Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, value / 10 ** places(currency)]));

function valuesOf(some: readonly OrderSnapshotDto[]): number[] {
  return some.flatMap((order) => {
    if (order.status === 'cancelled') return [];
    const known = (major: number | null) => (major === null ? null : minor(major, order.currency));
    const total = known(order.total_order_price);
    if (total !== null) return [total];
    const priced = order.products.filter(({ price }) => price !== null);
    const goods =
      known(order.sub_total_price) ??
      (priced.length === 0 ? null : sum(priced.map(({ price, quantity }) => (known(price) ?? 0) * quantity)));
    if (goods === null) return [];
    return [Math.max(0, goods + (known(order.shipping_price) ?? 0) - (known(order.discount_price) ?? 0))];
  });
}

function orders(_: ReportQuery, counted: readonly Counted[]) {
  const all = counted.map(({ order }) => order);
  const currency = all[0]?.currency ?? '';
  const lines = all
    .filter(({ status }) => status !== 'cancelled')
    .flatMap(({ products }) => products)
    .map(({ sku, title, quantity, price }) => ({ name: sku ?? title ?? 'unknown', quantity, price }));
  const waits = all
    .filter((order) => order.first_dispatched_at !== null)
    .map((order) => Date.parse(order.first_dispatched_at ?? '') - Date.parse(order.order_placed_at));
  return {
    orders: all.length,
    orders_cancelled: all.filter(({ status }) => status === 'cancelled').length,
    orders_fulfilled: all.filter(({ status }) => status === 'fulfilled').length,
    orders_partially_fulfilled: all.filter(({ status }) => status === 'partially_fulfilled').length,
    revenue: averageMoney(valuesOf(all), currency).sum,
    average_order_value: averageMoney(valuesOf(all), currency),
    time_to_dispatch: average(
      waits.filter((ms) => ms >= 0),
      3_600_000,
      4,
    ),
    units: add(lines.map(({ name, quantity }) => [name, quantity] as const)),
    revenue_by_product: mapped(
      add(lines.map(({ name, price, quantity }) => [name, minor(price ?? 0, currency) * quantity] as const)),
      currency,
    ),
  };
}

function campaigns(_: ReportQuery, counted: readonly Counted[]) {
  const all = counted.map(({ order }) => order);
  const currency = all[0]?.currency ?? '';
  const converted = (some: readonly OrderSnapshotDto[]) => ({
    conversions: some.length,
    revenue: averageMoney(valuesOf(some), currency).sum,
    average_order_value: averageMoney(valuesOf(some), currency),
  });
  const by = (name: string) => {
    const values = new Set(all.flatMap(({ order_analytics: map }) => (map[name] ? [map[name]] : [])));
    return Object.fromEntries(
      [...values].map((value) => [
        value,
        converted(all.filter(({ order_analytics: map }) => map[name] === value)),
      ]),
    );
  };
  return {
    ...converted(all),
    by_source: by('source'),
    by_medium: by('medium'),
    by_affiliate: by('affiliate_code'),
  };
}

function shipments({ asOf }: ReportQuery, counted: readonly Counted[]) {
  const all = counted.flatMap(({ parcel }) => parcel ?? []);
  const parcels = all.filter(({ direction }) => direction === 'merchant_customer');
  const delivered = parcels.filter(({ phase }) => phase === 'delivered');
  const estimated = delivered.filter((one) => one.estimated_arrival !== null);
  const late = estimated.filter((one) => one.phase_since > (one.estimated_arrival?.to ?? ''));
  const delayed = parcels.filter(
    (one) =>
      one.had_delay ||
      late.includes(one) ||
      (one.phase !== 'delivered' &&
        one.estimated_arrival !== null &&
        one.estimated_arrival.to < `${asOf}T00:00:00.000Z`),
  );
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

function deliveryTimes({ targetDays }: ReportQuery, counted: readonly Counted[]) {
  const duration = (from: (one: Counted) => string | null | undefined) => {
    const spans = counted.flatMap((one) => {
      const start = from(one);
      return start ? [{ start, end: one.time, ms: Date.parse(one.time) - Date.parse(start) }] : [];
    });
    const valid = spans.filter(({ ms }) => ms >= 0);
    return {
      ...average(
        valid.map(({ ms }) => ms),
        86_400_000,
        4,
      ),
      business_days: average(
        valid.map(({ start, end }) => workdays(start, end)),
        1,
        4,
      ),
      invalid: spans.length - valid.length,
    };
  };
  const days = counted
    .map(({ order, time }) => (Date.parse(time) - Date.parse(order.order_placed_at)) / 86_400_000)
    .filter((one) => one >= 0);
  return {
    placed_to_delivered: duration(({ order }) => order.order_placed_at),
    fulfilled_to_delivered: duration(({ parcel }) => parcel?.tracking_placed_at),
    picked_up_to_delivered: duration(({ parcel }) => parcel?.picked_up_at),
    above_target:
      targetDays === undefined
        ? share(0, 0)
        : share(days.filter((one) => one > targetDays).length, days.length),
  };
}

function workdays(start: string, end: string): number {
  let count = 0;
  const day = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  while (day.toISOString().slice(0, 10) < end.slice(0, 10)) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) count += 1;
  }
  return count;
}

function claims(_: ReportQuery, counted: readonly Counted[], affected: number) {
  const all = counted.flatMap(({ claim }) => claim ?? []);
  const dispatched = counted.filter(({ isDispatch }) => isDispatch).length;
  const items = all.flatMap(({ selected_items }) => [
    ...new Set(selected_items.map(({ sku, title }) => sku ?? title)),
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

/** Measures of each report, of what one row counts and of the orders affected. */
export const measures = { orders, campaigns, shipments, 'delivery-times': deliveryTimes, claims } as const;

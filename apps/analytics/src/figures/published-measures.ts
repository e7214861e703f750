import { averageDays, averageHours, averageMoney, averageNumber, money, share } from './exact';
import type { ReportQuery } from './report-query';
import type { Sums } from './sums';

/** Sums of one row as they are published (domain 9.5); `currency` where rows are split by it. */
export function measuresOf(query: ReportQuery, sums: Sums, currency = ''): Record<string, unknown> {
  switch (query.report) {
    case 'orders':
      return orders(query, sums, currency);
    case 'shipments':
      return shipments(sums, query.asOf);
    case 'delivery-times':
      return deliveryTimes(query, sums);
    case 'claims':
      return claims(sums);
    case 'campaigns':
      return campaigns(sums, currency);
  }
}

const orders = ({ durations }: ReportQuery, sums: Sums, currency: string) => ({
  orders: Number(sums.of('orders')),
  orders_cancelled: Number(sums.of('orders_cancelled')),
  orders_fulfilled: Number(sums.of('orders_fulfilled')),
  orders_partially_fulfilled: Number(sums.of('orders_partially_fulfilled')),
  revenue: money(sums.of('revenue'), currency),
  average_order_value: averageMoney(sums.of('revenue'), sums.of('revenue_count'), currency),
  time_to_dispatch: (durations ? averageNumber : averageHours)(
    sums.of('dispatch_ms'),
    sums.of('dispatch_count'),
  ),
  units: sums.map('units'),
  revenue_by_product: sums.map('revenue_by_product', (minor) => money(minor, currency)),
});

const shipments = (sums: Sums, asOf: string) => ({
  shipments: Number(sums.of('shipments')),
  delivery_rate: share(sums.of('delivered'), sums.of('shipments')),
  delayed: share(sums.of('delayed') + overdue(sums, asOf), sums.of('shipments')),
  late: share(sums.of('late'), sums.of('estimated')),
  by_phase: sums.map('by_phase'),
  by_flag: sums.map('by_flag'),
  returns: Number(sums.of('returns')),
});

/** Not delivered, not delayed otherwise, and expected on a day before `asOf`. */
const overdue = (sums: Sums, asOf: string) => total(sums.split('due').filter(([day]) => day < asOf));

function deliveryTimes({ targetDays, durations }: ReportQuery, sums: Sums) {
  const duration = (name: string) => durationOf(sums, name, durations ? averageNumber : averageDays);
  const above = sums.split('days').filter(([days]) => targetDays !== undefined && Number(days) > targetDays);
  return {
    placed_to_delivered: duration('placed_to_delivered'),
    fulfilled_to_delivered: duration('fulfilled_to_delivered'),
    picked_up_to_delivered: duration('picked_up_to_delivered'),
    // nothing is above a target that was not given
    above_target: share(total(above), targetDays === undefined ? 0n : sums.of('placed_to_delivered.count')),
  };
}

const durationOf = (sums: Sums, name: string, averaged: typeof averageDays) => ({
  ...averaged(sums.of(`${name}.ms`), sums.of(`${name}.count`)),
  business_days: averageNumber(sums.of(`${name}.business_days`), sums.of(`${name}.count`)),
  invalid: Number(sums.of(`${name}.invalid`)),
});

const claims = (sums: Sums) => ({
  claims: Number(sums.of('claims')),
  affected_orders: Number(sums.of('affected_orders')),
  by_reason: sums.map('by_reason'),
  by_flow: sums.map('by_flow'),
  by_resolution_preference: sums.map('by_resolution_preference'),
  by_status: sums.map('by_status'),
  by_shipment_phase: sums.map('by_shipment_phase'),
  by_country_code: sums.map('by_country_code'),
  by_carrier_reference: sums.map('by_carrier_reference'),
  by_product: sums.map('by_product'),
  claim_rate: share(sums.of('affected_orders'), sums.of('dispatched')),
});

const campaigns = (sums: Sums, currency: string) => ({
  ...conversions(sums.of('conversions'), sums.of('revenue'), sums.of('revenue_count'), currency),
  by_source: conversionsBy(sums, 'by_source', currency),
  by_medium: conversionsBy(sums, 'by_medium', currency),
  by_affiliate: conversionsBy(sums, 'by_affiliate', currency),
});

const conversions = (count: bigint, revenue: bigint, valued: bigint, currency: string) => ({
  conversions: Number(count),
  revenue: money(revenue, currency),
  average_order_value: averageMoney(revenue, valued, currency),
});

function conversionsBy(sums: Sums, breakdown: string, currency: string) {
  const shown = sums.split(`${breakdown}.conversions`).map(([value, count]) => {
    const revenue = sums.of(`${breakdown}.revenue/${value}`);
    const valued = sums.of(`${breakdown}.revenue_count/${value}`);
    return [value, conversions(count, revenue, valued, currency)] as const;
  });
  return Object.fromEntries(shown);
}

const total = (entries: readonly [string, bigint][]) => entries.reduce((sum, [, one]) => sum + one, 0n);

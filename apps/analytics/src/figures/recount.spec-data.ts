import type { ClaimSnapshotDto, OrderSnapshotDto, SlotDto } from '@waybill/contracts';
import type { ReportQuery } from './report-query';
import { measures } from './recount-measures.spec-data';

/** One thing that a report counts: an order with those of its parcels that count, one parcel, or one claim. */
export interface Counted {
  readonly time: string;
  readonly order: OrderSnapshotDto;
  readonly parcel?: SlotDto;
  readonly claim?: ClaimSnapshotDto;
  /** Only a denominator. */
  readonly isDispatch?: boolean;
}

interface Key {
  readonly bucket: string | null;
  readonly group: string | null;
  readonly currency?: string;
  readonly campaign?: string | null;
  readonly method?: string;
}

/** Every report straight from the last snapshots, by the words of domain 7; anomalies are left out. Rows are in no order. */
export function recount(
  query: ReportQuery,
  orders: readonly OrderSnapshotDto[],
  claims: readonly ClaimSnapshotDto[],
): object[] {
  const rows = new Map<string, { key: Key; counted: Counted[] }>();
  for (const counted of countedBy(query, orders, claims)) {
    for (const group of groupsOf(query, counted)) {
      const key = { bucket: bucketOf(query, counted.time), group, ...splitOf(query, counted.order) };
      const row = rows.get(JSON.stringify(key)) ?? { key, counted: new Array<Counted>() };
      rows.set(JSON.stringify(key), row);
      row.counted.push(counted);
    }
  }
  // an order is affected on the day of its first claim among those that the filter, and the group, lets through
  const first = (group: string | null, order: string) =>
    [...rows.values()]
      .filter(({ key }) => key.group === group)
      .flatMap(({ counted }) => counted)
      .flatMap(({ claim, time }) => (claim?.order_id === order ? [time] : []))
      .toSorted()[0] ?? '';
  const inRange = (time: string) => query.from <= time.slice(0, 10) && time.slice(0, 10) < query.to;
  return [...rows.values()].flatMap(({ key, counted }) => {
    const within = counted.filter(({ time }) => inRange(time));
    if (within.length === 0) return [];
    const affected = new Set(
      within.flatMap(({ claim }) => {
        const day = claim && first(key.group, claim.order_id).slice(0, 10);
        return day !== undefined && inRange(day) && bucketOf(query, day) === key.bucket
          ? [claim?.order_id]
          : [];
      }),
    ).size;
    return [{ ...key, ...measures[query.report](query, within, affected) }];
  });
}

const forward = (order: OrderSnapshotDto) =>
  order.shipments.filter(
    ({ status, direction }) => status === 'fulfilled' && direction === 'merchant_customer',
  );

/** Everything that a report counts, of any day. */
export function countedBy(
  query: ReportQuery,
  orders: readonly OrderSnapshotDto[],
  claims: readonly ClaimSnapshotDto[],
): Counted[] {
  const { country, segment, carrier, phase, flag } = query.filters;
  const isPhase = (slot: SlotDto) =>
    (phase ?? slot.phase) === slot.phase && (flag ?? slot.flag) === slot.flag;
  const isCarrier = (slot: SlotDto) => (carrier ?? slot.carrier_reference) === slot.carrier_reference;
  const kept = orders.filter(
    (order) =>
      (country === undefined || (order.address.country_code ?? 'unknown') === country) &&
      (segment === undefined || order.campaign_segments.includes(segment)),
  );
  const isAsked = (order: OrderSnapshotDto) => {
    const asked = forward(order).filter(isCarrier);
    if (carrier !== undefined && asked.length === 0) return false;
    return (phase === undefined && flag === undefined) || asked.some(isPhase);
  };
  switch (query.report) {
    case 'orders':
      return kept.filter(isAsked).map((order) => ({ time: order.order_placed_at, order }));
    case 'campaigns':
      return kept
        .filter((order) => isAsked(order) && order.status !== 'cancelled')
        .map((order) => ({ time: order.order_placed_at, order }));
    case 'shipments':
      return kept.flatMap((order) =>
        order.shipments
          .filter((slot) => slot.status === 'fulfilled' && isCarrier(slot) && isPhase(slot))
          .map((parcel) => ({ time: parcel.tracking_placed_at ?? '', order, parcel })),
      );
    case 'delivery-times':
      return kept.flatMap((order) =>
        forward(order)
          .filter((slot) => slot.phase === 'delivered' && isCarrier(slot) && isPhase(slot))
          .map((parcel) => ({ time: parcel.phase_since, order, parcel })),
      );
    case 'claims':
      return [
        ...claims
          .filter(
            (claim) => claim.deleted_at === null && (phase ?? claim.shipment_phase) === claim.shipment_phase,
          )
          .filter((claim) => (carrier ?? claim.carrier_reference) === claim.carrier_reference)
          .filter((claim) => segment === undefined || claim.campaign_segments.includes(segment))
          .filter((claim) => country === undefined || (claim.address?.country_code ?? 'unknown') === country)
          .map((claim) => ({ time: claim.created_at, order: ownOrder(claim), claim })),
        ...kept
          .filter((order) => order.first_dispatched_at !== null)
          .filter((order) => carrier === undefined || forward(order).some(isCarrier))
          .map((order) => ({ time: order.first_dispatched_at ?? '', order, isDispatch: true })),
      ];
  }
}

/** What a claim knows of its order, as far as groups need it. */
const ownOrder = ({ address, campaign_segments }: ClaimSnapshotDto) =>
  ({ address, campaign_segments, shipments: [], order_analytics: {} }) as unknown as OrderSnapshotDto;

/** The rows' groups that one thing counts in. */
export function groupsOf(
  { groupBy, filters }: ReportQuery,
  { order, parcel, claim, isDispatch }: Counted,
): (string | null)[] {
  switch (groupBy) {
    case null:
      return [null];
    case 'country_code':
      return [order.address.country_code ?? 'unknown'];
    case 'province_code':
      return [order.address.province_code ?? 'unknown'];
    case 'segment':
      return order.campaign_segments.filter((segment) => (filters.segment ?? segment) === segment);
    case 'campaign':
      return [creditOf(order).campaign];
    case 'carrier_reference': {
      const one = parcel ?? claim;
      if (one) return [one.carrier_reference];
      const { carrier } = filters;
      // what a claim rate is measured against is asked for no phase
      const { phase, flag } = isDispatch ? { phase: undefined, flag: undefined } : filters;
      const asked = forward(order)
        .filter((slot) => (carrier ?? slot.carrier_reference) === slot.carrier_reference)
        .filter((slot) => (phase ?? slot.phase) === slot.phase && (flag ?? slot.flag) === slot.flag);
      return [...new Set(asked.map((slot) => slot.carrier_reference))];
    }
  }
}

function creditOf({ order_analytics: map, status }: OrderSnapshotDto) {
  const found = (name: string) => (status === 'cancelled' ? undefined : (map[name] as string | undefined));
  const api = found('campaign_id') ?? found('campaign');
  if (api !== undefined) return { campaign: api, method: 'api' };
  const code = found('campaign_code');
  return code === undefined ? { campaign: null, method: 'none' } : { campaign: code, method: 'referral' };
}

function splitOf({ report }: ReportQuery, order: OrderSnapshotDto) {
  if (report === 'orders') return { currency: order.currency };
  return report === 'campaigns' ? { currency: order.currency, ...creditOf(order) } : {};
}

export function bucketOf({ bucket }: ReportQuery, time: string): string | null {
  const day = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  if (bucket === 'total') return null;
  if (bucket === 'month') day.setUTCDate(1);
  if (bucket === 'week') while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

import { type Counted, countedBy, type CountedClaim, type CountedOrder, forward } from './counted';
import { measuresOf, type Question } from './measures';

interface Key {
  readonly bucket: string | null;
  readonly group: string | null;
  readonly currency?: string;
  readonly campaign?: string | null;
  readonly method?: string;
}

/**
 * A report straight from the last snapshots of a shop, by the words of domain 7, for questions that filter nothing.
 * Anomalies are left out. Rows are in no order.
 */
export function recount(
  question: Question,
  orders: readonly CountedOrder[],
  claims: readonly CountedClaim[],
): object[] {
  const { report, query } = question;
  const rows = new Map<string, { key: Key; counted: Counted[] }>();
  const firstClaims = new Map<string, string>();
  for (const counted of countedBy(report, orders, claims)) {
    for (const group of groupsOf(query['group_by'], counted)) {
      if (counted.claim) noteFirst(firstClaims, group, counted.claim);
      const key = {
        bucket: bucketOf(query['bucket'], counted.time),
        group,
        ...splitOf(report, counted.order),
      };
      const row = rows.get(JSON.stringify(key)) ?? { key, counted: [] };
      rows.set(JSON.stringify(key), row);
      row.counted.push(counted);
    }
  }
  return [...rows.values()].map(({ key, counted }) => {
    const affected = new Set(
      counted.flatMap(({ claim }) => {
        const first = claim && firstClaims.get(`${key.group} ${claim.order_id}`);
        return first !== undefined && bucketOf(query['bucket'], first) === key.bucket
          ? [claim?.order_id]
          : [];
      }),
    );
    return { ...key, ...measuresOf(question, counted, affected.size) };
  });
}

/** An order is affected on the day of its first claim among those of the group. */
function noteFirst(firsts: Map<string, string>, group: string | null, claim: CountedClaim): void {
  const name = `${group} ${claim.order_id}`;
  const known = firsts.get(name);
  if (known === undefined || claim.created_at < known) firsts.set(name, claim.created_at);
}

function groupsOf(groupBy: string | undefined, { order, parcel, claim }: Counted): (string | null)[] {
  switch (groupBy) {
    case undefined:
      return [null];
    case 'country_code':
      return [(claim ? claim.address : order?.address)?.country_code ?? 'unknown'];
    case 'segment':
      return [...(order?.campaign_segments ?? [])];
    case 'carrier_reference':
      if (parcel) return [parcel.carrier_reference];
      return order ? [...new Set(forward(order).map((slot) => slot.carrier_reference))] : [];
    default:
      throw new Error(`nothing is known of groups by ${groupBy}`);
  }
}

/** Rows of orders and campaigns are apart by currency, those of campaigns also by who is credited (domain 6.1). */
function splitOf(report: string, order: CountedOrder | undefined): Partial<Key> {
  if (!order || (report !== 'orders' && report !== 'campaigns')) return {};
  const { currency, order_analytics: map } = order;
  if (report === 'orders') return { currency };
  const api = map['campaign_id'] ?? map['campaign'];
  if (api !== undefined) return { currency, campaign: api, method: 'api' };
  const code = map['campaign_code'];
  return { currency, campaign: code ?? null, method: code === undefined ? 'none' : 'referral' };
}

function bucketOf(bucket = 'total', time: string): string | null {
  const day = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  if (bucket === 'total') return null;
  if (bucket === 'month') day.setUTCDate(1);
  if (bucket === 'week') while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

import type { AnalyticsMap } from '@waybill/contracts';
import type { SeenOrder } from './kept-order';

/** Which campaign an order is credited to and how that is known (domain 6.1), with what is reported beside it. */
export interface Credit {
  readonly campaign: string | null;
  readonly method: 'api' | 'referral' | 'none';
  readonly source: string | null;
  readonly medium: string | null;
  readonly affiliate: string | null;
}

/** Credit by discount code needs campaigns, which do not exist yet: it never matches. */
export function creditOf({ order_analytics: map, status }: SeenOrder): Credit {
  const reported = {
    source: text(map, 'source'),
    medium: text(map, 'medium'),
    affiliate: text(map, 'affiliate_code'),
  };
  if (status === 'cancelled') return { campaign: null, method: 'none', ...reported };
  const api = text(map, 'campaign_id') ?? text(map, 'campaign');
  if (api !== null) return { campaign: api, method: 'api', ...reported };
  const referral = text(map, 'campaign_code');
  return { campaign: referral, method: referral === null ? 'none' : 'referral', ...reported };
}

/** A member as text; an empty one names nothing. */
function text(map: AnalyticsMap, name: string): string | null {
  const value = map[name] ?? '';
  return value === '' ? null : String(value);
}

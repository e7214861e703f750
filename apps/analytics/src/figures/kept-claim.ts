import type { analyticsUses, ReadBy } from '@waybill/contracts';
import { productName, unknown } from './kept-order';

/** A claim as far as figures need it: plain JSON without anything personal. */
export interface KeptClaim {
  readonly createdAt: string;
  readonly reason: string;
  readonly flow: string | null;
  readonly preference: string | null;
  readonly status: string;
  readonly phase: string;
  readonly country: string;
  readonly province: string;
  readonly carrier: string;
  readonly segments: readonly string[];
  readonly products: readonly string[];
}

export const keptClaimOf = (claim: ReadBy<typeof analyticsUses, 'claims.events'>['claim']): KeptClaim => ({
  createdAt: claim.created_at,
  reason: claim.reason,
  flow: claim.flow,
  preference: claim.resolution_preference,
  status: claim.status,
  phase: claim.shipment_phase,
  country: claim.address?.country_code ?? unknown,
  province: claim.address?.province_code ?? unknown,
  carrier: claim.carrier_reference,
  segments: [...new Set(claim.campaign_segments)],
  products: [...new Set(claim.selected_items.map(productName))],
});

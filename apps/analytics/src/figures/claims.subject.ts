import { analyticsUses, readingOf } from '@waybill/contracts';
import { addAffected, addClaim } from './claim-cells';
import { keptClaimOf, type KeptClaim } from './kept-claim';
import type { Subject } from './subject';
import { Tally } from './tally';

/** How facts of claims are taken. */
export const ofClaims = readingOf(analyticsUses, 'claims.events');

/** The claims of one order that are not deleted, by claim id. */
export interface KeptClaims {
  readonly shop: string;
  readonly claims: Readonly<Record<string, KeptClaim>>;
}

/** All claims of one order together: an order is affected once, however many claims it has. */
export const claimsSubject: Subject<KeptClaims> = {
  topic: 'claims.events',
  subjectId: (fact) => ofClaims.see(fact.data).order_id,
  apply(kept, fact) {
    const { claim, shop_slug: shop, claim_id: id } = ofClaims.see(fact.data);
    const others = Object.entries(kept?.claims ?? {}).filter(([other]) => other !== id);
    const own: [string, KeptClaim][] = claim.deleted_at === null ? [[id, keptClaimOf(claim)]] : [];
    return { shop, claims: Object.fromEntries([...others, ...own]) };
  },
  contributions({ shop, claims }) {
    const tally = new Tally();
    for (const claim of Object.values(claims)) addClaim(tally, shop, claim);
    addAffected(tally, shop, Object.values(claims));
    return tally.contributions();
  },
};

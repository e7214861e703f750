import type { Fact } from '@waybill/aggregates';
import type { ClaimSnapshotDto } from '@waybill/contracts';
import type { ClaimEvent } from './claim.events';
import { claimSnapshot } from './claim.snapshot';
import type { Claim } from './claim.state';

const factTypes = {
  ClaimCreated: 'claims.claim-created.v1',
  ClaimUpdated: 'claims.claim-updated.v1',
  ClaimDeleted: 'claims.claim-deleted.v1',
} as const satisfies Record<ClaimEvent['type'], string>;

/** What is published for an event: common members, what changed, and the claim right after it (domain 4.4). */
export function claimFact(event: ClaimEvent, after: Claim): Fact {
  const claim = claimSnapshot(after);
  const { shop_slug, order_id, order_number, shipment_id, claim_id } = claim;
  return {
    type: factTypes[event.type],
    data: { shop_slug, order_id, order_number, shipment_id, claim_id, ...changeFields(event, claim), claim },
  };
}

function changeFields(event: ClaimEvent, claim: ClaimSnapshotDto): object {
  switch (event.type) {
    case 'ClaimCreated':
      return { reason: claim.reason, status: claim.status };
    case 'ClaimUpdated':
      return {
        previous_status: event.previousStatus,
        changed: event.changed,
        changes: Object.fromEntries(event.changed.map((name) => [name, claim[name]])),
      };
    case 'ClaimDeleted':
      return { previous_status: event.previousStatus, deleted_at: claim.deleted_at };
  }
}

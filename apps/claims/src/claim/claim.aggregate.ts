import type { AggregateType } from '@waybill/aggregates';
import { claimDecider, type ClaimTypes } from './claim.decider';
import { fromDocument, toDocument } from './claim.document';
import { claimFact } from './claim.facts';
import { claimSnapshot } from './claim.snapshot';
import { openKeys } from './claim.state';
import { toCommand } from './claim.to-command';

/** The claim as the engine knows it. */
export const claimAggregate: AggregateType<ClaimTypes> = {
  service: 'claims',
  version: 1,
  decider: claimDecider,
  toCommand,
  toDocument,
  fromDocument,
  uniqueKeys: openKeys,
  factKey: ({ orderId }) => orderId,
  fact: claimFact,
  snapshot: claimSnapshot,
};

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { stateOf } from '@waybill/aggregates';
import type { ClaimSnapshotDto } from '@waybill/contracts';
import type { Model, QueryFilter } from 'mongoose';
import { claimAggregate } from './claim.aggregate';
import type { ClaimReadModel } from './claim.schema';
import type { ClaimSearch } from './claim.search';
import { claimSnapshot } from './claim.snapshot';

export const claimModel = 'Claim';

/** The read side: what the engine has written, as facts show it. */
@Injectable()
export class ClaimQueries {
  constructor(@InjectModel(claimModel) private readonly claims: Model<ClaimReadModel>) {}

  /** Makes what searches need, where it is missing. */
  async makeIndexes(): Promise<void> {
    await this.claims.createIndexes();
  }

  /** One page, newest first by the time the claim was created, the id as tie-break. */
  async search(shopSlug: string, search: ClaimSearch): Promise<ClaimSnapshotDto[]> {
    const { page, per_page } = search;
    const found = await this.claims
      .find(claimFilter(shopSlug, search), { v: 1, state: 1 })
      .sort({ 'state.createdAt': -1, _id: 1 })
      .skip((page - 1) * per_page)
      .limit(per_page)
      .lean();
    return found.flatMap((document) => {
      const claim = stateOf(claimAggregate, document);
      return claim === null ? [] : [claimSnapshot(claim)];
    });
  }

  /** The claim, unless it does not exist, was deleted, or belongs to another shop. */
  async read(shopSlug: string, claimId: string): Promise<ClaimSnapshotDto | null> {
    const found = await this.claims.findOne({ _id: claimId }, { v: 1, state: 1 }).lean();
    const state = found && stateOf(claimAggregate, found);
    if (!state) return null;
    const claim = claimSnapshot(state);
    return claim.shop_slug === shopSlug && claim.deleted_at === null ? claim : null;
  }
}

/** All conditions of a search, inside one shop. */
export function claimFilter(shopSlug: string, search: ClaimSearch): QueryFilter<ClaimReadModel> {
  const conditions = {
    'state.orderId': search.order_id,
    'state.shipmentId': search.shipment_id,
    'state.reason': search.reason,
    'state.status': search.status,
    'state.resolutionPreference': search.resolution_preference,
    'state.deletedAt': search.include_deleted ? undefined : null,
  };
  const given = Object.entries(conditions).filter(([, condition]) => condition !== undefined);
  return { 'state.shopSlug': shopSlug, ...Object.fromEntries(given) };
}

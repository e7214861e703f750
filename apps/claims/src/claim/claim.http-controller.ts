import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ClaimSnapshotDto } from '@waybill/contracts';
import { ApiError, Failures, PathUuid, ShopPath } from '@waybill/service';
import { ClaimQueries } from './claim.queries';
import { ClaimSearch } from './claim.search';

export class ClaimPath extends ShopPath {
  @PathUuid('the claim id')
  readonly claim_id!: string;
}

const claim = { $ref: '#/components/schemas/Claim' };

@ApiTags('claims')
@Controller('v1/shops/:slug/claims')
export class ClaimHttpController {
  constructor(private readonly queries: ClaimQueries) {}

  @Get()
  @ApiOperation({
    summary: 'Search claims',
    description: 'Newest first by `created_at`, the id as tie-break.',
  })
  @ApiOkResponse({ description: 'a page of claims', schema: { type: 'array', items: claim } })
  @Failures()
  searchClaims(@Param() { slug }: ShopPath, @Query() search: ClaimSearch): Promise<ClaimSnapshotDto[]> {
    return this.queries.search(slug, search);
  }

  @Get(':claim_id')
  @ApiOperation({ summary: 'Read claim', description: 'A deleted claim is not found.' })
  @ApiOkResponse({ description: 'the claim', schema: claim })
  @Failures('claim_not_found')
  async readClaim(@Param() { slug, claim_id }: ClaimPath): Promise<ClaimSnapshotDto> {
    const found = await this.queries.read(slug, claim_id);
    if (!found) throw new ApiError('claim_not_found', `the shop has no claim ${claim_id}`);
    return found;
  }
}

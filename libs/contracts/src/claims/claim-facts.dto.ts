import { Text, TextList, Time, Uuid } from '../rules/as-kept';
import { Nested, OneOf, ShopSlug, Value } from '../rules/decorators';
import { object } from '../rules/rule';
import { ClaimSnapshotDto } from './claim-snapshot.dto';
import { claimReasons, claimStatuses, type ClaimReason, type ClaimStatus } from './vocabulary';

/** What every fact of a claim carries. */
export class ClaimFactDto {
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** The order that the parcel belongs to. */
  @Uuid() order_id!: string;
  /** The order's number. */
  @Text(64) order_number!: string;
  /** The parcel. */
  @Uuid() shipment_id!: string;
  /** The claim's id. */
  @Uuid() claim_id!: string;
  /** The claim right after this fact. */
  @Nested(() => ClaimSnapshotDto) claim!: ClaimSnapshotDto;
}

/** A customer has an issue with one parcel. */
export class ClaimCreatedDto extends ClaimFactDto {
  /** What it is about. */
  @OneOf(claimReasons) reason!: ClaimReason;
  /** Status from the beginning. */
  @OneOf(claimStatuses) status!: ClaimStatus;
}

/** Status or preference of a claim changed. */
export class ClaimUpdatedDto extends ClaimFactDto {
  /** Status before; the same where only the preference changed. */
  @OneOf(claimStatuses) previous_status!: ClaimStatus;
  /** Names of the changed fields. */
  @TextList(64, 100) changed!: string[];
  /** New value per name. */
  @Value(object) changes!: Record<string, unknown>;
}

/** A claim was deleted. */
export class ClaimDeletedDto extends ClaimFactDto {
  /** Status before; the claim still shows it. */
  @OneOf(claimStatuses) previous_status!: ClaimStatus;
  /** When, UTC. */
  @Time() deleted_at!: string;
}

import * as kept from '../rules/as-kept';
import { Time } from '../rules/as-sent';
import { Optional, OrNull, Whole } from '../rules/decorators';
import { fromNotAfterTo } from '../rules/wholes';

/** When a parcel is expected. */
@Whole(fromNotAfterTo)
export class EstimatedArrivalDto {
  /** Begin of the period; null: only its end is known. */
  @Optional() @OrNull() @Time() from?: string | null;
  /** End of the period. */
  @Time() to!: string;
  /** When this estimate was made. */
  @Time() predicted_at!: string;
}

/** When a parcel is expected, as facts show it. */
@Whole(fromNotAfterTo)
export class EstimatedArrivalSnapshotDto {
  /** Begin of the period, UTC; null: only its end is known. */
  @OrNull() @kept.Time() from!: string | null;
  /** End of the period, UTC. */
  @kept.Time() to!: string;
  /** When this estimate was made, UTC. */
  @kept.Time() predicted_at!: string;
}

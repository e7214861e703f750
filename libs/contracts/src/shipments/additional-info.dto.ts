import * as kept from '../rules/as-kept';
import { MaybeText } from '../rules/as-sent';
import { Optional, Value } from '../rules/decorators';
import { keptOpeningHours, openingHours } from './shipment-rules';

/** What else a carrier or a merchant said of an event. */
export class AdditionalInfoDto {
  /** Where the parcel waits. */
  @Optional() @MaybeText(500) pickup_point?: string;
  /** A page about that place. */
  @Optional() @MaybeText(500) pickup_point_url?: string;
  /** When it can be picked up. */
  @Optional() @MaybeText(500) pickup_time?: string;
  /** When that place is open, by day. */
  @Optional() @Value(openingHours) pickup_opening_hours?: Readonly<Record<string, string>>;
  /** What was written to the customer. */
  @Optional() @MaybeText(500) mail_message?: string;
  /** Who sold the goods. */
  @Optional() @MaybeText(500) merchant_name?: string;
  /** The day that the customer asked for. */
  @Optional() @MaybeText(500) preferred_delivery_date?: string;
  /** A day that belongs to the event. */
  @Optional() @MaybeText(500) date?: string;
}

/** What else a carrier or a merchant said of an event. Members that were not said are absent. */
export class AdditionalInfoSnapshotDto {
  /** Where the parcel waits. */
  @Optional() @kept.Text(500) pickup_point?: string;
  /** A page about that place. */
  @Optional() @kept.Text(500) pickup_point_url?: string;
  /** When it can be picked up. */
  @Optional() @kept.Text(500) pickup_time?: string;
  /** When that place is open, by day. */
  @Optional() @Value(keptOpeningHours) pickup_opening_hours?: Readonly<Record<string, string>>;
  /** What was written to the customer. */
  @Optional() @kept.Text(500) mail_message?: string;
  /** Who sold the goods. */
  @Optional() @kept.Text(500) merchant_name?: string;
  /** The day that the customer asked for. */
  @Optional() @kept.Text(500) preferred_delivery_date?: string;
  /** A day that belongs to the event. */
  @Optional() @kept.Text(500) date?: string;
}

import * as kept from '../rules/as-kept';
import { CountryCode, MaybeText } from '../rules/as-sent';
import { Optional, OrNull, Value } from '../rules/decorators';
import { degrees } from './shipment-rules';

/** Where something happened. */
export class LocationDto {
  /** What the place is called. */
  @Optional() @OrNull() @MaybeText(200) name?: string | null;
  /** Name of the city. */
  @Optional() @OrNull() @MaybeText(100) city?: string | null;
  /** Zip code as the reporter writes it. */
  @Optional() @OrNull() @MaybeText(16) zip_code?: string | null;
  /** ISO 3166-1 alpha-2; lower case is raised. */
  @Optional() @OrNull() @CountryCode() country_code?: string | null;
  /** Degrees north. */
  @Optional() @OrNull() @Value(degrees(90)) latitude?: number | null;
  /** Degrees east. */
  @Optional() @OrNull() @Value(degrees(180)) longitude?: number | null;
}

/** Where something happened, as facts show it. */
export class LocationSnapshotDto {
  /** What the place is called. */
  @OrNull() @kept.Text(200) name!: string | null;
  /** Name of the city. */
  @OrNull() @kept.Text(100) city!: string | null;
  /** Zip code as the reporter writes it. */
  @OrNull() @kept.Text(16) zip_code!: string | null;
  /** ISO 3166-1 alpha-2. */
  @OrNull() @kept.CountryCode() country_code!: string | null;
  /** Degrees north. */
  @OrNull() @Value(degrees(90)) latitude!: number | null;
  /** Degrees east. */
  @OrNull() @Value(degrees(180)) longitude!: number | null;
}

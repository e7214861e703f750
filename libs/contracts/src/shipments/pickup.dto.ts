import { AddressDto } from '../orders/address.dto';
import * as kept from '../rules/as-kept';
import { MaybeText, Text, Time } from '../rules/as-sent';
import { Nested, OneOf, Optional, OrNull, Url, ZipCode } from '../rules/decorators';
import { pickupTypes, type PickupType } from './vocabulary';

/** Where a pickup point is. */
export class PickupAddressDto extends AddressDto {}

/** Where a parcel waits for the customer, or who took it. */
export class PickupDto {
  /** What kind of place or person it is. */
  @OneOf(pickupTypes) type!: PickupType;
  /** What it is called. */
  @Text(200) name!: string;
  /** Where it is. */
  @Optional() @OrNull() @Nested(() => PickupAddressDto) address?: PickupAddressDto | null;
  /** A page about it. */
  @Optional() @OrNull() @Url() url?: string | null;
  /** When it is open, as the carrier writes it. */
  @Optional() @OrNull() @MaybeText(500) opening_hours?: string | null;
  /** Until when the parcel waits. */
  @Optional() @OrNull() @Time() date_to?: string | null;
}

/** Where a pickup point is, as facts show it. */
export class PickupAddressSnapshotDto {
  /** First and last name of the resident. */
  @OrNull() @kept.Text(200) name!: string | null;
  /** Name of the company. */
  @OrNull() @kept.Text(200) company!: string | null;
  /** First address line. */
  @OrNull() @kept.Text(200) address_line_1!: string | null;
  /** Second address line. */
  @OrNull() @kept.Text(200) address_line_2!: string | null;
  /** Both lines in one. */
  @OrNull() @kept.Text(402) street!: string | null;
  /** Name of the city. */
  @OrNull() @kept.Text(100) city!: string | null;
  /** Name of the region or state. */
  @OrNull() @kept.Text(100) province!: string | null;
  /** Name of the country. */
  @OrNull() @kept.Text(100) country!: string | null;
  /** Code of the region or state. */
  @OrNull() @kept.Text(10) province_code!: string | null;
  /** ISO 3166-1 alpha-2. */
  @OrNull() @kept.CountryCode() country_code!: string | null;
  /** 1 to 16 letters, digits, spaces or hyphens; null: the carrier did not say. */
  @OrNull() @ZipCode() zip_code!: string | null;
  /** Phone number as written. */
  @OrNull() @kept.Text(50) phone!: string | null;
}

/** Where a parcel waits for the customer, or who took it, as facts show it. */
export class PickupSnapshotDto {
  /** What kind of place or person it is. */
  @OneOf(pickupTypes) type!: PickupType;
  /** What it is called. */
  @kept.Text(200) name!: string;
  /** Where it is. */
  @OrNull() @Nested(() => PickupAddressSnapshotDto) address!: PickupAddressSnapshotDto | null;
  /** A page about it. */
  @OrNull() @Url() url!: string | null;
  /** When it is open, as the carrier writes it. */
  @OrNull() @kept.Text(500) opening_hours!: string | null;
  /** Until when the parcel waits, UTC. */
  @OrNull() @kept.Time() date_to!: string | null;
}

import { CountryCode, MaybeText } from '../rules/as-sent';
import { Optional, OrNull, ZipCode } from '../rules/decorators';

/** Where a parcel goes, without the zip code. */
class AddressLinesDto {
  /** First and last name of the resident. */
  @Optional() @OrNull() @MaybeText(200) name?: string | null;
  /** Company recipient. */
  @Optional() @OrNull() @MaybeText(200) company?: string | null;
  /** First address line. */
  @Optional() @OrNull() @MaybeText(200) address_line_1?: string | null;
  /** Second address line. */
  @Optional() @OrNull() @MaybeText(200) address_line_2?: string | null;
  /** Both lines in one. Not given: shown as the lines joined by a comma. */
  @Optional() @OrNull() @MaybeText(400) street?: string | null;
  /** Name of the city. */
  @Optional() @OrNull() @MaybeText(100) city?: string | null;
  /** Name of the region or state. */
  @Optional() @OrNull() @MaybeText(100) province?: string | null;
  /** Name of the country. */
  @Optional() @OrNull() @MaybeText(100) country?: string | null;
  /** Code of the region or state. */
  @Optional() @OrNull() @MaybeText(10) province_code?: string | null;
  /** ISO 3166-1 alpha-2; lower case is raised. */
  @Optional() @OrNull() @CountryCode() country_code?: string | null;
  /** Phone number as written. */
  @Optional() @OrNull() @MaybeText(50) phone?: string | null;
}

/** An address that is merged field by field into the stored one. */
export class AddressDto extends AddressLinesDto {
  /** 1 to 16 letters, digits, spaces or hyphens; never null. */
  @Optional() @ZipCode() zip_code?: string;
}

/** A whole address: it replaces the stored one. */
export class OrderAddressDto extends AddressLinesDto {
  /** 1 to 16 letters, digits, spaces or hyphens. */
  @ZipCode() zip_code!: string;
}

import { Currency, MaybeText } from '../rules/as-sent';
import { Amount, Grams, Int, ListOf, OneOf, Optional, OrNull, Rate, Url, Whole } from '../rules/decorators';
import { componentsOnlyInBundle, namedByOneOf } from '../rules/wholes';
import { productTypes, type ProductType } from './vocabulary';

/** A picture of a product. */
export class ImageDto {
  /** Address of the picture. */
  @Url() src!: string;
  /** Text instead of the picture. */
  @Optional() @OrNull() @MaybeText(500) alt?: string | null;
}

/** Tax contained in a whole line. */
export class TaxLineDto {
  /** Name of the tax. */
  @Optional() @OrNull() @MaybeText(100) title?: string | null;
  /** Share from 0 to 1: 0.19 is 19 %. */
  @Optional() @OrNull() @Rate() rate?: number | null;
  /** Tax contained in the whole line, major units. */
  @Optional() @OrNull() @Amount() price?: number | null;
  /** ISO 4217; null: the order's. */
  @Optional() @OrNull() @Currency() currency?: string | null;
}

/** A component of a bundle. */
@Whole(namedByOneOf('variant_id', 'sku', 'product_id', 'title'))
export class ComponentDto {
  /** Display name. */
  @Optional() @OrNull() @MaybeText(500) title?: string | null;
  /** Units; of a component: per one bundle. Default 1. */
  @Optional() @Int(1, 1_000_000) quantity?: number;
  /** Unit price with tax, major units. */
  @Optional() @OrNull() @Amount() price?: number | null;
  /** Size label. */
  @Optional() @OrNull() @MaybeText(100) size?: string | null;
  /** Stock keeping unit. */
  @Optional() @OrNull() @MaybeText(128) sku?: string | null;
  /** Weight of one unit, grams. */
  @Optional() @OrNull() @Grams() weight?: number | null;
  /** Pictures. */
  @Optional() @ListOf(() => ImageDto, 0, 20) images?: ImageDto[];
  /** Tax of the whole line. */
  @Optional() @ListOf(() => TaxLineDto, 0, 20) tax_lines?: TaxLineDto[];
  /** Catalogue product, the parent of variants. */
  @Optional() @OrNull() @MaybeText(128) product_id?: string | null;
  /** Catalogue variant; equals product_id where there are no variants. */
  @Optional() @OrNull() @MaybeText(128) variant_id?: string | null;
}

/** A line item. At least one of variant_id, sku, product_id and title is present. */
@Whole(componentsOnlyInBundle)
export class ProductDto extends ComponentDto {
  /** Default `product`. */
  @Optional() @OneOf(productTypes) type?: ProductType;
  /** Components; only of a bundle. */
  @Optional() @ListOf(() => ComponentDto, 0, 100) bundled_products?: ComponentDto[];
}

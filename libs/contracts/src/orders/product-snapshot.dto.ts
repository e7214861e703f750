import { Amount, Currency, Text } from '../rules/as-kept';
import { Grams, Int, ListOf, OneOf, OrNull, Rate, Url } from '../rules/decorators';
import { productTypes, type ProductType } from './vocabulary';

/** A picture of a product. */
export class ImageSnapshotDto {
  /** Address of the picture. */
  @Url() src!: string;
  /** Text instead of the picture. */
  @OrNull() @Text(500) alt!: string | null;
}

/** Tax contained in a whole line. */
export class TaxLineSnapshotDto {
  /** Name of the tax. */
  @OrNull() @Text(100) title!: string | null;
  /** Share from 0 to 1: 0.19 is 19 %. */
  @OrNull() @Rate() rate!: number | null;
  /** Tax contained in the whole line, major units. */
  @OrNull() @Amount() price!: number | null;
  /** ISO 4217; null: the order's. */
  @OrNull() @Currency() currency!: string | null;
}

/** A component of a bundle. */
export class ComponentSnapshotDto {
  /** Display name. */
  @OrNull() @Text(500) title!: string | null;
  /** Units; of a component: per one bundle. */
  @Int(1, 1_000_000) quantity!: number;
  /** Unit price with tax, major units. */
  @OrNull() @Amount() price!: number | null;
  /** Size label. */
  @OrNull() @Text(100) size!: string | null;
  /** Stock keeping unit. */
  @OrNull() @Text(128) sku!: string | null;
  /** Weight of one unit, grams. */
  @OrNull() @Grams() weight!: number | null;
  /** Pictures. */
  @ListOf(() => ImageSnapshotDto, 0, 20) images!: ImageSnapshotDto[];
  /** Tax of the whole line. */
  @ListOf(() => TaxLineSnapshotDto, 0, 20) tax_lines!: TaxLineSnapshotDto[];
  /** Catalogue product, the parent of variants. */
  @OrNull() @Text(128) product_id!: string | null;
  /** Catalogue variant; equals product_id where there are no variants. */
  @OrNull() @Text(128) variant_id!: string | null;
}

/** A line item. */
export class ProductSnapshotDto extends ComponentSnapshotDto {
  /** `bundle` has components. */
  @OneOf(productTypes) type!: ProductType;
  /** Components of a bundle. */
  @ListOf(() => ComponentSnapshotDto, 0, 100) bundled_products!: ComponentSnapshotDto[];
}

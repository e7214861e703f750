import { Carrier, MaybeText, Time, TrackingNumber } from '../rules/as-sent';
import { ListOf, OneOf, Optional, OrNull, Url } from '../rules/decorators';
import { ProductDto } from './product.dto';
import { directions, type Direction } from './vocabulary';

/** How a caller names a parcel. */
export class TrackingInputDto {
  /** White space is removed, letters are raised. */
  @TrackingNumber() tracking_number!: string;
  /** Carrier; not given or `unknown`: detected from the number. */
  @Optional() @Carrier() carrier_reference?: string;
  /** The carrier's page. */
  @Optional() @OrNull() @Url() tracking_url?: string | null;
  /** When the parcel was handed over. Default: the command's time. */
  @Optional() @Time() tracking_placed_at?: string;
  /** The shop system's fulfilment id. */
  @Optional() @OrNull() @MaybeText(128) external_shipment_id?: string | null;
  /** `customer_merchant` announces a return parcel. Default `merchant_customer`. */
  @Optional() @OneOf(directions) direction?: Direction;
  /** What is inside. Absent: keep; null: all products of the order; []: none; a list: exactly these. */
  @Optional() @OrNull() @ListOf(() => ProductDto, 0, 500) products?: ProductDto[] | null;
}

import { Currency, Magnitude, MaybeText, OrderNumber, SignedAmount, TextList, Time } from '../rules/as-sent';
import {
  Amount,
  Analytics,
  Email,
  Grams,
  Int,
  ListOf,
  Nested,
  Optional,
  OrNull,
  Value,
} from '../rules/decorators';
import { discountCode } from '../rules/rule';
import type { AnalyticsMap } from '../values/analytics-map';
import { OrderAddressDto } from './address.dto';
import { ProductDto } from './product.dto';

/** A discount that was used. */
export class OrderDiscountDto {
  /** Code as the customer typed it; may be empty. */
  @Value(discountCode) code!: string;
  /** Its magnitude is kept; it may be a percentage, nothing is summed from it. */
  @Optional() @OrNull() @Magnitude() amount?: number | string | null;
  /** The shop's own word, such as `percentage`. */
  @Optional() @OrNull() @MaybeText(50) type?: string | null;
}

/** What a caller says of an order. An absent member keeps what is stored; null clears it where it may be null. */
export class OrderInputDto {
  /** Number that the customer types; required at creation, never changes. */
  @Optional() @OrderNumber() order_number?: string;
  /** Display name, not unique. */
  @Optional() @OrNull() @MaybeText(64) order_name?: string | null;
  /** Id in the shop system, unique in the shop among the orders that were given one. */
  @Optional() @OrNull() @MaybeText(128) external_id?: string | null;
  /** Registered customer; null for guests. */
  @Optional() @OrNull() @MaybeText(128) external_customer_id?: string | null;
  /** Business time of the purchase. Default: the command's time. */
  @Optional() @Time() order_placed_at?: string;
  /** Grand total with tax, major units. */
  @Optional() @OrNull() @Amount() total_order_price?: number | null;
  /** Shipping, major units. */
  @Optional() @OrNull() @Amount() shipping_price?: number | null;
  /** Items before shipping and discounts, major units. */
  @Optional() @OrNull() @Amount() sub_total_price?: number | null;
  /** Sum of discounts, major units, of any sign: the magnitude is kept. */
  @Optional() @SignedAmount() discount_price?: number;
  /** ISO 4217, one per order. Default `EUR`. */
  @Optional() @Currency() currency?: string;
  /** Line items. */
  @Optional() @ListOf(() => ProductDto, 0, 500) products?: ProductDto[];
  /** Codes used. */
  @Optional() @ListOf(() => OrderDiscountDto, 0, 50) discounts?: OrderDiscountDto[];
  /** Kept as sent, compared in lower case. */
  @Optional() @OrNull() @Email() email_id?: string | null;
  /** Shipping destination, required at creation; replaces the whole stored one. */
  @Optional() @Nested(() => OrderAddressDto) address?: OrderAddressDto;
  /** Audience labels; doubles are dropped. */
  @Optional() @TextList(128, 200) segments?: string[];
  /** Total weight, grams. */
  @Optional() @OrNull() @Grams() weight?: number | null;
  /** Browser at checkout. Kept from the creation, never published. */
  @Optional() @OrNull() @MaybeText(1000) user_agent?: string | null;
  /** Attribution; the map beside `order` wins over this one. */
  @Optional() @OrNull() @Analytics() order_analytics?: AnalyticsMap | null;
  /** Parcels that the customer should expect. Default 1. */
  @Optional() @Int(1, 100) expected_number_of_shipments?: number;
}

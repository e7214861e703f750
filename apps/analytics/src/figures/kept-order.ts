import { type analyticsUses, type ReadBy, toMinor } from '@waybill/contracts';
import { creditOf, type Credit } from './credit';

/** What is seen of an order. */
export type SeenOrder = ReadBy<typeof analyticsUses, 'orders.events'>['order'];

/** A fulfilled parcel as far as figures need it; times in UTC. */
export interface KeptParcel {
  readonly isReturn: boolean;
  readonly carrier: string;
  readonly placedAt: string;
  readonly phase: string;
  readonly phaseSince: string;
  readonly flag: string;
  readonly expectedUntil: string | null;
  readonly pickedUpAt: string | null;
  readonly hadDelay: boolean;
}

export interface KeptLine {
  readonly product: string;
  readonly quantity: number;
  /** Unit price in minor units; null: not known. */
  readonly priceMinor: number | null;
}

/** An order as far as figures need it: plain JSON without anything personal. */
export interface KeptOrder {
  readonly shop: string;
  readonly placedAt: string;
  readonly status: SeenOrder['status'];
  readonly firstDispatchedAt: string | null;
  readonly currency: string;
  readonly country: string;
  readonly province: string;
  readonly segments: readonly string[];
  /** Order value in minor units as decimal digits, since it may be above 2^53; null: not known. */
  readonly valueMinor: string | null;
  readonly lines: readonly KeptLine[];
  readonly credit: Credit;
  readonly parcels: readonly KeptParcel[];
}

/** What stands for a value that is missing. */
export const unknown = 'unknown';

/** Name of a product in breakdowns: `sku`, else `title`. */
export const productName = ({ sku, title }: { sku?: string | null; title?: string | null }) =>
  sku ?? title ?? unknown;

export function keptOrderOf(order: SeenOrder): KeptOrder {
  const lines = order.products.map((line) => ({
    product: productName(line),
    quantity: line.quantity,
    priceMinor: line.price === null ? null : toMinor(line.price, order.currency),
  }));
  return {
    shop: order.shop_slug,
    placedAt: order.order_placed_at,
    status: order.status,
    firstDispatchedAt: order.first_dispatched_at,
    currency: order.currency,
    country: order.address.country_code ?? unknown,
    province: order.address.province_code ?? unknown,
    segments: [...new Set(order.campaign_segments)],
    valueMinor: valueOf(order, lines)?.toString() ?? null,
    lines,
    credit: creditOf(order),
    parcels: order.shipments.flatMap(parcelOf),
  };
}

function parcelOf(slot: SeenOrder['shipments'][number]): KeptParcel[] {
  if (slot.status !== 'fulfilled' || slot.tracking_placed_at === null) return [];
  return [
    {
      isReturn: slot.direction === 'customer_merchant',
      carrier: slot.carrier_reference ?? unknown,
      placedAt: slot.tracking_placed_at,
      phase: slot.phase,
      phaseSince: slot.phase_since,
      flag: slot.flag,
      expectedUntil: slot.estimated_arrival?.to ?? null,
      pickedUpAt: slot.picked_up_at,
      hadDelay: slot.had_delay,
    },
  ];
}

/** Order value in minor units (domain 7); null when neither a total, a sub-total nor a price is known. */
function valueOf(order: SeenOrder, lines: readonly KeptLine[]): bigint | null {
  const minor = (major: number) => BigInt(toMinor(major, order.currency));
  if (order.total_order_price !== null) return minor(order.total_order_price);
  const priced = lines.flatMap(({ priceMinor, quantity }) =>
    priceMinor === null ? [] : [BigInt(priceMinor) * BigInt(quantity)],
  );
  if (order.sub_total_price === null && priced.length === 0) return null;
  const goods =
    order.sub_total_price === null
      ? priced.reduce((sum, one) => sum + one, 0n)
      : minor(order.sub_total_price);
  const value = goods + minor(order.shipping_price ?? 0) - minor(order.discount_price);
  return value < 0n ? 0n : value;
}

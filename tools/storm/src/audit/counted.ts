/** Snapshots as far as reports look at them. */
export interface CountedSlot {
  readonly status: string;
  readonly direction: string;
  readonly carrier_reference: string;
  readonly tracking_placed_at: string;
  readonly picked_up_at: string | null;
  readonly phase: string;
  readonly phase_since: string;
  readonly flag: string;
  readonly had_delay: boolean;
  readonly estimated_arrival: { readonly to: string } | null;
}

export interface CountedOrder {
  readonly uuid: string;
  readonly shop_slug: string;
  readonly status: string;
  readonly order_placed_at: string;
  readonly first_dispatched_at: string | null;
  readonly currency: string;
  readonly total_order_price: number | null;
  readonly sub_total_price: number | null;
  readonly shipping_price: number | null;
  readonly discount_price: number | null;
  readonly products: readonly {
    readonly sku: string | null;
    readonly title: string | null;
    readonly quantity: number;
    readonly price: number | null;
  }[];
  readonly campaign_segments: readonly string[];
  readonly address: { readonly country_code: string | null };
  readonly order_analytics: Readonly<Record<string, string>>;
  readonly shipments: readonly CountedSlot[];
}

export interface CountedClaim {
  readonly shop_slug: string;
  readonly order_id: string;
  readonly created_at: string;
  readonly deleted_at: string | null;
  readonly reason: string;
  readonly flow: string | null;
  readonly resolution_preference: string | null;
  readonly status: string;
  readonly shipment_phase: string;
  readonly carrier_reference: string;
  readonly address: { readonly country_code: string | null } | null;
  readonly selected_items: readonly { readonly sku: string | null; readonly title: string | null }[];
}

/** One thing that a report counts: an order, one of its parcels, or a claim. */
export interface Counted {
  /** The day that it counts on. */
  readonly time: string;
  readonly order?: CountedOrder;
  readonly parcel?: CountedSlot;
  readonly claim?: CountedClaim;
}

export const forward = ({ shipments }: CountedOrder): CountedSlot[] =>
  shipments.filter(({ status, direction }) => status === 'fulfilled' && direction === 'merchant_customer');

/** Everything that a report counts of a shop, by the words of domain 7. */
export function countedBy(
  report: string,
  orders: readonly CountedOrder[],
  claims: readonly CountedClaim[],
): Counted[] {
  switch (report) {
    case 'orders':
      return orders.map((order) => ({ time: order.order_placed_at, order }));
    case 'campaigns':
      return orders
        .filter(({ status }) => status !== 'cancelled')
        .map((order) => ({ time: order.order_placed_at, order }));
    case 'shipments':
      return orders.flatMap((order) =>
        order.shipments
          .filter(({ status }) => status === 'fulfilled')
          .map((parcel) => ({ time: parcel.tracking_placed_at, order, parcel })),
      );
    case 'delivery-times':
      return orders.flatMap((order) =>
        forward(order)
          .filter(({ phase }) => phase === 'delivered')
          .map((parcel) => ({ time: parcel.phase_since, order, parcel })),
      );
    case 'claims':
      return [
        ...claims
          .filter(({ deleted_at: deletedAt }) => deletedAt === null)
          .map((claim) => ({ time: claim.created_at, claim })),
        ...orders.flatMap((order) =>
          order.first_dispatched_at === null ? [] : [{ time: order.first_dispatched_at, order }],
        ),
      ];
    default:
      throw new Error(`there is no report ${report}`);
  }
}

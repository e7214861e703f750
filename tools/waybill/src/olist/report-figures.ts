/** Sales as `tools/python/olist_figures.py` prints them: money in cents, an average as text, null with nothing to divide by. */
export interface Sales {
  readonly orders: number;
  readonly orders_cancelled: number;
  readonly revenue_cents: number;
  readonly revenue_orders: number;
  readonly average_order_value: string | null;
}

export interface Duration {
  readonly sum_ms: number;
  readonly count: number;
  readonly average_days: string | null;
  readonly invalid: number;
}

export interface Deliveries {
  readonly parcels: number;
  readonly delivered: number;
  readonly late: { readonly count: number; readonly of: number; readonly share: string | null };
  readonly placed_to_delivered: Duration;
  readonly fulfilled_to_delivered: Duration;
  readonly picked_up_to_delivered: Duration;
}

type By<T> = Readonly<Record<string, T>>;

/** What reports say of a data set; months as `2025-09`. */
export interface ReportFigures {
  readonly currency: string;
  readonly orders: {
    readonly total: Sales;
    readonly by_month: By<Sales>;
    readonly by_state: By<Sales>;
    readonly by_month_and_state: By<By<Sales>>;
  };
  readonly deliveries: { readonly total: Deliveries; readonly by_state: By<Deliveries> };
}

import type { Row } from './olist-tables';

/** What one parcel must come to. Each order of the data set has exactly one. Times as facts show them. */
export interface ParcelFigure {
  readonly status: string;
  readonly phase: string;
  readonly since: string;
  readonly flag: string;
  readonly pickedUpAt: string | null;
  readonly deliveredAt: string | null;
  /** Until when it is expected. */
  readonly dueAt: string | null;
  /** How many things that happened to it are recorded. */
  readonly events: number;
}

export interface ParcelFigures {
  /** Number of facts, those left out whose number depends on the order in which things were heard of. */
  readonly facts: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byPhase: Readonly<Record<string, number>>;
  readonly delivered: number;
  /** Delivered after they were due. */
  readonly late: number;
  /** Not delivered, and due. */
  readonly overdue: number;
  readonly byOrder: ReadonlyMap<string, ParcelFigure>;
}

/** Parcels straight from the rows, as of a moment; see `independent-figures`. */
export function independentParcels(orders: readonly Row[], asOf: string): Map<string, ParcelFigure> {
  return new Map(orders.map((row) => [row['order_id'] ?? '', parcelOf(row, asOf)]));
}

/** Adds the figures of single parcels up. */
export function parcelFiguresOf(byOrder: ReadonlyMap<string, ParcelFigure>): ParcelFigures {
  const byStatus: Record<string, number> = {};
  const byPhase: Record<string, number> = {};
  const sums = { facts: 0, delivered: 0, late: 0, overdue: 0 };
  for (const { status, phase, flag, deliveredAt, dueAt, events } of byOrder.values()) {
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    byPhase[phase] = (byPhase[phase] ?? 0) + 1;
    // drafted, and then fulfilled or withdrawn
    sums.facts += events + (status === 'draft' ? 1 : 2);
    if (deliveredAt !== null) sums.delivered += 1;
    if (deliveredAt !== null && dueAt !== null && deliveredAt > dueAt) sums.late += 1;
    if (flag === 'delay') sums.overdue += 1;
  }
  return { ...sums, byStatus, byPhase, byOrder };
}

function parcelOf(row: Row, asOf: string): ParcelFigure {
  const pickedUpAt = instant(row, 'order_delivered_carrier_date');
  const dueAt = instant(row, 'order_estimated_delivery_date');
  if (pickedUpAt === null) return draftOf(row, dueAt, asOf);
  const arrivedAt = instant(row, 'order_delivered_customer_date');
  // the later one of two scans decides, also in a row that has them the wrong way round
  const deliveredAt = arrivedAt !== null && arrivedAt >= pickedUpAt ? arrivedAt : null;
  return {
    status: 'fulfilled',
    phase: deliveredAt === null ? 'in_transit' : 'delivered',
    since: deliveredAt ?? pickedUpAt,
    flag: deliveredAt === null && isPast(dueAt, asOf) ? 'delay' : 'normal',
    pickedUpAt: arrivedAt !== null && arrivedAt < pickedUpAt ? arrivedAt : pickedUpAt,
    deliveredAt,
    dueAt,
    // ordered, packed, picked up, delivered
    events: arrivedAt === null ? 3 : 4,
  };
}

// the shop tells a customer of an order that it has cancelled no date
function draftOf(row: Row, dueAt: string | null, asOf: string): ParcelFigure {
  const isCancelled = row['order_status'] === 'canceled';
  return {
    status: isCancelled ? 'withdrawn' : 'draft',
    phase: 'order_created',
    since: instant(row, 'order_purchase_timestamp') ?? '',
    flag: !isCancelled && isPast(dueAt, asOf) ? 'delay' : 'normal',
    pickedUpAt: null,
    deliveredAt: null,
    dueAt: isCancelled ? null : dueAt,
    events: isCancelled ? 2 : 1,
  };
}

const isPast = (dueAt: string | null, asOf: string): boolean => dueAt !== null && dueAt < asOf;

function instant(row: Row, column: string): string | null {
  const text = row[column] ?? '';
  return text === '' ? null : `${text.replace(' ', 'T')}.000Z`;
}

"""Figures of an Olist CSV folder, from the rows alone, to hold against the answers of the analytics service.

It shares no code with Waybill. Money is added up in cents and time in milliseconds, both as whole numbers;
averages and shares are texts, rounded half away from zero. The files give times without an offset: they are
read as UTC.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

COLUMNS = {
    "orders.csv": (
        "order_id",
        "customer_id",
        "order_status",
        "order_purchase_timestamp",
        "order_delivered_carrier_date",
        "order_delivered_customer_date",
        "order_estimated_delivery_date",
    ),
    "order_items.csv": ("order_id", "price", "freight_value"),
    "customers.csv": ("customer_id", "customer_state"),
}
MS_PER_DAY = 86_400_000


class BadInput(Exception):
    """What the caller can put right; the text says what."""


def read_rows(folder, name):
    path = Path(folder) / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in COLUMNS[name] if column not in (reader.fieldnames or ())]
            if missing:
                raise BadInput(f"{path} has no column {', '.join(missing)}")
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read: {error}") from error


def cents(text):
    try:
        exact = Decimal(text) * 100
    except InvalidOperation:
        exact = Decimal(-1)
    if not exact.is_finite() or exact < 0 or exact != int(exact):
        raise BadInput(f'"{text}" is no amount with at most two decimals')
    return int(exact)


def instant(row, column):
    text = row[column] or ""
    if text == "":
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError as error:
        wanted = "wanted a time such as 2025-09-01 07:07:50"
        raise BadInput(f'order {row["order_id"]}: {column} is "{text}", {wanted}') from error


def milliseconds(earlier, later):
    return (later - earlier) // timedelta(milliseconds=1)


def rounded(dividend, divisor, decimals):
    """`dividend / divisor` as text, rounded half away from zero; None when there is nothing to divide by."""
    if divisor == 0:
        return None
    scaled = (2 * abs(dividend) * 10**decimals + divisor) // (2 * divisor)
    whole, fraction = divmod(scaled, 10**decimals)
    return f"{'-' if dividend < 0 and scaled else ''}{whole}.{fraction:0{decimals}d}"


def order_of(row, states, worth):
    """One order and its parcel, as they stand after the last message that the replay makes of the row."""
    order_id = row["order_id"]
    if row["customer_id"] not in states:
        raise BadInput(f"order {order_id} has no customer")
    if order_id not in worth:
        raise BadInput(f"order {order_id} has no row in order_items.csv")
    placed = instant(row, "order_purchase_timestamp")
    if placed is None:
        raise BadInput(f"order {order_id} has no order_purchase_timestamp")
    handed_over = instant(row, "order_delivered_carrier_date")
    arrived = instant(row, "order_delivered_customer_date")
    # the later one of two scans decides: a parcel that was handed over after it arrived is on its way again
    is_delivered = handed_over is not None and arrived is not None and arrived >= handed_over
    return {
        "month": placed.strftime("%Y-%m"),
        "state": states[row["customer_id"]] or "unknown",
        # what a carrier has taken over can no longer be cancelled
        "is_cancelled": row["order_status"] == "canceled" and handed_over is None,
        "cents": worth[order_id],
        "placed": placed,
        "handed_over": handed_over,
        "delivered": arrived if is_delivered else None,
        "due": instant(row, "order_estimated_delivery_date"),
    }


def read_orders(folder, limit=None):
    orders = read_rows(folder, "orders.csv")[:limit]
    worth = defaultdict(int)
    for item in read_rows(folder, "order_items.csv"):
        worth[item["order_id"]] += cents(item["price"]) + cents(item["freight_value"])
    states = {row["customer_id"]: row["customer_state"] for row in read_rows(folder, "customers.csv")}
    return [order_of(row, states, worth) for row in orders]


def sales(orders):
    counted = [order["cents"] for order in orders if not order["is_cancelled"]]
    return {
        "orders": len(orders),
        "orders_cancelled": len(orders) - len(counted),
        "revenue_cents": sum(counted),
        "revenue_orders": len(counted),
        "average_order_value": rounded(sum(counted), len(counted) * 100, 2),
    }


def duration(orders, start):
    """Negative durations are left out and counted."""
    every = [milliseconds(order[start], order["delivered"]) for order in orders]
    valid = [length for length in every if length >= 0]
    return {
        "sum_ms": sum(valid),
        "count": len(valid),
        "average_days": rounded(sum(valid), len(valid) * MS_PER_DAY, 4),
        "invalid": len(every) - len(valid),
    }


def deliveries(orders):
    delivered = [order for order in orders if order["delivered"] is not None]
    expected = [order for order in delivered if order["due"] is not None]
    late = sum(order["delivered"] > order["due"] for order in expected)
    handed_over = duration(delivered, "handed_over")
    return {
        "parcels": sum(order["handed_over"] is not None for order in orders),
        "delivered": len(delivered),
        "late": {"count": late, "of": len(expected), "share": rounded(late, len(expected), 4)},
        "placed_to_delivered": duration(delivered, "placed"),
        # the replay takes one column for the hand-over and for the first scan
        "fulfilled_to_delivered": handed_over,
        "picked_up_to_delivered": handed_over,
    }


def grouped(orders, names, figures):
    if not names:
        return figures(orders)
    groups = defaultdict(list)
    for order in orders:
        groups[order[names[0]]].append(order)
    return {key: grouped(groups[key], names[1:], figures) for key in sorted(groups)}


def figures_of(orders):
    return {
        "currency": "BRL",
        "orders": {
            "total": sales(orders),
            "by_month": grouped(orders, ["month"], sales),
            "by_state": grouped(orders, ["state"], sales),
            "by_month_and_state": grouped(orders, ["month", "state"], sales),
        },
        "deliveries": {"total": deliveries(orders), "by_state": grouped(orders, ["state"], deliveries)},
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="folder with orders.csv, order_items.csv and customers.csv")
    parser.add_argument(
        "--orders", type=int, metavar="N", help="the first N orders only, as in waybill replay"
    )
    options = parser.parse_args()
    if options.orders is not None and options.orders < 1:
        parser.error("--orders wants a number of 1 or more")
    try:
        figures = figures_of(read_orders(options.folder, options.orders))
    except BadInput as error:
        sys.exit(f"olist_figures: {error}")
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""Reads orders.events as any team can: checks each fact against its schema, and misses and repeats none.

The last sequence of each order is kept in the transaction that keeps what is made of the fact, here its
snapshot. A fact at or below it is a repeat and dropped; one that leaves a gap stops the reader: the state
would no longer be true. A fact that is not valid is skipped with an alarm, so the next one of its order
leaves a gap.

Exit codes: 0 all read, 1 Kafka or the schemas cannot be read, 2 wrong usage, 3 a gap, 4 some were skipped.
"""

import argparse
import json
import os
import sqlite3
import sys
from collections import Counter
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

TOPIC = "orders.events"
ENVELOPE = {"id": str, "type": str, "subject": str, "sequence": int, "time": str, "data": dict}
AWAY = (KafkaError._TRANSPORT, KafkaError._ALL_BROKERS_DOWN, KafkaError._RESOLVE, KafkaError._TIMED_OUT)
SCHEMAS = Path(__file__).resolve().parents[2] / "libs" / "contracts" / "schemas"


class Gap(Exception):
    """Facts are missing: nothing that comes after them may be applied."""


class Invalid(Exception):
    """The record is no fact, or breaks its schema."""


def load_schemas(folder):
    """The validator of each type of fact, such as orders.order-placed.v1."""
    files = Path(folder).glob("orders.*.json")
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    # commands have schemas in the same folder; only facts carry the order with its id
    facts = [schema for schema in schemas if {"order_id", "order"} <= set(schema.get("required", ()))]
    formats = FormatChecker()
    return {schema["title"]: Draft202012Validator(schema, format_checker=formats) for schema in facts}


def parse_fact(value):
    try:
        fact = json.loads(value)
    except (TypeError, ValueError) as error:
        raise Invalid("not JSON") from error
    for name, kind in ENVELOPE.items():
        if not isinstance(fact, dict) or type(fact.get(name)) is not kind:
            raise Invalid(f"{name} of the envelope is missing or of the wrong type")
    if fact["id"] != f"{fact['subject']}/{fact['sequence']}":
        raise Invalid("id is not <subject>/<sequence>")
    return fact


class OrderBook:
    """The last snapshot of each order, with its sequence."""

    def __init__(self, database, schemas):
        self.schemas = schemas
        self.counts = Counter()
        self.by_type = Counter()
        self.db = sqlite3.connect(database)
        self.db.execute(
            "create table if not exists orders (id text primary key, sequence integer, snapshot text)"
        )

    def apply(self, fact):
        """True when the fact is new. Raises Gap, and Invalid for what the schema forbids."""
        order_id, sequence = fact["subject"], fact["sequence"]
        with self.db:
            row = self.db.execute("select sequence from orders where id = ?", (order_id,)).fetchone()
            # the first fact that is seen of an order may have any number
            last = row[0] if row else sequence - 1
            if sequence <= last:
                self.counts["repeats"] += 1
                return False
            if sequence != last + 1:
                raise Gap(f"order {order_id}: fact {sequence} follows fact {last}, wanted {last + 1}")
            self.check(fact)
            snapshot = json.dumps(fact["data"]["order"])
            self.db.execute("replace into orders values (?, ?, ?)", (order_id, sequence, snapshot))
        self.counts["facts"] += 1
        self.by_type[fact["type"]] += 1
        return True

    def check(self, fact):
        schema = self.schemas.get(fact["type"])
        if schema is None:
            raise Invalid(f"no schema for {fact['type']}")
        error = best_match(schema.iter_errors(fact["data"]))
        if error is not None:
            # the path and the rule: the value may say who somebody is
            raise Invalid(f"{fact['type']} {fact['id']}: {error.json_path} breaks the rule {error.validator}")

    def summary(self):
        by_status = "select json_extract(snapshot, '$.status'), count(*) from orders group by 1 order by 1"
        return {
            **{name: self.counts[name] for name in ("facts", "repeats", "invalid")},
            "by_type": dict(sorted(self.by_type.items())),
            "orders": self.db.execute("select count(*) from orders").fetchone()[0],
            "orders_by_status": dict(self.db.execute(by_status)),
        }


def records(brokers, until_end):
    """Records of all partitions from their beginning; each partition in its order."""
    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            # required by the client; without a subscription nobody joins it, and nothing is committed
            "group.id": "read-orders",
            "enable.auto.commit": False,
            "enable.partition.eof": until_end,
            "log_level": 2,
        }
    )
    try:
        topic = consumer.list_topics(TOPIC, timeout=10).topics[TOPIC]
        if topic.error is not None:
            raise KafkaException(topic.error)
        left = set(topic.partitions)
        consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in left])
        while left:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error() is None:
                yield message
            elif message.error().code() == KafkaError._PARTITION_EOF:
                left.discard(message.partition())
            elif message.error().code() in AWAY:
                # the client tries again by itself
                print(f"read_orders: waiting for Kafka: {message.error().str()}", file=sys.stderr)
            else:
                raise KafkaException(message.error())
    finally:
        consumer.close()


def read(book, options):
    for message in records(options.brokers, options.until_end):
        place = f"{TOPIC}/{message.partition()}/{message.offset()}"
        try:
            fact = parse_fact(message.value())
            is_new = book.apply(fact)
        except Invalid as alarm:
            book.counts["invalid"] += 1
            print(f"read_orders: ALARM {place} skipped: {alarm}", file=sys.stderr)
            continue
        except Gap as alarm:
            raise Gap(f"{place}: {alarm}") from alarm
        if is_new and not options.until_end:
            order = fact["data"]["order"]
            number = f"{order['shop_slug']}/{order['order_number']}"
            print(fact["time"], fact["type"], number, order["status"], flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    brokers = os.environ.get("KAFKA_BROKERS")
    parser.add_argument(
        "--brokers", default=brokers, help="host:port, several separated by commas (KAFKA_BROKERS)"
    )
    parser.add_argument("--schemas", default=SCHEMAS, help="folder of the published JSON Schemas")
    parser.add_argument(
        "--database", default=":memory:", help="SQLite file that keeps snapshots and sequences"
    )
    parser.add_argument("--until-end", action="store_true", help="stop at the end and print a JSON summary")
    options = parser.parse_args()
    if not options.brokers:
        parser.error("give --brokers or set KAFKA_BROKERS")
    schemas = load_schemas(options.schemas)
    if not schemas:
        sys.exit(f"read_orders: {options.schemas} has no orders.*.json")
    book = OrderBook(options.database, schemas)
    try:
        read(book, options)
    except Gap as alarm:
        print(f"read_orders: ALARM, reading stopped at a gap: {alarm}", file=sys.stderr)
        return 3
    except KafkaException as error:
        sys.exit(f"read_orders: {TOPIC} cannot be read from {options.brokers}: {error.args[0].str()}")
    except KeyboardInterrupt:
        return 130
    if options.until_end:
        print(json.dumps(book.summary(), indent=2))
    return 4 if book.counts["invalid"] else 0


if __name__ == "__main__":
    sys.exit(main())

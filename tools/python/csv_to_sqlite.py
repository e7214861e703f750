"""Loads a CSV file, such as a report of analytics, into SQLite and answers a question in SQL.

Columns keep their names: those with a dot stand in double quotes, as "average_order_value.average". A column
whose values are all whole numbers becomes INTEGER, one of numbers only REAL, any other TEXT; an empty value
is NULL.
"""

import argparse
import csv
import re
import sqlite3
import sys

WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class BadInput(Exception):
    """What the caller can put right; the text says what."""


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def read_table(path):
    try:
        # utf-8-sig: a byte order mark would become part of the first column's name
        with open(0 if path == "-" else path, encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, strict=True) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read as CSV: {error}") from error
    if not rows:
        raise BadInput(f"{path} is empty: wanted a line of column names")
    header, *body = rows
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise BadInput(f"{path}, row {number}: {len(row)} values for {len(header)} columns")
    return header, body


def kind_of(values):
    known = [value for value in values if value != ""]
    if known and all(WHOLE.fullmatch(value) for value in known):
        return "INTEGER"
    if known and all(NUMBER.fullmatch(value) for value in known):
        return "REAL"
    return "TEXT"


def load(db, table, header, body):
    """Replaces the table. SQLite turns the texts into the kind of their column."""
    columns = zip(header, zip(*body, strict=True), strict=True) if body else ((name, ()) for name in header)
    declared = ", ".join(f"{quoted(name)} {kind_of(values)}" for name, values in columns)
    places = ", ".join("?" for _ in header)
    with db:
        db.execute(f"drop table if exists {quoted(table)}")
        db.execute(f"create table {quoted(table)} ({declared})")
        rows = ([value if value != "" else None for value in row] for row in body)
        db.executemany(f"insert into {quoted(table)} values ({places})", rows)


def answer(db, question):
    cursor = db.execute(question)
    if cursor.description is None:
        raise BadInput("--sql wants a question that has rows for an answer, such as select …")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(column[0] for column in cursor.description)
    writer.writerows(cursor)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("csv", help="the file; - reads standard input")
    parser.add_argument("--database", default=":memory:", help="SQLite file (only in memory without it)")
    parser.add_argument("--table", default="report", help="name of the table, which is replaced (report)")
    parser.add_argument("--sql", help="the question; its answer is printed as CSV")
    options = parser.parse_args()
    if options.database == ":memory:" and not options.sql:
        parser.error("give --sql, --database or both: there is nothing to do")
    try:
        header, body = read_table(options.csv)
        with sqlite3.connect(options.database) as db:
            load(db, options.table, header, body)
            if options.sql:
                answer(db, options.sql)
    except (BadInput, sqlite3.Error) as error:
        sys.exit(f"csv_to_sqlite: {error}")


if __name__ == "__main__":
    main()

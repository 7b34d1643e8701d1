"""What is recorded of the store itself."""

from __future__ import annotations

import sqlite3

STORE_ID = "store_id"
EMBEDDING_MODEL = "embedding_model"  # whose vectors these are; empty while all articles are being embedded anew
NEXT_MODEL = "next_embedding_model"  # whose they are then to be

RECORDS = "records"  # a number that is another one after every change of what annotators read, or of what is searched


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """A property's value, None where it was never set."""
    row = connection.execute("SELECT value FROM properties WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["value"])


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set a property."""
    connection.execute("INSERT OR REPLACE INTO properties (name, value) VALUES (?, ?)", (name, value))


def count_up(connection: sqlite3.Connection, name: str) -> None:
    """Make a property that is a number one more."""
    connection.execute(
        "INSERT INTO properties (name, value) VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = value + 1",
        (name,),
    )


def put_if_absent(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set a property that has no value yet."""
    connection.execute("INSERT OR IGNORE INTO properties (name, value) VALUES (?, ?)", (name, value))

"""Which embedding model the stored vectors are of; vectors of two models are never compared."""

from __future__ import annotations

import sqlite3

from retrieval.errors import WrongModel
from retrieval.storage import properties


def get(connection: sqlite3.Connection) -> str | None:
    """The model; None where there were never any vectors, empty while all articles are being embedded anew."""
    return properties.get(connection, properties.EMBEDDING_MODEL)


def check(connection: sqlite3.Connection, name: str) -> None:
    """WrongModel unless the vectors are of the model `name`, or there were never any."""
    _same(get(connection), name)


def take_on(connection: sqlite3.Connection, name: str) -> None:
    """Vectors of the model `name` are to be written, in this transaction; WrongModel where there are another's."""
    properties.put_if_absent(connection, properties.EMBEDDING_MODEL, name)
    check(connection, name)


def check_again(connection: sqlite3.Connection, name: str) -> None:
    """WrongModel unless articles are to be read again by the model `name`: during a change, by the new one."""
    filled = get(connection)
    _same(properties.get(connection, properties.NEXT_MODEL) if filled == "" else filled, name)


def begin_change(connection: sqlite3.Connection, name: str) -> None:
    """All articles are to be embedded anew, by the model `name`."""
    properties.put(connection, properties.EMBEDDING_MODEL, "")
    properties.put(connection, properties.NEXT_MODEL, name)


def end_change(connection: sqlite3.Connection, name: str) -> None:
    """All articles have been embedded anew; WrongModel where another change was begun meanwhile."""
    check_again(connection, name)
    properties.put(connection, properties.EMBEDDING_MODEL, name)


def _same(filled: str | None, name: str) -> None:
    if filled == "":
        raise WrongModel("Changing the embedding model was cut off: run `onrecord reindex` to finish it.")
    if filled not in (None, name):
        raise WrongModel(
            f"The store was filled by the embedding model {filled!r}, and ONRECORD_EMBEDDING_MODEL is {name!r}:"
            " run `onrecord reindex` to embed all articles anew, or set it back."
        )

"""The catalogue's schema, from nothing and from the future."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from retrieval.errors import NewerStore, UserError
from retrieval.storage.connection import Connections
from retrieval.storage.migrations import MIGRATIONS


def test_a_new_catalogue_gets_every_migration_and_opening_it_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    for _ in range(2):
        connections = Connections(file)
        assert connections.read().execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        connections.close()


def test_every_migration_leads_from_the_one_before(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    for script in MIGRATIONS:
        connection.executescript(script)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()


def test_an_older_store_keeps_who_is_called_what(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    for script in MIGRATIONS[:9]:
        connection.executescript(script)
    connection.executescript(
        """
        INSERT INTO collections (pk, name) VALUES (1, 'x');
        INSERT INTO speakers (pk, collection, surname) VALUES (7, 1, 'calder');
        """
    )
    for named, description in (("Ines Calder", None), ("Ines Calder", None), ("Calder", "the mayor"), (None, "a boy")):
        connection.execute(
            "INSERT INTO quotations (revision, pieces, kind, stance, cue, speaker, named, description, vector)"
            " VALUES (1, '[]', 'direct', 'said', 'said', ?, ?, ?, x'')",
            (named and 7, named, description),
        )
    connection.executescript(MIGRATIONS[9])
    names = connection.execute("SELECT * FROM speaker_names ORDER BY named").fetchall()
    assert names == [(7, "Calder", "the mayor"), (7, "Ines Calder", "")]
    connection.execute("DELETE FROM quotations WHERE pk = 1")
    assert connection.execute("SELECT * FROM speaker_names ORDER BY named").fetchall() == names
    connection.execute("DELETE FROM quotations")
    assert connection.execute("SELECT * FROM speaker_names").fetchall() == []
    connection.close()


def test_a_store_of_a_newer_onrecord_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    Connections(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(NewerStore, match="install a newer OnRecord"):
        Connections(file)


def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_text("this is no database, whatever its name says" * 50, encoding="utf-8")
    with pytest.raises(UserError, match="is damaged"):
        Connections(file)


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "catalogue.sqlite")

    def fail() -> None:
        with connections.transaction() as connection:
            connection.execute("INSERT INTO collections (name) VALUES ('x')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert connections.read().execute("SELECT count(*) FROM collections").fetchone()[0] == 0
    with connections.writer(), connections.writer_if_free() as free:
        assert free
    connections.close()

"""Connections to the catalogue: as many as there are threads, and none once they are closed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from retrieval.errors import UserError
from retrieval.library import Library
from retrieval.storage.connection import Connections


def in_a_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_thread_that_ended_keeps_nothing_open(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "catalogue.sqlite")
    before = psutil.Process().num_fds()
    for _ in range(50):
        in_a_thread(connections.read)
    assert psutil.Process().num_fds() < before + 10
    assert connections.read().execute("SELECT count(*) FROM properties").fetchone()[0] == 0  # ours is still open
    connections.close()


def test_a_thread_that_only_waits_keeps_its_connection(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "catalogue.sqlite")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(connections.read).result()
        for _ in range(3):
            in_a_thread(connections.read)
        assert pool.submit(connections.read).result() is first
        assert first.execute("SELECT 1").fetchone()[0] == 1
    connections.close()


def test_a_closed_library_is_opened_by_no_thread_again(library: Library) -> None:
    library.articles()
    library.close()
    with ThreadPoolExecutor(1) as pool:
        for read in (library.articles, pool.submit(library.articles).result):
            with pytest.raises(UserError, match="was closed"):
                read()


def test_a_catalogue_that_lost_everything_is_no_new_one(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.touch()
    with pytest.raises(UserError, match="is empty, and all that was in it lost"):
        Connections(file)
    assert file.read_bytes() == b""


def test_a_catalogue_that_could_not_be_made_is_made_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalogue.sqlite"

    def failing(self: Connections) -> None:
        self.path.touch()
        raise UserError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(Connections, "_open", failing)
        with pytest.raises(UserError, match="full"):
            Connections(file)
    connections = Connections(file)
    assert connections.read().execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    connections.close()

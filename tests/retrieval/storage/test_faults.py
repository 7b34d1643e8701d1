"""Full disks, read-only stores, other processes, clocks: a clear sentence, and no damage."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from multiprocessing.synchronize import Barrier
from pathlib import Path

import psutil
import pytest

from retrieval.errors import IndexUnavailable, OnRecordError, UserError
from retrieval.library import Library
from retrieval.schema import ConversationKey, QuotationQuery, Turn
from retrieval.settings import Settings
from retrieval.storage.connection import Connections
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index import chroma_server, ownership
from retrieval.storage.index.chroma_server import read_note
from retrieval.storage.index.ownership import IndexOwner
from tests.retrieval.storage.stocked import ARTICLES, add, article, opened, stock

_PROCESSES = multiprocessing.get_context("forkserver")


def adding(store: Path, first: int, count: int) -> None:
    """What `onrecord add` does, in a process of its own."""
    with opened(store, serve=True) as library:
        add(library, [article(n) for n in range(first, first + count)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with articles, in the folder `store`."""
    with opened(tmp_path / "store") as library:
        stock(library)
    return tmp_path / "store"


def test_two_commands_that_add_at_once_both_get_their_articles_in(tmp_path: Path) -> None:
    store = tmp_path / "store"
    both = [_PROCESSES.Process(target=adding, args=(store, first, 4)) for first in (0, 100)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    with opened(store) as library:
        assert {h.id for h in library.articles()} == {f"a{n}" for n in (*range(4), *range(100, 104))}
        assert library.mend() == []


def opening(path: Path, together: Barrier) -> None:
    together.wait(60)
    Connections(path).close()


def test_several_that_make_one_catalogue_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for turn in range(4):
        together = _PROCESSES.Barrier(4)
        path = tmp_path / f"{turn}.sqlite"
        makers = [_PROCESSES.Process(target=opening, args=(path, together)) for _ in range(4)]
        for process in makers:
            process.start()
        for process in makers:
            process.join(60)
        assert [process.exitcode for process in makers] == [0] * 4


def test_what_a_command_adds_beside_the_bot_is_in_the_bots_next_answer(store: Path) -> None:
    with opened(store, serve=True) as bot:
        bot.warm_up()
        command = _PROCESSES.Process(target=adding, args=(store, 50, 2))
        command.start()
        command.join(120)
        assert command.exitcode == 0
        assert any(found.article.id == "a50" for found in bot.search("article 50", k=20))
        assert bot.mend() == []


def test_an_address_that_a_dead_server_left_is_passed_over(store: Path) -> None:
    note = {"pid": 2**22 - 3, "port": 9, "config": str(store.resolve() / "index.yaml")}
    (store / "index.json").write_text(json.dumps(note), encoding="utf-8")
    with opened(store) as library:
        assert library.status().index_served_at is None
        assert library.mend() == []
        assert library.search("quay")


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"pid": "x", "port": 1, "config": ""}', '{"pid": -1}', "7"])
def test_a_torn_address_is_passed_over(note: str, store: Path) -> None:
    (store / "index.json").write_text(note, encoding="utf-8")
    with opened(store) as library:
        assert library.status().index_served_at is None
        assert library.disagreements() == []


def test_a_program_that_got_the_number_of_a_dead_server_is_left_alone(store: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        note = {"pid": stranger.pid, "port": 9, "config": str(store.resolve() / "index.yaml")}
        (store / "index.json").write_text(json.dumps(note), encoding="utf-8")
        with opened(store) as library:
            assert library.disagreements() == []
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_whose_owner_was_killed_before_it_left_a_note_is_ended(store: Path) -> None:
    owner = IndexOwner(store, serve=True)
    owner.client()
    note = read_note(store / "index.json")
    assert note is not None
    (store / "index.json").unlink()
    owner._lock.release()  # as the kernel does for a killed process
    with opened(store) as library:
        assert library.disagreements() == []
        assert note.process() is None
    owner._lock.acquire()
    owner.close()


def test_a_clock_that_is_set_back_leaves_the_server_known(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serving = IndexOwner(store, serve=True)
    serving.client()
    # What tells processes when others began is counted from the clock, so it moves with it.
    monkeypatch.setattr(psutil.Process, "create_time", lambda self: 1.0)
    monkeypatch.setattr(time, "time", lambda: 86_400.0)
    other = IndexOwner(store)
    note = other.served_at()
    assert note is not None
    other.client()
    other.close()
    serving.close()
    assert note.process() is None


def test_a_clock_before_all_articles_still_answers(store: Path) -> None:
    with Library(Settings(store=store), embedder=HashingEmbedder(), clock=lambda: date(1970, 1, 1)) as library:
        add(library, [article(40)])
        assert library.ask("What happened last week at the quay?").question
        assert library.search("quay last year")
        library.events(on="yesterday")


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(store: Path) -> None:
    with opened(store) as library:
        connection = library._store.read()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(UserError, match="is full: make room"):
            add(library, [article(n) for n in range(60, 70)])
        assert len(library.articles()) == ARTICLES
        assert library.mend() == []
        connection.execute("PRAGMA max_page_count = 1073741823")
        add(library, [article(n) for n in range(60, 70)])
        assert len(library.articles()) == ARTICLES + 10
        assert library.mend() == []


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of some megabytes; the test is passed over where none can be mounted."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill(file: Path) -> None:
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(b"x" * 4096)


def test_a_disk_that_fills_up_under_catalogue_and_index_loses_nothing() -> None:
    with small_disk(16) as disk:
        store = disk / "store"
        with opened(store, serve=True) as library:
            stock(library)
            filler = disk / "filler"
            fill(filler)
            said = []
            for number in range(60, 66):
                try:
                    add(library, [article(number)])
                except OnRecordError as error:
                    said.append(str(error))
            assert all("make room" in sentence or "disk" in sentence for sentence in said), said
            assert said
            assert library.search("quay")
            filler.unlink()
        with opened(store, serve=True) as library:
            add(library, [article(number) for number in range(60, 66)])
            assert len(library.articles()) == ARTICLES + 6
            assert all(finding.mended for finding in library.mend())
            assert library.mend() == []


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no file's mode keeps out."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_store_that_may_not_be_written_is_told_in_a_sentence() -> None:
    # not below pytest's own folder, which only its user may enter
    folder = Path(tempfile.mkdtemp())
    store = folder / "store"
    try:
        with opened(store) as library:
            stock(library)
        before = (store / "catalogue.sqlite").read_bytes()
        for path in (folder, store, *store.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with as_nobody(), pytest.raises(UserError, match="cannot be written"):
            opened(store).close()
        with as_nobody(), pytest.raises(UserError, match="cannot be made"):
            opened(store / "below").close()
        assert (store / "catalogue.sqlite").read_bytes() == before
    finally:
        for path in (folder, store, *store.rglob("*")):
            path.chmod(0o777)
        shutil.rmtree(folder)


def test_a_server_that_is_killed_in_the_middle_is_started_again(store: Path) -> None:
    with opened(store, serve=True) as library:
        library.warm_up()
        for number in range(3):
            note = read_note(store / "index.json")
            assert note is not None
            os.kill(note.pid, signal.SIGKILL)
            if number:
                add(library, [article(70 + number)])
            assert library._store.vectors.count("operator") > 0
            assert library.search("quay at Lowmouth")
        assert library.mend() == []


def test_a_server_that_hangs_holds_up_nobody_for_long(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ownership, "_REQUEST_SECONDS", 0.5)
    monkeypatch.setattr(ownership, "_HEARTBEAT_SECONDS", 0.5)
    server = IndexOwner(store, serve=True)
    server.client()
    note = server.served_at()
    assert note is not None
    owner = IndexOwner(store, url=note.url)
    client = owner.client()
    os.kill(note.pid, signal.SIGSTOP)
    try:
        with pytest.raises(IndexUnavailable, match="does not answer"):
            owner.reconnect(client)
    finally:
        os.kill(note.pid, signal.SIGCONT)
    owner.close()
    server.close()


def test_without_an_index_everything_is_answered_from_the_catalogue_and_the_log_says_so(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(store / "vectors")
    (store / "vectors").write_text("no folder at all", encoding="utf-8")
    starts: list[Path] = []
    plain = chroma_server.ChromaServer._start
    monkeypatch.setattr(
        chroma_server.ChromaServer, "_start", lambda self, folder: (starts.append(folder), plain(self, folder))[1]
    )
    with opened(store, serve=True) as library:
        library.warm_up()
        assert "the catalogue's own vectors" in caplog.text
        for _ in range(3):
            assert library.search("quay at Lowmouth", collections=("operator", "server-7"))
            library.ask("What does the sentence tell of?")
        library.quotations(QuotationQuery())
        library.events(on="January 2026")
        assert len(starts) <= 1  # it is not tried anew for every question
        add(library, [article(80)])
        assert library.status().pending == 1
    (store / "vectors").unlink()
    with opened(store, serve=True) as library:
        assert [h.id for h in library.articles() if h.id == "a80"]
        found = library.mend()
        assert all(finding.mended for finding in found), found
        assert library.mend() == []


def test_a_catalogue_that_another_program_holds_is_told_in_a_sentence(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(store / "catalogue.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("retrieval.storage.connection._BUSY_SECONDS", 0.2)
    connections = Connections(store / "catalogue.sqlite")
    try:
        with pytest.raises(UserError, match="wait for it to finish"), connections.transaction():
            pass
    finally:
        connections.close()
        holder.close()


def test_what_was_asked_and_spent_is_kept_while_another_process_fills_the_index(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.storage.connection._BUSY_SECONDS", 0.2)
    other, key = Connections(store / "catalogue.sqlite"), ConversationKey("thread-1", "ann")
    with opened(store) as library, other.writer():
        library.remember(key, Turn("who?", "Ann."))
        assert library.conversation(key) == (Turn("who?", "Ann."),)
        library._parts.spending.spend("ann", 7)
        assert library._parts.spending.spent("ann") == 7
        assert library.forget_person("ann") == 1
        assert library._parts.spending.spent("ann") == 0
    other.close()

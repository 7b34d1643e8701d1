"""Who owns the index, and how every other process reaches it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from retrieval.errors import IndexUnavailable, NotConfigured, StoreBusy
from retrieval.schema import Window
from retrieval.storage.index import ownership
from retrieval.storage.index.chroma_server import read_note
from retrieval.storage.index.ownership import IndexOwner
from retrieval.storage.index.vectors import ChromaVectors, IndexRow

ROW = IndexRow(np.eye(4, dtype=np.float32)[0], 0, "")


def test_another_process_sees_at_once_what_the_serving_one_wrote_and_the_other_way(tmp_path: Path) -> None:
    serving = ChromaVectors(IndexOwner(tmp_path, serve=True), "s")
    serving.add("operator", {1: ROW})
    code = (
        "import sys, numpy as np; from pathlib import Path;"
        "from retrieval.storage.index.ownership import IndexOwner; "
        "from retrieval.storage.index.vectors import ChromaVectors, IndexRow;"
        "v = ChromaVectors(IndexOwner(Path(sys.argv[1])), 's'); print(v.count('operator'));"
        "v.add('operator', {2: IndexRow(np.eye(4, dtype=np.float32)[1], 0, '')}); v.close()"
    )
    other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "1"
    assert sorted(n for n, _ in serving.nearest("operator", ROW.vector, 9, Window())) == [1, 2]
    serving.close()


def test_closing_ends_the_server_and_takes_the_note_away(tmp_path: Path) -> None:
    owner = IndexOwner(tmp_path, serve=True)
    owner.client()
    note = owner.served_at()
    assert note is not None
    owner.close()
    assert owner.served_at() is None
    assert not psutil.pid_exists(note.pid) or note.process() is None


def test_whoever_asks_after_the_end_starts_no_server(tmp_path: Path) -> None:
    owner = IndexOwner(tmp_path, serve=True)
    owner.close()
    with pytest.raises(IndexUnavailable, match="closed"):
        owner.client()
    assert owner.served_at() is None


def test_the_server_of_a_killed_process_is_found_and_ended(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from retrieval.storage.index.ownership import IndexOwner;"
        "o = IndexOwner(Path(sys.argv[1]), serve=True); o.client(); print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == "up"
        orphan = read_note(tmp_path / "index.json")
        assert orphan is not None
        os.kill(killed.pid, signal.SIGKILL)
    index = ChromaVectors(IndexOwner(tmp_path), "s")
    index.add("operator", {1: ROW})
    assert index.count("operator") == 1
    assert orphan.process() is None
    index.close()


def test_when_the_serving_process_goes_the_next_query_finds_another_way(tmp_path: Path) -> None:
    serving = IndexOwner(tmp_path, serve=True)
    ChromaVectors(serving, "s").add("operator", {1: ROW})
    other = ChromaVectors(IndexOwner(tmp_path), "s")
    assert other.count("operator") == 1
    serving.close()
    assert other.count("operator") == 1
    other.close()


def test_a_folder_that_another_command_holds_is_waited_for_and_then_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership, "_WAIT_SECONDS", 0.3)
    holder, second = IndexOwner(tmp_path), IndexOwner(tmp_path)
    holder.client()
    began = time.monotonic()
    with pytest.raises(StoreBusy, match="wait for it to finish"):
        second.client()
    assert time.monotonic() - began >= 0.3
    holder.close()
    second.client()
    second.close()


def test_a_server_that_is_not_there_is_said_to_be_unavailable(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="does not answer"):
        IndexOwner(tmp_path, url="http://127.0.0.1:9").client()
    with pytest.raises(NotConfigured, match="ONRECORD_CHROMA_URL"):
        IndexOwner(tmp_path, url="ftp://127.0.0.1").client()

"""kill -9 at any step of any change loses and doubles nothing after the next start."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import WrongModel
from tests.retrieval.storage import crashing
from tests.retrieval.storage.crashing import CHANGES

POINTS = int(os.environ.get("ONRECORD_CRASH_POINTS", "20"))
"""How many points are tried, spread over all steps of all changes; several hundred try each step several times."""

_DELAYS = (0.0, 0.0003, 0.0, 0.002, 0.008)  # seconds into a step
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.retrieval.storage.crashing", "chromadb", "retrieval.annotation.parser"])


def killed_at(name: str, place: Path, at: int, delay: float) -> int | None:
    """How a process ended that was to be killed at a step."""
    process = _PROCESSES.Process(target=crashing.run, args=(name, place, at, delay))
    process.start()
    process.join(120)
    return process.exitcode


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each change a folder in which it is still to be made; `steps` beside it says in how many steps it is."""
    made = {}
    for name, change in CHANGES.items():
        place = tmp_path_factory.mktemp(name.replace(" ", "-"))
        (place / "before").mkdir()
        change.make(place / "before")
        shutil.copytree(place / "before", place / "whole")
        assert killed_at(name, place / "whole", -1, 0.0) == 0
        made[name] = place
    return made


@pytest.mark.parametrize("point", range(POINTS))
def test_a_killed_process_loses_and_doubles_nothing(point: int, places: dict[str, Path], tmp_path: Path) -> None:
    steps = [
        (name, step)
        for name, place in places.items()
        for step in range(1, int((place / "whole" / "steps").read_text(encoding="utf-8")) + 1)
    ]
    name, step = steps[point * (len(steps) - 1) // max(1, POINTS - 1) if len(steps) > POINTS else point % len(steps)]
    change, place = CHANGES[name], tmp_path / "place"
    before = shutil.copytree(places[name] / "before", place)
    delay = _DELAYS[(point + point // len(steps)) % len(_DELAYS)]
    ended = killed_at(name, place, step, delay)
    assert ended in (-signal.SIGKILL, -signal.SIGALRM) or (ended == 0 and delay)

    if (before / "store" / "catalogue.sqlite").exists():
        the_next_start_is_in_order(name, place)
    change.do(place)
    with crashing.reopened(name, place) as library:
        assert library.mend() == []
        heads = library.articles()
        assert {h.id: library.article(h.id)[1].text.split()[0] for h in heads} == change.after
        assert len(heads) == len({head.id for head in heads})
        assert library.status().pending == 0
        found = library.search("quay at Lowmouth", k=100)
        assert len({(p.article.id, p.start) for p in found}) == len(found)
    with closing(sqlite3.connect(place / "store" / "catalogue.sqlite")) as catalogue:
        (orphans,) = catalogue.execute(
            "SELECT count(*) FROM passages WHERE revision NOT IN (SELECT searched FROM articles)"
        ).fetchone()
    assert orphans == 0


def the_next_start_is_in_order(name: str, place: Path) -> None:
    """Whoever opens the store next finds catalogue and vectors equal, and every article it had or was given."""
    try:
        with crashing.reopened(name, place) as library:
            if name not in ("mend", "another model"):
                assert library.disagreements() == []
                assert library.status().pending == 0
            ids = {head.id for head in library.articles()}
            library.search("quay")
    except WrongModel as error:
        assert name == "another model"
        assert "onrecord reindex" in str(error)  # noqa: PT017 - any other model's name has no other way out
    else:
        if name != "folder":
            assert {f"a{n}" for n in range(8)} - ids <= ({"a1", "a2"} if name == "remove" else set())

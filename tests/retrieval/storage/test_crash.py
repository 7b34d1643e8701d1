"""kill -9 at any point of any change loses and doubles nothing after the next start."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.storage.connection import Connections
from tests.retrieval.storage.crashing_writer import expected, open_library, run

POINTS = int(os.environ.get("ONRECORD_CRASH_POINTS", "20"))
"""How many points are tried; set it higher for a thorough run."""

ROOT = Path(__file__).resolve().parents[3]


def writer(folder: Path, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.retrieval.storage.crashing_writer", str(folder), str(at)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def total(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many points there are at which a whole run could be killed."""
    done = writer(tmp_path_factory.mktemp("whole"), -1)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


@pytest.mark.parametrize("point", range(POINTS))
def test_a_killed_writer_loses_and_doubles_nothing(point: int, total: int, tmp_path: Path) -> None:
    at = 1 + point * (total - 1) // max(1, POINTS - 1)
    killed = writer(tmp_path, at)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    reported = int(killed.stdout.split()[-1]) if killed.stdout else 0
    with open_library(tmp_path) as library:
        assert library.disagreements() == []
        present = {head.id for head in library.articles()}
        if reported in (1, 2, 3, 4):
            assert {f"a{n}" for n in range(15 if reported == 1 else 30)} <= present
        if reported >= 5:
            assert not {"a0", "a1"} & present
        run(library, tmp_path)
        heads = library.articles()
        # a0 to a2 are added anew, and removed again, by the second run; the others are what one run makes.
        assert {head.id: library.article(head.id)[1].text.split()[0] for head in heads} == expected()
        assert len(heads) == len({head.id for head in heads})
        assert library.disagreements() == []
        for head in heads:
            found = library.search(f"Article {head.id[1:]} quay", k=100)
            places = [(p.article.id, p.start) for p in found]
            assert len(places) == len(set(places))
        assert library.status().pending == 0
    if point == 0:
        shutil.rmtree(tmp_path / "store" / "vectors", ignore_errors=True)
        with open_library(tmp_path) as library:
            library.reindex()
            assert library.disagreements() == []
    left = Connections(tmp_path / "store" / "catalogue.sqlite")
    (orphans,) = left.read().execute(
        "SELECT count(*) FROM passages WHERE revision NOT IN (SELECT searched FROM articles)"
    ).fetchone()  # fmt: skip
    left.close()
    assert orphans == 0

"""Long work gives way to a bot that answers from the same store."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.running import give_way, lock_of_bot


@pytest.fixture
def niced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    steps: list[int] = []
    monkeypatch.setattr("os.nice", steps.append)
    return steps


def test_work_beside_a_bot_gives_way(tmp_path: Path, niced: list[int]) -> None:
    with lock_of_bot(tmp_path):
        give_way(tmp_path)
    assert niced == [10]


def test_where_no_bot_runs_nothing_changes(tmp_path: Path, niced: list[int]) -> None:
    give_way(tmp_path)
    with lock_of_bot(tmp_path):
        pass
    give_way(tmp_path)
    assert niced == []

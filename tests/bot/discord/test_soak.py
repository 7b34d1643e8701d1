"""A few seconds of the soak: many at once, nobody is lost."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.discord_soak import soak


async def test_members_asking_at_once_are_all_answered(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    figures = await soak(tmp_path, members=20, seconds=2.0, articles=0, library="quick")
    assert figures.lost == 0
    assert figures.told_to_wait == 0
    assert len(figures.answered) >= 20

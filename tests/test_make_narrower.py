"""The reduction of WordNet's verbs: which tell another more narrowly."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.make_narrower import lines

VERBS = """\
  1 a licence
00000001 36 v 02 make 0 create 1 000 | bring about
00000002 36 v 02 build 0 construct 0 001 @ 00000001 v 0000 | put together
00000003 36 v 01 build 1 001 @ 00000005 v 0000 | grow
00000004 36 v 01 wattle 0 001 @ 00000002 v 0000 | weave
00000005 30 v 01 grow 0 000 | become larger
"""
SENSES = """\
build%2:36:00:: 00000002 1 9
build%2:36:01:: 00000003 2 1
construct%2:36:00:: 00000002 1 3
create%2:36:01:: 00000001 2 1
create%2:36:02:: 00000009 1 40
grow%2:30:00:: 00000005 1 9
make%2:36:00:: 00000001 1 9
make%1:06:00:: 00000007 1 9
wattle%2:36:00:: 00000004 1 0
"""


def test_frequent_verbs_right_below_a_frequent_one_are_kept(tmp_path: Path) -> None:
    (tmp_path / "data.verb").write_text(VERBS)
    (tmp_path / "index.sense").write_text(SENSES)
    # Not "build" for "grow", one use in ten; nothing below "create", which means it once in forty; no "wattle".
    assert list(lines(tmp_path)) == ["make build construct"]

"""The reduction of WordNet's files: what is kept, and what leads where."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.make_meanings import lines

NOUNS = """\
  1 a licence
00000001 03 n 01 entity 0 000 | what is
00000002 03 n 01 object 0 001 @ 00000001 n 0000 | a thing
00000003 06 n 01 artifact 0 001 @ 00000002 n 0000 | a made thing
00000004 06 n 02 ship 0 vessel 0 001 @ 00000003 n 0000 | it floats
00000005 06 n 01 cargo_ship 0 001 @ 00000004 n 0000 | it carries
00000006 06 n 01 freighter 0 001 @ 00000005 n 0000 | it carries much
00000007 12 n 01 rare 0 000 | nobody uses it
"""
VERBS = """\
00000001 30 v 01 rise 0 001 ! 00000002 v 0101 | go up
00000002 30 v 02 fall 0 go_down 0 001 ! 00000001 v 0101 | go down
00000003 30 v 02 fall 1 sin 0 000 | do wrong
"""
SENSES = """\
artifact%1:06:00:: 00000003 1 1
entity%1:03:00:: 00000001 1 1
fall%2:30:00:: 00000002 1 19
fall%2:30:01:: 00000003 2 1
freighter%1:06:00:: 00000006 1 0
go_down%2:30:00:: 00000002 1 1
object%1:03:00:: 00000002 1 1
rare%1:12:00:: 00000007 1 0
rise%2:30:00:: 00000001 1 9
ship%1:06:00:: 00000004 1 8
sin%2:30:00:: 00000003 1 1
vessel%1:06:00:: 00000004 1 3
"""


def test_frequent_meanings_are_kept_with_what_they_lead_to(tmp_path: Path) -> None:
    for name, text in {"noun": NOUNS, "verb": VERBS, "adj": "", "adv": ""}.items():
        (tmp_path / f"data.{name}").write_text(text)
    (tmp_path / "index.sense").write_text(SENSES)
    assert list(lines(tmp_path)) == [
        "= noun",
        "ship vessel",
        "freighter >0",  # over "cargo ship", which has no word of its own
        "= verb",
        "rise !3",
        "fall go_down !2",  # not "fall" for "sin", which one use in twenty means
    ]

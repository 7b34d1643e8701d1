"""Verbs that tell another more narrowly, from WordNet: whoever builds a thing makes it, and a ruling decides.

The file is made by `tests/benchmarks/make_narrower.py`. G. A. Miller, WordNet: a lexical database for English, CACM
38(11), 1995; its licence stands at the head of the file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from retrieval.answering.verification.words import lemma

FILE = Path(__file__).with_name("narrower.txt")


def tells(narrow: str, wide: str) -> bool:
    """Whether the first verb says what the second does, and more; both by their lemmas."""
    return narrow in _below().get(wide, ())


@cache
def _below() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            wide, *narrow = (lemma(word) for word in line.split())
            found[wide] = found.get(wide, frozenset()) | frozenset(narrow)
    return found

"""Verbs that say the same more narrowly."""

from __future__ import annotations

import pytest

from retrieval.answering.sentences.narrower import FILE, tells
from retrieval.answering.verification.words import lemma


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        ("build", "make", True),
        ("built", "made", True),
        ("rule", "decide", True),
        ("murder", "kill", True),
        ("make", "build", False),
        ("sell", "buy", False),
        ("ride", "move", False),
    ],
)
def test_the_narrower_verb_tells_the_wider_and_not_the_other_way(narrow: str, wide: str, expected: bool) -> None:
    assert tells(lemma(narrow), lemma(wide)) is expected


def test_the_licence_stands_at_the_head() -> None:
    assert "Princeton University" in FILE.read_text("utf-8")[:1_000]

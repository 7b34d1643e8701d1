"""Quotations as sentences of an answer."""

from __future__ import annotations

import pytest

from retrieval.answering.who_said.quoted import with_speakers
from tests.answers import answer, citation, quotation

SAID = "“The bridge is safe,” she said."


@pytest.mark.parametrize(
    ("sentence", "speaker", "mention", "expected"),
    [
        (SAID, "Ines Calder", "she", f"[Ines Calder, the mayor:] {SAID}"),
        (SAID, None, "she", SAID),  # who she is, is not known
        ("“The bridge is safe,” she [Ines Calder] said.", "Ines Calder", "she", None),
        ("“The bridge is safe,” the mayor said.", "Ines Calder", "the mayor", None),
    ],
)
def test_who_she_is_stands_before_what_she_said(
    sentence: str, speaker: str | None, mention: str, expected: str | None
) -> None:
    said = [quotation("The bridge is safe,", speaker=speaker, mention=mention)]
    (shown,) = with_speakers(answer((sentence,), citations=(citation(text=SAID),)), said).sentences
    assert shown.text == (expected or sentence)


def test_of_two_who_speak_in_one_sentence_neither_is_named() -> None:
    said = [quotation("The bridge", speaker=name, mention="she") for name in ("Ines Calder", "Ada Lind")]
    (shown,) = with_speakers(answer((SAID,), citations=(citation(text=SAID),)), said).sentences
    assert shown.text == SAID

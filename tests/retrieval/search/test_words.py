"""The words of a question."""

from __future__ import annotations

from retrieval.search.words import stem, stems


def test_accents_make_no_other_word() -> None:
    assert stem("Orfé") == stem("Orfe")
    assert stems("Orfé’s goals") == stems("Orfe's goals")

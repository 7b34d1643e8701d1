"""Quotations with their days and their sentences."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.folding import folded, folded_words
from retrieval.annotation.said import DatedQuotationAnnotator, said_in
from retrieval.annotation.sentences import sentences
from retrieval.schema import Quotation, QuotationKind, Stretch
from tests.conftest import an_article


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Ines Calder told reporters on Monday that the quay was unsafe.", date(2026, 3, 4), "2026-03-02"),
        ("Ines Calder told reporters on Monday that the quay was unsafe.", None, "XXXX-WXX-1"),
        ("Ines Calder told reporters that the quay would close on Monday.", date(2026, 3, 4), None),
        ("Ines Calder said the quay was unsafe.", date(2026, 3, 4), None),
    ],
)
def test_a_quotation_has_the_day_it_was_said_and_not_the_day_told_of(
    text: str, published: date | None, value: str | None
) -> None:
    (found,) = DatedQuotationAnnotator().annotate(an_article(text=text, published=published))
    assert (found.said_on.value if found.said_on else None) == value


def test_a_quotation_stands_in_all_sentences_that_it_touches() -> None:
    text = "It rained. “A lot,” she said. “More than ever.” Then it stopped."
    cut = sentences(text)
    pieces = (Stretch(12, 17), Stretch(text.index("More"), text.index("More") + 15))
    around = said_in(Quotation(pieces, QuotationKind.DIRECT), cut)
    assert text[around.start : around.end] == "“A lot,” she said. “More than ever.”"
    assert said_in(Quotation((Stretch(0, 2),), QuotationKind.DIRECT), []) == Stretch(0, 2)


def test_names_are_compared_without_case_accents_and_possessives() -> None:
    assert folded("Ødegård") == "odegard"
    assert folded_words("Inés CÁLDER-Roe’s") == ("ines", "calder-roe")
    assert folded_words("J. Łuczak") == ("j", "luczak")

"""Sentences that word an article otherwise: what may be worded otherwise, and the lie that stands beside each."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.annotation.sentences import sentences
from retrieval.answering.verification import CitedPassage, Verifier
from retrieval.answering.verification.sources import said_in
from retrieval.schema import Article
from retrieval.storage.embedding import SentenceTransformerEmbedder

HALL = """The auction of Hollin Hall ended without a sale on Friday. Bids did not reach the reserve price of $900,000.
Tarn Bank had lent the owner the money. The bank will sell 40 paintings in May. The insurer, Pell Mutual, paid
nothing. A gardener found a telescope behind a wall. The instrument, made in 1612, is insured for 70,000 dollars. Of
the 30 bidders who came, 12 paid a deposit. The average price of a room is 80 dollars. The heir, Dora Quain, lost 2
million dollars in 2023. She rejected calls to resign as a trustee. Smith & Orr will repair the roof; the council had
asked for a new one. Nobody was hurt when a ladder fell. The sale is due in June."""


@cache
def verifier() -> Verifier:
    return Verifier(lambda texts: parse(load_parser(), texts), SentenceTransformerEmbedder().embed_documents)


@cache
def hall() -> CitedPassage:
    text = " ".join(HALL.split())
    article = Article(id="hall", text=text, title="No buyer for hall", source="Post", published=date(2026, 5, 2))
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, date(2026, 5, 2), said, text)


def shown(sentence: str) -> bool:
    found = verifier().verify(sentence, ["p1"], {"p1": hall()})
    return found.supported and "[according to" not in found.text


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Tarn Bank will sell 40 paintings in May.",
        "The telescope is insured for 70,000 dollars.",
        "12 of the 30 bidders paid a deposit.",
        "Dora Quain made a loss of 2 million dollars in 2023.",
        "Smith & Orr will repair the roof.",
        "No one was hurt when a ladder fell.",
        "The sale is expected in June.",
        "Bids did not reach the reserve price of $900,000.",
    ],
)
def test_the_same_in_other_words_is_shown(sentence: str) -> None:
    assert shown(sentence)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Pell Mutual will sell 40 paintings in May.",
        "The wall is insured for 70,000 dollars.",
        "12 of the 30 bidders who came paid the owner.",
        "The 30 bidders paid a deposit.",
        "Dora Quain made a profit of 2 million dollars in 2023.",
        "Smith & Pell will repair the roof.",
        "No one was hurt when a wall fell.",
        "The sale was expected in May.",
        "Bids did not reach the price of $900,000.",
        "The price was $900,000.",
        "The price of a room is 80 dollars.",
        "Dora Quain: Bids did not reach the reserve price of $900,000.",
    ],
)
def test_what_is_only_near_to_it_is_not(sentence: str) -> None:
    assert not shown(sentence)

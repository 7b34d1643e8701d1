"""The sentence before what somebody says: whether it may tell what that is on, or is somebody else's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.annotation.said import extent
from retrieval.schema import FoundQuotation, QuotationKind, Stance
from retrieval.search.words import content_words, stem
from retrieval.storage.quotations import StoredQuotation

# Whoever does one of these speaks on what was said before: "Roe replied that it had been checked".
_TAKES_UP = re.compile(
    r"\b(?:repl(?:y|ies|ied)|respond|reject|dismiss|den(?:y|ies|ied)|disput|disagree|counter|rebut|refut|retort)",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(r"\W*(?:it|they|them|this|that|these|those)\b", re.IGNORECASE)
_PERSON = re.compile(r"\W*(?:he|she)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it)?", re.IGNORECASE)
_ASKS = re.compile(r"\?\W*$")
_MARKS = re.compile(r"[“”\"]")


def leads_up_to(found: FoundQuotation, own: StoredQuotation, said: Iterable[StoredQuotation], text: str) -> bool:
    """Whether what `found` says may be on what the sentence before it names.

    Not where that reports another's words, or ends a paragraph and is not the speaker's own, save that it asks or is
    taken up: "The roof leaks, Ann Roe said. Jane Lind said it did not." `own` is `found` as it is stored, `said` is all
    that is quoted in its article, of text `text`.
    """
    if found.context is None:
        return False
    start, end = found.context.start, found.said.start
    before = text[start:end]
    here = [row for row in said if row.pk != own.pk and _overlaps(row, start, end)]
    others = [row for row in here if not _is_of_same(row, own)]
    if not others and (here or "\n" not in before):
        return True
    if found.quotation.stance is Stance.DENIED or _TAKES_UP.search(found.cue):
        return True
    of_another = found.quotation.kind is QuotationKind.DIRECT and _PERSON.match(found.text)
    if of_another or _STANDS_FOR.match(
        found.text
    ):  # "She said it was too much. Roe said it was not": who she is, is not shown
        return not any(_PRONOUN.fullmatch(row.row["mentioned"] or "") for row in others)
    return _ASKS.search(before) is not None and _MARKS.search(before) is None


def _overlaps(row: StoredQuotation, start: int, end: int) -> bool:
    stretch = extent(row.quotation)
    return stretch.start < end and start < stretch.end


def _is_of_same(one: StoredQuotation, other: StoredQuotation) -> bool:
    """Whether two quotations of one article have the same speaker, by name or by what he or she is called: "its owner"
    is "the owner, Jane Roe"."""
    if one.speaker is not None and other.speaker is not None:
        return one.speaker == other.speaker
    called = [{stem(word) for text in row.called for word in content_words(text)} for row in (one, other)]
    return bool(called[0] & called[1])

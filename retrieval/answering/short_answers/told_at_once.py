"""The figures of two sides that one sentence tells: "Alm drew 4,000 visitors, Birch 2,500"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.annotation.time import tag
from retrieval.answering.questions.comparisons import Degree
from retrieval.answering.verification.figures import Figure, figures
from retrieval.answering.verification.words import lemma, same_root
from retrieval.schema import Stretch
from retrieval.search.words import content_words

_IN_TURN = ("NFNF", "FNFN")  # names and figures, as they stand
_RESPECTIVELY = "NNFF"
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|than|each|both|together|instead|from|down|up|if|whether|would)\b|n['’]t\b|[?“”\"]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_AFTER_BARE = re.compile(r"[\s-]*\w")  # a word behind a figure, which may be what it counts
_COUNTED_WITHIN = 3  # words behind a figure, among them what it counts


def told_at_once(text: str, degree: Degree) -> tuple[tuple[Figure, str], tuple[Figure, str]] | None:
    """The figure of each side of `degree` with its words, where `text` tells one of each in turn; else None.

    The sides are told apart by the words that only one of them is called by. Where something is counted, that has to
    stand behind one of the figures.
    """
    at = [_places(text, *pair) for pair in ((degree.one, degree.other), (degree.other, degree.one))]
    days = [Stretch(expression.start, expression.end) for expression in tag(text, None, article=False)]
    found = [f for f in figures(text, days) if not f.ordinal and not f.vague]
    if len(found) != 2 or any(len(places) != 1 for places in at) or _OTHERWISE.search(text):
        return None
    marks = sorted([(places[0], "N") for places in at] + [(f.stretch.start, "F") for f in found])
    order = "".join(mark for _, mark in marks)
    if order not in _IN_TURN and not (order == _RESPECTIVELY and re.search(r"\brespectively\b", text, re.IGNORECASE)):
        return None
    if found[0].unit and not found[1].unit and not _AFTER_BARE.match(text, found[1].stretch.end):
        found[1] = replace(found[1], unit=found[0].unit)  # "15,000 euros, Birch 8,000"
    if degree.counted and not any(_counts(text, f, degree) for f in found):
        return None
    first, second = ((f, text[slice(*f.stretch)]) for f in (found if at[0][0] < at[1][0] else reversed(found)))
    return first, second


def _places(text: str, called: str, other: str) -> Sequence[int]:
    """Where the first word stands that one side is called by and the other is not."""
    apart = [lemma(word) for word in content_words(called) if lemma(word) not in map(lemma, content_words(other))]
    words = [(m.start(), lemma(m.group())) for m in _WORD.finditer(text)]
    return [start for start, word in words if apart and same_root(word, re.sub(r"['’]s?$", "", apart[0]))]


def _counts(text: str, figure: Figure, degree: Degree) -> bool:
    """Whether what is compared stands right behind a figure: "4,000 visitors"."""
    noun = lemma(degree.label.split()[-1])
    behind = _WORD.findall(text[figure.stretch.start :])[:_COUNTED_WITHIN]
    return any(same_root(lemma(word), noun) for word in behind)

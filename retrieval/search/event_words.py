"""How much of a topic's words stand where an event is told: in its clause, its sentence, the passage, the title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set

from retrieval.annotation.sentences import SentencesNear

_DATELINE = re.compile(r"^\W*(?P<place>[A-Z][A-Z'’. -]+[A-Z])\b[^—–\n]{0,40}?\s[—–-]{1,2}\s", re.MULTILINE)

StemsOf = Callable[[str], Set[str]]
"""The stems of a text that are words of the topic."""


def overlap(weights: Mapping[str, float], clause: str, title: str, lead: str, passage: str, stems_of: StemsOf) -> float:
    """The weighted share of the topic's words that stand in the clause, less in its sentence, in the title or what the
    article begins with, least in the passage; the place that the article is reported from counts for all of it.

    A word of the title alone counts little: an article tells of many things besides what it is headed by.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    near, above, first, around = stems_of(clause), stems_of(title), stems_of(lead), stems_of(passage)
    dateline = _DATELINE.search(lead) if first - near else None
    place = stems_of(dateline["place"]) if dateline is not None else frozenset[str]()
    sentence = stems_of(_sentence(clause, passage)) if around - near else near
    told = [
        (near, 1.0), (sentence, 0.9), (above & around, 0.7), (place, 0.7), (first, 0.5), (around, 0.4), (above, 0.4),
    ]  # fmt: skip
    got = sum(weight * next((worth for words, worth in told if word in words), 0.0) for word, weight in weights.items())
    return got / total


def _sentence(clause: str, passage: str) -> str:
    """The sentence of a passage with the clause."""
    at = passage.find(clause)
    if at < 0:
        return clause
    near = SentencesNear(passage)(at, at + len(clause))
    return next((passage[s.start : s.end] for s in near if s.start <= at < s.end), clause)

"""Verbs that tell the same from another side: whoever is elected, or beats the others, has won."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from retrieval.answering.verification.words import lemma


class Side(StrEnum):
    """The part beside a verb that stands for the subject of another."""

    AGENT = "agent"
    PATIENT = "patient"


_POLLS = "election vote poll ballot runoff primary seat contest race mayoralty presidency leadership"
_ANYTHING = "beat/agent defeat/agent"
_OF_POLL = "elect/patient reelect/patient re-elect/patient"
_LOSING = "beat/patient defeat/patient concede/agent"


def converses(verb: str, other: str | None) -> dict[str, Side]:
    """Of a verb whose subject is asked for, by its lemma, the lemmas of verbs that tell it from another side, each with
    the part in which they do. `other` is the lemma of the question's object: "election" in "who won the election"."""
    if verb == lemma("win"):
        return _sides(f"{_ANYTHING} {_OF_POLL}" if other in _polls() else _ANYTHING)
    if verb == lemma("lose"):
        return _sides(_LOSING)
    return {}


@cache
def _polls() -> frozenset[str]:
    return frozenset(lemma(word) for word in _POLLS.split())


@cache
def _sides(table: str) -> dict[str, Side]:
    pairs = [entry.split("/") for entry in table.split()]
    return {lemma(verb): Side(side) for verb, side in pairs}

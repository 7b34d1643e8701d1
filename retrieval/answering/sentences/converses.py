"""Verbs that tell the same from another side: whoever is elected, or beats the others, has won; whoever something
belongs to owns it; whoever had a hat trick scored one."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import lemma, same_root

if TYPE_CHECKING:
    from spacy.tokens import Token


class Side(StrEnum):
    """The part beside a verb that stands for the subject of another."""

    AGENT = "agent"
    PATIENT = "patient"
    TO = "to"  # "sold to Roe", "sold Roe a boat"
    FROM = "from"
    FOR = "for"


_POLLS = "election vote poll ballot runoff primary seat contest race mayoralty presidency leadership"
_ANYTHING = "beat/agent defeat/agent"
_OF_POLL = "elect/patient reelect/patient re-elect/patient"
_LOSING = "beat/patient defeat/patient concede/agent"
_GAINING = "score win get take earn claim hit make post net bag record"
_HAVING = re.compile(r"ha(?:s|ve|d)", re.IGNORECASE)
_CONVERSES = {
    "own": "belong/to",
    "buy": "sell/to",
    "acquire": "sell/to",
    "purchase": "sell/to",
    "sell": "buy/from purchase/from acquire/from",
    "lend": "borrow/from",
    "borrow": "lend/to",
    "inherit": "leave/to bequeath/to",
    "receive": "give/to award/to send/to hand/to pay/to",
    "get": "give/to award/to send/to hand/to pay/to",
    "employ": "work/for",
    "teach": "learn/from",
}


def converses(verb: str, other: str | None) -> dict[str, Side]:
    """Of a verb whose subject is asked for, by its lemma, the lemmas of verbs that tell it from another side, each with
    the part in which they do. `other` is the lemma of the question's object: "election" in "who won the election"."""
    if verb == lemma("win"):
        return _sides(f"{_ANYTHING} {_OF_POLL}" if other in _polls() else _ANYTHING)
    if verb == lemma("lose"):
        return _sides(_LOSING)
    return _sides(_by_lemma().get(verb, ""))


def may_have_gained(verb: str, sentence: str) -> bool:
    """Whether a sentence may say that somebody has what a verb, by its lemma, says was gained."""
    return verb in _gaining() and any(map(_HAVING.fullmatch, sentence.split()))


def has_gained(token: Token, verb: str, thing: str) -> bool:
    """Whether a token says that somebody has a thing that was gained, both by their lemmas: "had a hat trick" for
    "scored" one."""
    if verb not in _gaining() or not _HAVING.fullmatch(token.text) or any(t.dep_ == "neg" for t in token.children):
        return False
    return any(t.dep_ == "dobj" and same_root(lemma(t.text), thing) for t in token.children)


@cache
def _gaining() -> frozenset[str]:
    return frozenset(lemma(verb) for verb in _GAINING.split())


@cache
def _by_lemma() -> dict[str, str]:
    return {lemma(verb): sides for verb, sides in _CONVERSES.items()}


@cache
def _polls() -> frozenset[str]:
    return frozenset(lemma(word) for word in _POLLS.split())


@cache
def _sides(table: str) -> dict[str, Side]:
    pairs = [entry.split("/") for entry in table.split()]
    return {lemma(verb): Side(side) for verb, side in pairs}

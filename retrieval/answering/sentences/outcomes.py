"""What became of what was put to somebody: approved, rejected, and the other verbs that tell it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import lemma, same_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GRANTED = """
    approve pass succeed win accept grant uphold adopt allow back endorse clear ratify carry authorise authorize permit
    agree support
"""
_REFUSED = """
    reject fail defeat dismiss deny refuse block veto overturn quash lose scrap decline shelve abandon oppose
"""
_REFUSED_BY_TWO = re.compile(
    r"\b(?:turn(?:s|ed|ing)?|vot(?:es?|ed|ing)|str(?:ikes?|uck|iking)|shot|shoots?|knock(?:s|ed)?)\s+(?:\w+\s+){0,3}?down\b"
    r"|\b(?:throw(?:s|n)?|threw)\s+(?:\w+\s+){0,3}?out\b",
    re.IGNORECASE,
)
_OPEN = frozenset(("may", "might", "could", "would", "should", "if", "whether", "will", "to"))
_WORD = re.compile(r"[a-z]+")


def tells_outcome(verb: str, sentence: str) -> bool:
    """Whether a question's verb asks what became of something, and a sentence has a verb that may tell it: "passed",
    where "rejected" is told."""
    if lemma(verb) not in _outcomes():
        return False
    if _REFUSED_BY_TWO.search(sentence) is not None:
        return True
    return any(lemma(word) in _outcomes() for word in _WORD.findall(sentence.lower()))


def settles(thing: str, sentence: Doc) -> bool:
    """Whether `sentence` tells for certain what became of a thing, by its noun: "voters rejected the bond", "the bond
    was turned down", "the bond failed"."""
    noun = lemma(thing)
    return any(
        same_root(lemma(part.text), noun)
        for verb in sentence
        if verb.tag_.startswith("VB") and _is_outcome(verb) and not any(_is_open(t) for t in verb.children)
        for part in verb.children
        if part.dep_ in ("nsubjpass", "dobj") or (part.dep_ == "nsubj" and not _has_object(verb))
    )


def _is_open(beside: Token) -> bool:
    """Whether a word beside a verb leaves open if it is so, or makes it a duty: "must approve"."""
    return beside.lower_ in _OPEN or beside.tag_ == "MD"


def _is_outcome(verb: Token) -> bool:
    particle = next((t.lower_ for t in verb.children if t.dep_ == "prt"), "")
    return lemma(verb.text) in _outcomes() or _REFUSED_BY_TWO.fullmatch(f"{verb.text} {particle}") is not None


def _has_object(verb: Token) -> bool:
    return any(t.dep_ == "dobj" for t in verb.children)


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(lemma(word) for word in (_GRANTED + _REFUSED).split())

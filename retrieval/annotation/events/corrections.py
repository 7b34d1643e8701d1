"""What an article does not say happened: what it takes back or rules out, and what it asks."""

from __future__ import annotations

import functools
import re

# "An earlier version of this article said …", "wrongly stated", "misstated the date"
_CORRECTION = re.compile(
    r"\b(?:earlier|previous|original|first|initial)\s+(?:versions?|reports?|stor(?:y|ies)|articles?|editions?)\b"
    r".{0,80}?\b(?:said|stated|gave|reported|misstated|wrote|had|incorrect\w*|wrong\w*|mistaken\w*|erroneous\w*)\b"
    r"|\b(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately)\s+"
    r"(?:said|stated|reported|gave|given|dated|wrote|described|listed)\b"
    r"|^\W*(?:correction|clarification)\b.{0,120}?\b(?:wrote|said|stated|reported|gave)\b"
    r"|\bmisstated\b|\bmisreported\b",
    re.IGNORECASE | re.DOTALL,
)
_RULED_OUT = re.compile(
    r"(?:\bnot|\binstead of|\brather than)\s+(?:on|in|at|until|before|after|by)?\s*(?:the\s+)?$", re.I
)
_NOT_UNTIL = re.compile(r"\b(?:not|only)\s+(?:until|in|on|after)\s+(?:late\s+|early\s+|the\s+)?$", re.IGNORECASE)
_INVERTED = re.compile(r",?\s+(?:did|was|were|had|could|has|have)\b")
_WAS_NOT_UNTIL = re.compile(
    r"\bit\s+(?:was|is)(?:n['’]t|\s+not)\s+until\s+(?:late\s+|early\s+|the\s+)?$", re.IGNORECASE
)
# "Will not reopen until —": then it will.
_UNTIL_THEN = re.compile(
    r"(?:\bnot|n['’]t)\b[^.;:,“”\"]*\b(?:until|till)\s+(?:(?:late|early|on|in|at|around|about|the)\s+)*$", re.IGNORECASE
)
_THAT = re.compile(r",?\s+(?:that|when)\b")
_INSTEAD = re.compile(r"\bnot\b[^.;]*\bbut\s+(?:on|in|at|until|before|after|by|from)?\s*(?:the\s+)?$", re.IGNORECASE)
_SAYS_ONLY_WHEN = re.compile(
    r"\W*(?:it|they|this|that|these|those|both|the correct (?:date|day|year|time|month))\s+"
    r"(?:(?:was|is|were|are|had|has|been|in fact|actually|really|happened|occurred|took place|came|fell|held|later)"
    r"[\s,]*)+(?:(?:on|in|at|during|from|until|the|of)\s*)*\W*",
    re.IGNORECASE,
)


_ASKED = re.compile(r"[^.!?;:(“”\"\n]*\?")
_ASKS = re.compile(r"\?[”’\"')\]*_\s]*\Z")


@functools.lru_cache(maxsize=4_096)
def is_correction(sentence: str) -> bool:
    """Whether a sentence says what was said before and is wrong."""
    return _CORRECTION.search(sentence) is not None


def is_ruled_out(before: str) -> bool:
    """Whether a date is named to be ruled out, by the words before it: "on 2 May, not — 3 May"."""
    return _RULED_OUT.search(before) is not None


def is_first_then(before: str, after: str) -> bool:
    """Whether something did happen on a date, by the words beside it: "Not until — did they tell", "it was not until —
    that"."""
    return (_NOT_UNTIL.search(before) is not None and _INVERTED.match(after) is not None) or (
        _WAS_NOT_UNTIL.search(before) is not None and _THAT.match(after) is not None
    )


def is_not_before(before: str) -> bool:
    """Whether something happens on a date and not before, by the words before it: "will not reopen until —"."""
    return _UNTIL_THEN.search(before) is not None


def is_instead(before: str) -> bool:
    """Whether a date stands in place of one that is ruled out, by the words before it: "not in May but in —"."""
    return _INSTEAD.search(before) is not None


def needs_sentence_before(clause: str, date: str) -> bool:
    """Whether a clause says only when ("It was on 2 May"), and the sentence before it says what."""
    return _SAYS_ONLY_WHEN.fullmatch(clause.replace(date, "")) is not None


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, which says of nothing that it happened."""
    return _ASKS.search(sentence) is not None


def is_asked(after: str) -> bool:
    """Whether a date stands in a question, by the words behind it: "“Were you there on —?” the judge asked"."""
    return _ASKED.match(after) is not None

"""Pronouns that may well mean somebody else: their speaker is unclear, and said to be so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.schema import Quotation, Stretch

_PRONOUN = re.compile(r"(?:s?he|they|it|who)$", re.IGNORECASE)
# Two or three capitalised words in a row. What "the" stands before is a body, a place or a thing, and who stands behind
# a preposition is seldom who speaks next.
_FULL_NAME = re.compile(
    r"(?<![\w’'-])(?P<other>(?:[Tt]he|about|against|by|for|from|in|of|on|to|with)\s+)?"
    r"(?P<name>(?:[A-Z][\w’'-]*[a-z](?:\s+[A-Z]\.)?\s+){1,2}[A-Z][\w’-]*[a-z])"
)
_POSSESSIVE = re.compile(r"[’']s\b")


def without_guesses(text: str, within: Sequence[Stretch], quotations: Sequence[Quotation]) -> list[Quotation]:
    """`quotations`, without the speaker where a pronoun is all there is and its paragraph names somebody else.

    Only the words before the pronoun count. The speaker must be named there other than in the possessive ("Roe's
    lawyer, Jane Poe, said … she said"), or nobody else be.
    """
    return [
        replace(q, speaker=None, description=None) if q.speaker and _is_doubtful(text, within, q, q.speaker) else q
        for q in quotations
    ]


def _is_doubtful(text: str, within: Sequence[Stretch], quotation: Quotation, speaker: str) -> bool:
    mention = quotation.mention
    if mention is None or not _PRONOUN.match(text[mention.start : mention.end]):
        return False
    start = next((p.start for p in within if p.start <= mention.start < p.end), None)
    if start is None:
        return False
    surname = speaker.split()[-1]
    before = text[start : mention.start]
    if any(not _POSSESSIVE.match(before, m.end()) for m in re.finditer(rf"\b{re.escape(surname)}\b", before)):
        return False
    return any(surname not in name for name in _names(before))


def _names(text: str) -> Iterator[str]:
    for match in _FULL_NAME.finditer(text):
        if match["other"] is None:
            yield match["name"]

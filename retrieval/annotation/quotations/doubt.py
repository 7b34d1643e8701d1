"""Pronouns that may well mean somebody else: their speaker is unclear, and said to be so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.annotation.quotations.marks import quoted_stretches
from retrieval.annotation.quotations.names import is_body, key, names_in, title_words
from retrieval.schema import Quotation, Stretch

_PRONOUN = re.compile(r"(?:s?he|they|it|who)$", re.IGNORECASE)
# Two or three capitalised words in a row. What "the" stands before is a body, a place or a thing, and who stands behind
# a preposition is seldom who speaks next.
_FULL_NAME = re.compile(
    r"(?<![\w’'-])(?P<other>(?:[Tt]he|about|against|by|for|from|in|of|on|to|with)\s+)?"
    r"(?P<name>(?:[A-Z][\w’'-]*[a-z](?:\s+[A-Z]\.)?\s+){1,2}[A-Z][\w’-]*[a-z])"
)
_SENTENCE_END = re.compile(r"(?:(?P<word>[\w’'-]*[a-z\d]{3})[.!?]|[.!?][”\"’)])\s+(?=[A-Z“\"‘])")
_STOP = re.compile(r"[a-z\d][.!?]\s")  # the pronoun stands in a later sentence
_ASIDE = re.compile(r",\s(?:s?he|they)\s")  # "Roe, she says, taught her"
_POSSESSIVE = re.compile(r"[’']s\b")


def without_guesses(text: str, within: Sequence[Stretch], quotations: Sequence[Quotation]) -> list[Quotation]:
    """`quotations`, without the speaker where a pronoun is all there is and its paragraph names somebody else.

    Only the words before the pronoun count. The speaker must be named there other than in the possessive ("Roe's
    lawyer, Jane Poe, said … she said"), or nobody else be; and no later sentence may begin with another's full name.
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
    named = [m for m in re.finditer(rf"\b{re.escape(surname)}\b", before) if not _POSSESSIVE.match(before, m.end())]
    if named:
        return _is_taken_over(text, start + named[-1].start(), mention.start)
    return any(surname not in name for name in _names(before))


def _is_taken_over(text: str, start: int, end: int) -> bool:
    """Whether a sentence of `text[start:end]` outside quotation marks begins with somebody's full name: "Poe left."."""
    paragraph = Stretch(text.rfind("\n", 0, start) + 1, end)
    titles = title_words().titles | title_words().ranks  # "Prof. Roe"
    openings = [m.end() for m in _SENTENCE_END.finditer(text, start, end) if key(m["word"] or "") not in titles]
    quoted = quoted_stretches(text, [paragraph]) if openings else []
    told = [at for at in openings if not any(q.start <= at < q.end for q in quoted) and _STOP.search(text, at, end)]
    return any(opens_with_person(text, at, end) for at in told)


def opens_with_person(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins with what may be a person's name: two words or more, and not "Seven Swedish"."""
    name = next(names_in(text, start, end), None)
    if name is None or name.start != start or len(name.words) < 2 or is_body(name.words):
        return False
    if text[name.end : name.end + 1] in "'’" or _ASIDE.match(text, name.end) is not None:
        return False
    if any(key(w) in title_words().nationalities for w in name.words):
        return False
    return "".join(w[0] for w in name.words) not in text and not re.search(rf"\b{name.words[0].lower()}\b", text)


def _names(text: str) -> Iterator[str]:
    for match in _FULL_NAME.finditer(text):
        if match["other"] is None:
            yield match["name"]

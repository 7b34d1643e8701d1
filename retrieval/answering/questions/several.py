"""Questions that ask for several facts, split into questions for one fact each, by their syntax alone."""

from __future__ import annotations

import re

from retrieval.answering.questions.comparisons import compared

_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_MOST = 3  # parts; a longer question is asked as it stands
_FORMS = re.IGNORECASE

_SECOND_QUESTION = re.compile(
    rf"(?:,|;|\?)?\s+(?:and|but)\s+(?:then\s+)?(?={_WH}\b)|[,;]\s+(?:and"
    rf"|but)\s+(?={_AUX}\b)|\?\s+(?={_WH}\b|{_AUX}\b)",
    _FORMS,
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|that|this|there|then)\b", _FORMS)
_LEANS = re.compile(rf"^{_WH}\s+(?:of\s+them\s+)?(?:is|are|was|were)\s+(?:still\s+)?\w+$", _FORMS)
_ELLIPSIS = re.compile(
    rf"^{_WH}\s+(?P<rest>(?P<prep>in|on|at|for|after|before|during|about|by|to"
    rf"|from)\s+.+)$",
    _FORMS,
)


def parts(question: str) -> tuple[str, ...]:
    """The questions for one fact each that `question` is made of, in its order; empty where it asks for one fact.

    A part that refers to another ("when did he lose it") carries the other's words along. Takes time linear in the
    length of a question, of which no more than 300 characters are split.
    """
    text = " ".join(question.split()).strip(" ?.!")
    if len(text) > 300:
        return ()
    found = compared(text) or _joined(text)
    return found if 2 <= len(found) <= _MOST else ()


def _joined(text: str) -> tuple[str, ...]:
    pieces = [piece.strip(" ,;?") for piece in _SECOND_QUESTION.split(text)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2 or not re.match(rf"(?:{_WH}|{_AUX})\b", pieces[0], _FORMS):
        return ()
    first = pieces[0]
    return (f"{first}?", *(_completed(piece, first) for piece in pieces[1:]))


def _completed(piece: str, first: str) -> str:
    """A later part with what it leaves to the first: "what in August" after "what did he promise in April"."""
    ellipsis = _ELLIPSIS.match(piece)
    if ellipsis and len(piece.split()) <= 5:
        at = first.casefold().rfind(f" {ellipsis['prep'].casefold()} ")
        return f"{first[:at] if at > 0 else first} {ellipsis['rest']}?"
    leans = _PRONOUN.search(piece) or _LEANS.match(piece) or len(piece.split()) < 3
    return f"{piece}? {first}" if leans else f"{piece}?"

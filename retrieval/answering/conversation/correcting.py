"""A correction of the question before: "no, i meant Castle Bridge", "not the mayor, the architect", "no, in 2026"."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.answering.conversation.whom_meant import PERSONS
from retrieval.search.small_talk import is_small_talk

_LEAD = r"\W*(?:(?:no|nope|sorry|oh|wait|actually|well|hm+|ok|okay|and|but)\b\W*)*"
_MEANT = re.compile(
    rf"{_LEAD}(?:not\s+(?P<not>[^,.;]+?)\W+)?(?:but\s+)?i\s+(?:mean|meant|was\s+asking|am\s+asking|asked)"
    r"(?:\s+about)?\W+(?P<put>.+?)\W*",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    rf"{_LEAD}not\s+(?P<not>[^,.;]+?)\s*(?:[,.;]\s*(?:but\s+)?|\s+but\s+)(?P<put>.+?)\W*", re.IGNORECASE
)
_RATHER = re.compile(rf"{_LEAD}(?P<put>[^,.;]+?)\s*,?\s+(?:and\s+)?not\s+(?P<not>[^,.;]+?)\W*", re.IGNORECASE)
_NO = re.compile(r"\W*(?:no|nope|sorry)(?:\s*[,.;:–-]+\s*|\s+(?=the\s))(?P<put>.+?)\W*", re.IGNORECASE)
_WRONG = re.compile(
    r"\W*(?:no\W+)?(?:that['’]?s|that\s+is)\s+(?:wrong|incorrect|not\s+right|not\s+what\s+i\s+(?:asked|meant))\b.*"
    r"|\W*(?:no\W+)?(?:the\s+)?wrong(?:\s+\w+){0,2}\W*",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+[A-Z&][\w’'.-]*)*")
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_OF_A_NAME = r"(?-i:\s+(?:of|in|at)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
_SAYS_SOMETHING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|will|would|can|could"
    r"|should|said|say|i|you|we|he|she|it|they|that|this|there)\b",
    re.IGNORECASE,
)
_LONGEST = 8  # words of what is put in


def is_correction(text: str) -> bool:
    """Whether a text corrects the question before and asks nothing itself."""
    return _corrected(text) is not None or _WRONG.fullmatch(text) is not None


def corrected(text: str, question: str, put_in: Callable[[str, str], str | None]) -> str | None:
    """The question before with what was meant in the place of what is of its kind, or of what was not meant.

    `put_in` puts a fragment into a question. A name that stands for nothing in it is asked about. None where it is
    unclear what is meant.
    """
    found = _corrected(text)
    if found is None:
        return None
    wrong, meant = found
    # "The other bridge. Castle Bridge": named last.
    pieces = [piece.strip() for piece in re.split(r"[.,;]\s+", meant) if piece.strip()]
    for piece in reversed(pieces):
        if _OTHER.search(piece):
            continue
        if wrong and not PERSONS.fullmatch(wrong):
            there = re.search(rf"\b{re.escape(wrong)}\b(?:{_OF_A_NAME})?", question, re.IGNORECASE)
            if there is not None:
                return f"{question[: there.start()]}{piece}{question[there.end() :]}"
        if (put := put_in(piece, question)) is not None:
            return put
        if _NAMED.fullmatch(piece):  # it is of another kind than all that was asked about
            return f"What about {piece}?"
    return None


def _corrected(text: str) -> tuple[str, str] | None:
    """What a text says was not meant (empty where it does not), and what was."""
    for form in (_MEANT, _NOT_BUT, _RATHER, _NO):
        match = form.fullmatch(text)
        if match is None:
            continue
        wrong, meant = (match.groupdict().get("not") or "").strip(), match["put"].strip()
        says = form is not _MEANT and (_SAYS_SOMETHING.search(meant) or _SAYS_SOMETHING.search(PERSONS.sub("", wrong)))
        if not says and len(meant.split()) <= _LONGEST and not is_small_talk(meant):
            return wrong, meant
    return None

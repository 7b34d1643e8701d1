"""Whether a text only says that there is one: "a bank lent the works €2m" does not tell which bank did."""

from __future__ import annotations

import re

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.answering.questions.asked_for import names_a_kind
from retrieval.search.verb_forms import is_participle
from retrieval.search.words import stem

_WHICH = re.compile(r"\b(?P<how>which|what)\s+(?P<what>[a-z-]+(?:\s+[a-z-]+){0,2})", re.IGNORECASE)
# What tells which one it is: where it is, whose, or its name.
_TELLS = r"(?:\s+(?:in|at|on|near|from|of|off|by|called|named|known|run|owned|based|for)\b|,?\s+(?:the\s+)?[A-Z“\"‘])"
_AUXILIARIES = frozenset(("will", "had", "did", "can", "could", "would"))
_AHEAD = 60  # characters behind it in which its name may stand between commas: "a bank, owned by the state, Norrabank"
# "Ann Lowe, a dealer", "Norrabank is a bank".
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'-]*,\s+$|\b(?:is|was|are|were|became|becomes)\s+$")
_NAME_NEXT = re.compile(r"[,:—]\s+(?:the\s+)?[A-Z“\"‘]")


def is_left_unnamed(question: str, text: str) -> bool:
    """Whether a question asks which one of a kind and a text has of that kind only "a bank" that it does not name."""
    asked = _WHICH.search(question)
    if asked is None:
        return False
    words = asked["what"].split()
    kind = next((word for word in words if names_a_kind(word) or is_person_noun(word)), "")
    if not kind and asked["how"].casefold() == "which" and len(words) > 1 and _is_verb(words[1].casefold()):
        kind = words[0]
    return bool(kind) and _only_one_of(kind, text)


def _is_verb(word: str) -> bool:
    return word.endswith("s") or word in _AUXILIARIES or is_participle(word)


def _only_one_of(kind: str, text: str) -> bool:
    places = [m for m in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if stem(m[0]) == stem(kind)]
    return bool(places) and all(_is_unnamed(text, m) for m in places)


def _is_unnamed(text: str, noun: re.Match[str]) -> bool:
    before = re.search(r"\b[Aa]n?\s+(?:[a-z-]+\s+){0,2}$", text[: noun.start()])
    if before is None or _NAMED_BEFORE.search(text[: before.start()]) or re.match(_TELLS, text[noun.end() :]):
        return False
    return _NAME_NEXT.search(text[noun.end() : noun.end() + _AHEAD]) is None

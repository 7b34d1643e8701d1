"""The grammar of a question: the sentence that asks, what kind of thing it asks for, and what is said of that thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Parse = Callable[[Iterable[str]], Iterable["Doc"]]
"""Parses sentences, in order."""

_WH = frozenset(("WDT", "WP", "WP$", "WRB"))
_COMMON = frozenset(("NN", "NNS"))
_COUNTING = frozenset(("many", "much"))
_OPEN = frozenset(("of", "including", "from", "among"))
_LIGHT = frozenset(
    (
        *("be", "is", "are", "was", "were", "been", "'s", "’s", "do", "does", "did", "have", "has", "had"),
        *("happen", "happened", "happens", "become", "became"),  # "what became of it": whatever did
    )
)
_NO_SUBJECT = frozenset(("kind", "type", "sort", "one", "name"))
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘'(]|\S+\s)")
_NOUN_GROUP = 4  # words at most from "which" to its noun
_LONGEST = 400  # characters that are parsed


class Role(StrEnum):
    """The part that the thing asked for plays in what is said of it."""

    SUBJECT = "subject"  # "who built it": whoever builds
    OBJECT = "object"  # "what did they build": what is built
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class QuestionSyntax:
    """Stretches of the question's text. `asking` is the sentence that asks, the others what precedes it left out;
    `focus` the noun that says what kind of thing is asked for ("which singer"); `predicate` the word for what is said
    of it ("who built"), both None where the grammar does not tell."""

    asking: Stretch
    focus: Stretch | None = None
    predicate: Stretch | None = None
    role: Role = Role.OTHER


def asking_sentence(question: str) -> Stretch:
    """The last sentence of a question: what stands before it says what it is about."""
    starts = [0, *(m.end() for m in _LAST_SENTENCE.finditer(question))]
    for start in reversed(starts):
        if len(question[start:].split()) >= 3:
            return Stretch(start, len(question))
    return Stretch(0, len(question))


def question_syntax(question: str, parse: Parse) -> QuestionSyntax:
    """What the grammar of `question` tells."""
    asking = asking_sentence(question)
    text = question[asking.start : min(asking.end, asking.start + _LONGEST)]
    doc = next(iter(parse([text])), None)
    wh = next((token for token in doc or () if token.tag_ in _WH), None)
    if wh is None:
        root = next((token for token in doc or () if token.dep_ == "ROOT"), None)
        return QuestionSyntax(asking, None, _stretch(root, asking.start) if root and not _is_light(root) else None)
    focus = _focus(wh)
    slot = focus if focus is not None and focus in list(wh.ancestors) else wh
    verb = next((token for token in slot.ancestors if token.tag_[:2] in ("VB", "MD")), None)
    predicate = verb if verb is not None and not _is_light(verb) else None
    if focus is None and verb is not None and _is_light(verb):
        focus = next((t for t in verb.children if t.dep_ in ("nsubj", "attr", "nsubjpass") and t != wh), None)
        if focus is not None and (focus.tag_ not in _COMMON):
            focus = None
    return QuestionSyntax(
        asking,
        _stretch(focus, asking.start) if focus is not None else None,
        _stretch(predicate, asking.start) if predicate is not None else None,
        _role(slot),
    )


def _focus(wh: Token) -> Token | None:
    head = wh.head
    if head.lower_ in _COUNTING and head != wh:
        head = head.head
    if wh.dep_ in ("det", "poss") or wh.head.lower_ in _COUNTING:
        if head.lower_ in _NO_SUBJECT:  # "which kind of animal"
            inner = next((t for p in head.children if p.lower_ == "of" for t in p.children), None)
            head = inner if inner is not None else head
        return head if head.tag_.startswith("NN") else None
    if wh.tag_ == "WDT" and wh.dep_ != "nsubj":  # the parser took it for a pronoun: "at which major company"
        return next((t for t in wh.doc[wh.i + 1 : wh.i + _NOUN_GROUP] if t.tag_ in _COMMON), None)
    of = next((p for p in wh.children if p.lower_ in _OPEN), None)  # "which of the cities"
    return next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None


def _role(slot: Token) -> Role:
    if slot.dep_ == "nsubj":
        return Role.SUBJECT
    return Role.OBJECT if slot.dep_ in ("dobj", "nsubjpass") else Role.OTHER


def _is_light(verb: Token) -> bool:
    return verb.lower_ in _LIGHT


def _stretch(token: Token, offset: int) -> Stretch:
    return Stretch(offset + token.idx, offset + token.idx + len(token.text))

"""What hangs on a cue verb beside the content: when, to whom and how it was said."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.cues import Cue, Frame, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_THE_CONTENT = ("of", "for", "about", "with", "as", "against")  # "accused them of leaving on Monday"
_LONGEST_TIME, _LONGEST_CHANNEL = 8, 10  # tokens


def is_circumstance(child: Token) -> bool:
    """Whether `child` of a cue verb tells when or through what it was said, not what."""
    words = [t.lower_ for t in child.subtree]
    if child.dep_ in ("npadvmod", "advmod"):
        return any(word in lexicon().times for word in words) or len(words) == 1
    if child.dep_ == "prep":
        timed = any(word in lexicon().times for word in words)
        if child.lower_ not in _OF_THE_CONTENT and len(words) <= _LONGEST_TIME and timed:
            return True
        return (
            child.lower_ in lexicon().channel_prepositions
            and len(words) <= _LONGEST_CHANNEL
            and any(word in lexicon().channels for word in words)
        )
    return False


def is_further_cue(child: Token) -> bool:
    """Whether `child` is a participle that goes on attributing: ", adding that …"."""
    return (
        child.dep_ == "advcl" and child.tag_ == "VBG" and child.left_edge.i == child.i and child.nbor(-1).lower_ == ","
    )


def addressee_of(verb: Token, cue: Cue, *, passive: bool) -> int | None:
    """The head of the noun phrase that something was said to."""
    if Frame.ADDRESSEE in cue.frames:
        wanted = ("nsubjpass",) if passive else ("dobj", "dative")
        for child in verb.children:
            if child.dep_ in wanted and child.lower_ not in ("that", "this"):
                return int(child.i)
    for child in verb.children:
        if (
            child.dep_ in ("prep", "dative")
            and child.lower_ == "to"
            and child.i > verb.i
            and "to" not in cue.prepositions
        ):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return int(inner.i)
    return None


def manner_of(verb: Token, content: Set[int]) -> tuple[int, int] | None:
    """How it was said ("in a statement", "by e-mail"), as half-open token positions."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in lexicon().channel_prepositions - {"to"}:
            span = {t.i for t in child.subtree}
            if span & content or any(t.lower_ in lexicon().times for t in child.children):
                continue
            if any(verb.doc[i].lower_ in lexicon().channels for i in span):
                first, last = min(span), max(span) + 1
                while last > first + 1 and verb.doc[last - 1].is_punct:
                    last -= 1
                return first, last
    return None

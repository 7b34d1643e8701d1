"""Whether two words of different sentences mean the same: strict, for what is shown rests on it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import classes, contrary, fold, lemma, parts, same_root

if TYPE_CHECKING:
    from spacy.tokens import Token

Near = Callable[[str, str], float]
"""How near two words are in meaning, in [-1, 1]."""

SAME_MEANING = 0.70  # cosine of single words of one kind from which they are taken for the same; all-MiniLM-L6-v2
_KINDS = {"NN": "noun", "VB": "verb", "JJ": "adjective", "RB": "adverb"}
_ALL = frozenset("all every everyone everybody everything each entire entirely whole both".split())  # noqa: SIM905
_RANKS = frozenset(  # "second-largest" is not the largest, "ex-minister" no minister
    "second third fourth fifth sixth seventh eighth ninth tenth non ex anti former".split()  # noqa: SIM905
)


class Likeness:
    """Compares words; `near` gives the cosine of two."""

    def __init__(self, near: Near) -> None:
        self._near = near

    def __call__(self, written: Token, stated: Token) -> bool:
        """Whether `stated`, a word of an article, says what `written` says; numbers are compared as words."""
        if is_name(written) and (is_name(stated) or not _is_common_too(written)):
            return same_name(written.text, stated.text)
        if _rank(written) != _rank(stated):
            return False
        particles = _particle(written), _particle(stated)
        if particles[0] != particles[1]:  # "called off" is not "called", but it is "cancelled"
            a, b = (f"{lemma(t.text)}{p}" for t, p in zip((written, stated), particles, strict=True))
            return (a, b) in classes().synonyms
        return self.words(written.lower_, kind(written), stated.lower_, kind(stated))

    @functools.lru_cache(maxsize=65536)  # noqa: B019 - lives as long as the verifier
    def words(self, written: str, one: str, stated: str, other: str) -> bool:
        """The same for two words of a kind."""
        if written in _ALL or stated in _ALL:
            return written in _ALL and stated in _ALL
        own, theirs = parts(written) or [written], parts(stated) or [stated]
        if own == theirs or (len(own) == 1 and own[0] in theirs and one != "verb"):
            return True
        a, b = own[-1], theirs[-1]
        if len(own) > 1 or len(theirs) > 1:
            return False
        if contrary(a, b):
            return False
        if same_root(a, b) or (a, b) in classes().synonyms:
            return True
        return one == other != "" and self._near(written, stated) >= SAME_MEANING


def _particle(verb: Token) -> str:
    found = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"_{found}" if found else ""


def _rank(token: Token) -> str:
    """What is joined before a word and makes it another: "second" of "second-largest"."""
    before = token.doc[max(0, token.i - 2) : token.i]
    joined = len(before) == 2 and before[1].text == "-" and before[0].lower_ in _RANKS
    return str(before[0].lower_) if joined else ""


def kind(token: Token) -> str:
    """Noun, verb, adjective or adverb; empty for all else, and for names."""
    return "" if token.tag_.startswith("NNP") else _KINDS.get(token.tag_[:2], "")


def is_name(token: Token) -> bool:
    """Whether a word is a name or part of one."""
    return token.tag_.startswith("NNP") and token.text[:1].isupper()


def same_name(a: str, b: str) -> bool:
    """Whether two words are one name, whatever their accents, capitals and full stops; nations by their adjective."""
    one, other = _plain(a), _plain(b)
    if one == other or (len(one) > 4 and f"{one}s" == other) or (len(other) > 4 and f"{other}s" == one):
        return True
    nations = classes().nations
    return nations.get(a.removesuffix("s")) == b.removesuffix("s") or nations.get(a) == b


def _plain(word: str) -> str:
    return fold(word).replace(".", "").removesuffix("'s").casefold()


def _is_common_too(token: Token) -> bool:
    """ "Bridge" of a name is a bridge as well."""
    return token.text[:1].isupper() and token.lower_.isalpha()

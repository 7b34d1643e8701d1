"""Whether two words of different sentences mean the same: strict, for what is shown rests on it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from retrieval.answering.verification.meanings import meanings
from retrieval.answering.verification.words import classes, contrary, fold, lemma, parts, same_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Near = Callable[[str, str], float]
"""How near two words are in meaning, in [-1, 1]."""

SAME_MEANING = 0.70  # cosine of single words of one kind from which they are taken for the same; all-MiniLM-L6-v2
_KINDS = {"NN": "noun", "VB": "verb", "JJ": "adjective", "RB": "adverb"}
_ALL = frozenset("all every everyone everybody everything each entire entirely whole both".split())  # noqa: SIM905
_SHARES = frozenset("percent cent percentage share half third quarter fifth tenth proportion majority most".split())  # noqa: SIM905
_ANYBODY = frozenset(("one", "nobody", "anybody", "anyone"))
_NOT_SOME = frozenset("any only just sole most mostly majority first last half if unless whether".split())  # noqa: SIM905
_RANKS = frozenset(  # "second-largest" is not the largest, "ex-minister" no minister
    "second third fourth fifth sixth seventh eighth ninth tenth non ex anti former".split()  # noqa: SIM905
)

_TIMES = (
    *("second", "minute", "hour", "morning", "noon", "afternoon", "evening", "night", "midnight", "day", "week"),
    *("weekend", "fortnight", "month", "quarter", "season", "year", "decade", "century"),
    *("spring", "summer", "autumn", "winter", "today", "yesterday", "tomorrow"),
)


class Likeness:
    """Compares words; `near` gives the cosine of two."""

    def __init__(self, near: Near) -> None:
        self._near = near

    def __call__(self, written: Token, stated: Token) -> bool:
        """Whether `stated`, a word of an article, says what `written` says; numbers are compared as words."""
        if is_name(written) and (is_name(stated) or not _is_common_too(written)):
            return same_name(written.text, stated.text)
        if rank(written) != rank(stated) or is_another(written, stated):
            return False
        if written.text in classes().nations and same_name(written.text, stated.text):
            return True  # "Norwegian voters" where it is told of Norway
        particles = _particle(written), _particle(stated)
        if particles[0] != particles[1]:  # "called off" is not "called", but it is "cancelled"
            a, b = (f"{lemma(t.text)}{p}" for t, p in zip((written, stated), particles, strict=True))
            return (a, b) in classes().synonyms or meanings().same((kind(written), a), (kind(stated), b))
        if self.words(written.lower_, kind(written), stated.lower_, kind(stated)):
            return True
        return _is_narrower(stated, written) and _tells_of_some(written.doc)

    @functools.lru_cache(maxsize=65536)  # noqa: B019 - lives as long as the verifier
    def words(self, written: str, one: str, stated: str, other: str) -> bool:
        """The same for two words of a kind."""
        if written in _ALL or stated in _ALL:
            return written in _ALL and stated in _ALL
        if written in _ANYBODY and stated in _ANYBODY:
            return True  # whether it is denied is compared
        own, theirs = parts(written) or [written], parts(stated) or [stated]
        if own == theirs or (len(own) == 1 and own[0] in theirs and one != "verb"):
            return True
        a, b = own[-1], theirs[-1]
        if are_times(a, b):
            return (a, b) in classes().synonyms
        if len(own) > 1 or len(theirs) > 1:
            return False
        if contrary(a, b):
            return False
        if same_root(a, b) or (a, b) in classes().synonyms:
            return True
        if meanings().opposed((one, a), (other, b)):
            return False
        if meanings().same((one, a), (other, b)):
            return True
        return one == other != "" and self._near(written, stated) >= SAME_MEANING


def _is_narrower(stated: Token, written: Token) -> bool:
    """Whether a noun of an article names a kind of what the written one names: "trawler", "boat"."""
    if kind(stated) != "noun" or kind(written) != "noun" or _is_counted_of(written):
        return False
    return meanings().is_kind_of(("noun", lemma(stated.text)), ("noun", lemma(written.text)))


def _is_counted_of(noun: Token) -> bool:
    """ "Ten per cent of the people" are not ten per cent of the voters."""
    over = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and (over.text == "%" or over.lower_ in _SHARES)


def _tells_of_some(doc: Doc) -> bool:
    """Whether what is told of a boat is told of a vessel: not where it is denied, or told of all or of the largest."""
    return not any(
        t.dep_ == "neg"
        or t.lower_ in _ALL | _NOT_SOME
        or t.tag_ in ("JJS", "RBS")
        or t.lower_ in classes().denying_words
        or lemma(t.text) in classes().denying
        for t in doc
    )


def _particle(verb: Token) -> str:
    found = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"_{found}" if found else ""


def rank(token: Token) -> str:
    """What is joined before a word and makes it another: "second" of "second-largest"."""
    before = token.doc[max(0, token.i - 2) : token.i]
    joined = len(before) == 2 and before[1].text == "-" and before[0].lower_ in _RANKS
    return str(before[0].lower_) if joined else ""


def is_another(written: Token, stated: Token) -> bool:
    """Whether a noun of an article has beside it what makes it another thing, and the sentence does not have that
    anywhere: a suspended sentence is no sentence, a regional government no government."""
    if kind(stated) != "noun" or not stated.tag_.startswith("NN"):
        return False
    beside = {lemma(c.text) for c in stated.children if c.dep_ in ("amod", "compound", "nmod") and c.i < stated.i}
    wanted = beside & (
        classes().changing | (classes().levels if lemma(stated.text) in classes().ruling else frozenset())
    )
    own = {lemma(t.text) for t in written.doc}
    if wanted & classes().planning | wanted & classes().supposing:
        own |= wanted if own & (classes().planning | classes().supposing) else set()
    return any(w not in own and not any((w, o) in classes().synonyms for o in own) for w in wanted)


def are_times(a: str, b: str) -> bool:
    """Whether one of two different lemmas is a stretch of time: a weekend is no week."""
    both = {a, b}
    return a != b and (both <= _times() or (bool(both & _times()) and not same_root(a, b)))


@functools.lru_cache(maxsize=1)
def _times() -> frozenset[str]:
    return frozenset(map(lemma, _TIMES))


def kind(token: Token) -> str:
    """Noun, verb, adjective or adverb; empty for all else, and for names."""
    return "" if token.tag_.startswith("NNP") else _KINDS.get(token.tag_[:2], "")


def opposed(a: Token, b: Token) -> bool:
    """Whether two words are opposites, compared or not: "largest", "smaller"."""
    return meanings().opposed((kind(a), _positive(a)), (kind(b), _positive(b)))


def _positive(token: Token) -> str:
    """The lemma of a word, of a comparative or superlative that of its adjective."""
    if token.tag_ not in ("JJR", "JJS", "RBR", "RBS"):
        return lemma(token.text)
    root = token.lower_.removesuffix("est").removesuffix("er")
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls" else root


def is_name(token: Token) -> bool:
    """Whether a word is a name or part of one."""
    return token.tag_.startswith("NNP") and token.text[:1].isupper()


def same_name(a: str, b: str) -> bool:
    """Whether two words are one name, whatever their accents, capitals and full stops; nations by their adjective."""
    one, other = _plain(a), _plain(b)
    if one == other or (len(one) > 3 and f"{one}s" == other) or (len(other) > 3 and f"{other}s" == one):
        return True
    nations, states = classes().nations, classes().states
    if states.get(a, a) == b.removesuffix(".") or states.get(b, b) == a.removesuffix("."):
        return True
    return nations.get(a.removesuffix("s")) == b.removesuffix("s") or nations.get(a) == b


def _plain(word: str) -> str:
    return fold(word).replace(".", "").removesuffix("'s").casefold()


def _is_common_too(token: Token) -> bool:
    """ "Bridge" of a name is a bridge as well."""
    return token.text[:1].isupper() and token.lower_.isalpha()

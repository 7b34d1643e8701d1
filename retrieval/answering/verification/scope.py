"""How many and how much: "all", "only", "first", and a part that is told as the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.meanings import meanings
from retrieval.answering.verification.words import all_lemmas, classes, lemma, lemmas, same_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Words of one class stand for each other.
_ALL = frozenset(
    ("all", "every", "everyone", "everybody", "everything", "each", "entire", "entirely", "whole", "wholly", "always")
)
_ONLY = frozenset(("only", "just", "solely", "sole", "merely", "exclusively", "alone", "single"))
_MOST = frozenset(("most", "mostly", "majority", "mainly", "largely", "chiefly", "primarily"))
_FIRST = frozenset(("first", "last", "final", "ever", "unprecedented"))
_CLASSES = (_ALL, _ONLY, _MOST, _FIRST)
_MUCH = 0.75  # of the words of what is called the first
_TIMES = frozenset(("day", "week", "month", "year", "hour", "time", "night", "morning", "evening", "summer", "winter"))
_SOME = frozenset(("some", "several", "few", "many", "most", "certain", "various", "numerous"))
_FRACTIONS = frozenset(
    (
        *("half", "third", "quarter", "fifth", "sixth", "tenth", "part", "portion", "share", "fraction"),
        *("majority", "minority", "percent"),
    )
)


def _times() -> frozenset[str]:
    return frozenset(map(lemma, _TIMES))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of something, with the verb that it is said of: "two of the children fell ill"."""

    words: frozenset[str]
    whole: str
    verb: str


def widened(written: Doc, stated: Sequence[Doc]) -> Iterator[Finding]:
    """Words for all, only, most and first that no source sentence has of the same thing."""
    for token in written:
        group = next((g for g in _CLASSES if token.lower_ in g), None)
        if group is None or _is_measure(token):
            continue
        about = _about(token)
        saying = [doc for doc in stated if _says(doc, group, about)]
        if not saying and _is_denied(token):
            continue  # "not all" is compared as it stands
        if not saying and _is_whole_number(token, stated):
            continue
        if not saying or (token.lower_ == "first" and _is_unlimited(token, saying)):
            yield Finding(Fault.SCOPE, token.text)


def unrestricted(written: Doc, stated: Sequence[Doc]) -> Iterator[Finding]:
    """What is told of all of a kind, or of the longest, that the passages tell of those alone that a phrase narrows
    down: "the longest term", of "the longest term for a mayor"."""
    ours = [t for t in written if t.tag_.startswith("NN")]
    for token in written:
        if not _reaches_all(token) or not token.head.tag_.startswith("NN"):
            continue
        same = [t for doc in stated for t in doc if _tells_the_same(token, t)]
        if same and all(any(not _is_among(r, ours) for r in _restricting(t)) for t in same):
            yield Finding(Fault.SCOPE, f"{token.text} {token.head.text}")


def _reaches_all(token: Token) -> bool:
    superlative = token.tag_ == "JJS" and token.lower_ not in ("most", "least")
    return token.dep_ in ("amod", "det", "predet") and (superlative or token.lower_ in ("all", "every"))


def _tells_the_same(written: Token, stated: Token) -> bool:
    one, other = lemma(written.head.text), lemma(stated.head.text)
    alike = lemma(stated.text) == lemma(written.text) or (written.lower_ in _ALL and stated.lower_ in _ALL)
    return alike and (one == other or (one, other) in classes().synonyms)


def _restricting(token: Token) -> Iterator[Token]:
    """The nouns of the phrase that says of which it is told, and of "all" its adjectives, too."""
    noun = token.head
    for word in noun.subtree:
        if word.i > noun.i and word.tag_.startswith("NN") and lemma(word.text) not in _no_restriction():
            yield word
    yield from (c for c in noun.children if c.dep_ == "compound" and token.lower_ in _ALL and c.tag_ in ("NN", "NNS"))


def _no_restriction() -> frozenset[str]:
    return classes().calendar | classes().units


def _is_among(noun: Token, words: Sequence[Token]) -> bool:
    own = lemma(noun.text)
    return any(
        same_root(own, lemma(w.text))
        or (own, lemma(w.text)) in classes().synonyms
        or meanings().same(("noun", own), ("noun", lemma(w.text)))
        for w in words
    )


def _is_unlimited(first: Token, saying: Sequence[Doc]) -> bool:
    """Whether what was only "the first since 1996" to do it is told as the first."""
    own = set(lemmas(" ".join(t.text for t in first.head.subtree)))
    same = [doc for doc in saying if len(own & set(lemmas(doc.text))) >= _MUCH * len(own)]
    limited = [any(t.lower_ == "since" for t in doc) for doc in same]
    return bool(same) and all(limited) and not any(t.lower_ == "since" for t in first.doc)


def _is_measure(token: Token) -> bool:
    """ "every year", "the first of May", "last week", "just after"."""
    head = token.head
    if token.lower_ == "each" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "other":
        return True
    if (
        lemma(head.text) in _times()
        or lemma(head.text) in classes().calendar
        or (token.lower_ == "most" and token.tag_ == "RBS")
    ):
        return True
    if token.lower_ in ("first", "last", "final") and token.dep_ not in ("amod", "attr", "advmod"):
        return True
    return token.lower_ in ("just", "alone", "single") and head.tag_ not in ("CD", "NN", "NNS", "NNP")


def _about(token: Token) -> frozenset[str]:
    """What the word is said of: its noun, and the verb over it."""
    found: list[str] = [token.head.text]
    current = token.head
    for _ in range(4):
        if current.tag_.startswith("VB") or current.head is current:
            break
        current = current.head
        found.append(current.text)
    found += [c.text for c in token.subtree if c.dep_ in ("pobj", "conj")]
    return frozenset(w for text in found for w in lemmas(text))


def _says(doc: Doc, group: frozenset[str], about: frozenset[str]) -> bool:
    there = [t for t in doc if (t.lower_ in group or (group is _ALL and t.lower_ == "both")) and not _is_denied(t)]
    if not there or not about:
        return bool(there)
    # Of all it has to be told there itself: "all patients" makes nobody of "people" everyone.
    content = set(lemmas(doc.text)) if group is not _ALL else {w for t in there for w in _about(t)}
    return any(w in content or any(same_root(w, o) or (w, o) in classes().synonyms for o in content) for w in about)


def _is_whole_number(token: Token, stated: Sequence[Doc]) -> bool:
    """ "All 214 people", where it is told of 214 people, not of 214 of more."""
    number = next((c for c in token.head.children if c.dep_ == "nummod"), None)
    if token.lower_ != "all" or number is None:
        return False
    same = [t for doc in stated for t in doc if t.dep_ == "nummod" and t.text == number.text]
    return bool(same) and all(lemma(t.head.text) == lemma(token.head.text) for t in same)


def _is_denied(token: Token) -> bool:
    """ "Not all", unless it is looked for in the same words."""
    return token.i > 0 and token.nbor(-1).lower_ == "not"


def wholes(written: Doc, stated: Iterable[Doc]) -> Iterator[Finding]:
    """Things of which the passages tell a part, and the sentence the whole."""
    ours = all_lemmas(written.text)
    docs = list(stated)
    for part in (p for doc in docs for p in _parts(doc)):
        if part.words & ours or not part.verb or part.verb in classes().light - {lemma("have")}:
            continue
        for token in written:
            if not token.tag_.startswith("NN") or lemma(token.text) != part.whole or _has_part(token):
                continue
            verb = _verb_over(token)
            if verb is not None and lemma(verb.text) == part.verb:
                yield Finding(Fault.SCOPE, token.text)
                return


def _parts(doc: Doc) -> Iterator[_Part]:
    for token in doc:
        if token.lower_ in _SOME and token.dep_ in ("amod", "det") and token.head.tag_ == "NNS":
            yield _Part(frozenset((lemma(token.text),)), lemma(token.head.text), _verb_of(token.head))
            continue
        if token.tag_ != "CD" and lemma(token.text) not in _fractions() and token.lower_ not in _SOME:
            continue
        words = frozenset(w for t in (token, *token.children) if t.dep_ != "prep" for w in all_lemmas(t.text))
        of = next((c for c in token.children if c.lower_ == "of"), None)
        whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if whole is not None and whole.tag_.startswith("NN"):
            yield _Part(words - {lemma("of")}, lemma(whole.text), _verb_of(token))


def _fractions() -> frozenset[str]:
    return frozenset(lemma(w) for w in _FRACTIONS)


def _has_part(token: Token) -> bool:
    """Whether the noun is itself counted, or stands under a part of it."""
    if any(
        c.tag_ == "CD" or c.lower_ in _SOME or c.lower_ in ("no", "any") for c in token.children if c.dep_ != "prep"
    ):
        # "the 1,940 children" is the whole, "two children" a part
        return not any(c.lower_ in ("the", "all", "every") for c in token.children)
    head = token.head
    return head.lower_ == "of" and (head.head.tag_ == "CD" or lemma(head.head.text) in _fractions() | _SOME)


def _verb_over(token: Token) -> Token | None:
    current = token
    for _ in range(8):
        if current.tag_.startswith("VB") and current is not token:
            return current
        if current.head is current:
            return None
        current = current.head
    return None


def _verb_of(token: Token) -> str:
    verb = _verb_over(token)
    return lemma(verb.text) if verb is not None else ""

"""How many and how much: "all", "only", "first", and a part that is told as the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import Fault, Finding
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
        if not saying or (token.lower_ == "first" and _is_unlimited(token, saying)):
            yield Finding(Fault.SCOPE, token.text)


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
        head.lower_ in _TIMES
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
    words = {t.lower_ for t in doc}
    if not words & group and not (group is _ALL and "both" in words):
        return False
    content = set(lemmas(doc.text))
    return not about or any(w in content or any(same_root(w, o) for o in content) for w in about)


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

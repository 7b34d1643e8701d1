"""Each clause of a sentence is borne out by one source sentence: facts of two are not to be merged into a third."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.words import all_lemmas, classes, contrary, lemma, lemmas, same_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Near = Callable[[str, str], float]

_ALIKE = 0.40  # cosine from which one word is taken to be said by another; all-MiniLM-L6-v2
_MISSING = 0.4  # of a clause's words that its source sentence may lack; half of the words of a short one
_LONG = 4  # words
_CLAUSES = ("advcl", "relcl", "ccomp", "parataxis", "acl", "conj", "csubj")
_REFERRING = frozenset(("he", "she", "it", "they", "his", "her", "its", "their", "who", "which"))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb of the written sentence with the words that hang on it, clauses within it left out.

    `subject` is the common noun that it is said of, empty where that is a name or a pronoun.
    """

    verb: str
    words: tuple[str, ...]
    subject: str = ""


def uncovered(written: Doc, stated: Sequence[str], near: Near) -> Iterator[Finding]:
    """Clauses that no source sentence bears out, and sentences without a verb."""
    if not any(t.tag_.startswith("VB") or t.tag_ == "MD" for t in written):
        yield Finding(Fault.MEANING, written.text)
        return
    root = next((t for t in written if t.dep_ == "ROOT"), written[0])
    if lemma(root.text) == lemma("be") and not any(c.i > root.i and not c.is_punct for c in root.children):
        yield Finding(Fault.MEANING, root.text)  # "The lorries are."
        return
    sources = [(_printed(text), all_lemmas(text)) for text in stated]
    for clause in _clauses(written):
        if not any(_covers(clause, words, keys, near) for words, keys in sources):
            yield Finding(Fault.MEANING, " ".join((clause.verb, *clause.words)))


def _clauses(doc: Doc) -> Iterator[_Clause]:
    for token in doc:
        if not token.tag_.startswith("VB") or token.dep_ in ("aux", "auxpass", "amod", "compound"):
            continue
        words = [t.text for t in _own(token) if t is not token and not _is_empty(t)]
        verb = "" if lemma(token.text) in _governing() else token.text
        if verb or words:
            yield _Clause(verb, tuple(words), _subject(token))


def _subject(verb: Token) -> str:
    nouns = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ in ("NN", "NNS"))
    return next((n.text for n in nouns if not _is_empty(n)), "")


def _governing() -> frozenset[str]:
    """Verbs that say little, or how sure something is, which is compared elsewhere."""
    known = classes()
    return known.light | known.planning | known.supposing | known.believing | known.alleging | known.denying


def _own(verb: Token) -> Iterator[Token]:
    """The words of a clause without its subject, which the source may call otherwise, and without other clauses."""
    yield verb
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "punct", "mark"):
            continue
        yield from _within(child)


def _within(token: Token) -> Iterator[Token]:
    if token.dep_ in _CLAUSES and token.tag_.startswith("VB"):
        return
    if token.tag_.startswith("VB") and token.dep_ in ("xcomp", "pcomp"):
        return
    yield token
    for child in token.children:
        yield from _within(child)


def _is_empty(token: Token) -> bool:
    if token.is_punct or token.tag_ in (
        "IN",
        "TO",
        "DT",
        "CC",
        "MD",
        "PRP",
        "PRP$",
        "WDT",
        "WP",
        "WRB",
        "EX",
        "PDT",
        "POS",
        "RP",
    ):
        return True
    if any(c.isdigit() for c in token.text) or token.tag_.startswith("NNP") or token.tag_ == "CD":
        return True  # numbers, dates and names have checks of their own
    return (
        not lemmas(token.text)
        or lemma(token.text) in classes().light | classes().generic | classes().calendar | classes().units
    )


def _printed(text: str) -> list[str]:
    from retrieval.search.words import content_words

    return content_words(text)


def _covers(clause: _Clause, words: Sequence[str], keys: set[str], near: Near) -> bool:
    if clause.verb and not _said(clause.verb, words, keys, near):
        return False
    held = sum(_said(word, words, keys, near) for word in clause.words)
    size = len(clause.words)
    whole = clause.verb and size and held == size  # then the subject may be called otherwise
    if clause.subject and not whole and not keys & _REFERRING and not _said(clause.subject, words, keys, near):
        return False
    return size - held <= (size // 2 if size < _LONG else int(_MISSING * size))


def _said(word: str, words: Iterable[str], keys: set[str], near: Near) -> bool:
    own = lemma(word)
    if own in keys or any(same_root(own, k) for k in keys):
        return True
    return any(near(word, other) >= _ALIKE and not contrary(own, lemma(other)) for other in words)

"""A figure of a reserve price that is told of the price: what a compound was narrowed down by may not be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.described import is_bare_description
from retrieval.answering.verification.figures import Figure
from retrieval.answering.verification.grammar import Role
from retrieval.answering.verification.likeness import is_name
from retrieval.answering.verification.referring import Referring
from retrieval.answering.verification.stated import Facts, Statement
from retrieval.answering.verification.words import classes

if TYPE_CHECKING:
    from spacy.tokens import Token


def loosened(referring: Referring, statements: Sequence[Statement]) -> Iterator[Finding]:
    """Nouns to which a sentence gives a figure that every statement gives to a narrower noun."""
    written = referring.written
    for at in written.numbers:
        for noun in _told_of(at, written):
            if not any(_is_common(t) for t in noun.children):
                yield from _loosened(noun, at, referring, statements)


def _loosened(noun: Token, at: int, referring: Referring, statements: Sequence[Statement]) -> Iterator[Finding]:
    stated = [
        (other, s.facts)
        for s in statements
        for number in s.facts.numbers
        if referring.same(noun.doc[at], s.facts.doc[number], s.facts)
        for other in _told_of(number, s.facts)
        if referring.same(noun, other, s.facts)
    ]
    if not stated or any(_is_called_so(noun, s.facts, referring) for s in statements):
        return
    if all(_is_narrower(other, facts, referring) for other, facts in stated):
        yield Finding(Fault.MEANING, noun.text)


def _is_called_so(noun: Token, facts: Facts, referring: Referring) -> bool:
    """Whether the article calls it so, too: "the vaccine" of a malaria vaccine."""
    return any(is_bare_description(t) and referring.same(noun, t, facts) for t in facts.words)


def _is_narrower(other: Token, facts: Facts, referring: Referring) -> bool:
    """Whether a noun of an article has a compound's first word that the sentence has nowhere."""
    own = referring.written.doc
    of = [t for c in other.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj" and not _is_definite(t)]
    children = (c for noun in (other, *of) for c in noun.children)
    return any(_is_common(c) and not any(referring.same(t, c, facts) for t in own) for c in children)


def _is_definite(noun: Token) -> bool:
    """ "The new wing" is a wing that is known; "new cases" are not cases."""
    return is_name(noun) or any(c.tag_ in ("DT", "PRP$", "CD") or c.dep_ == "poss" for c in noun.children)


def _is_common(child: Token) -> bool:
    return child.dep_ in ("compound", "amod") and child.tag_ in ("NN", "NNS", "JJ") and not is_name(child)


def _told_of(at: int, facts: Facts) -> Iterator[Token]:
    """The nouns that have a figure as their amount, or stand with it under one verb; not what is counted."""
    doc, relations = facts.doc, facts.relations
    yield from (doc[r.dependent] for r in relations.under.get(at, ()) if r.role is Role.SUBJECT)
    for over in relations.over.get(at, ()):
        head = doc[over.head]
        if head.tag_.startswith("VB") and _is_measure(facts.numbers[at]):
            under = relations.under.get(over.head, ())
            found = (doc[r.dependent] for r in under if r.role in (Role.SUBJECT, Role.OBJECT) and r.dependent != at)
            yield from (t for t in found if t.tag_.startswith("NN") and not is_name(t) and t.i not in facts.numbers)
        elif over.role is Role.OF and over.word:
            yield head


def _is_measure(figure: Figure) -> bool:
    return figure.unit == "%" or figure.unit in classes().currencies

"""What "the company", "the instrument" or "the mayor" of a sentence stands for in the sentences before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_body, title_words
from retrieval.answering.verification.grammar import is_copula
from retrieval.answering.verification.likeness import is_name
from retrieval.answering.verification.meanings import meanings
from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FURTHER = frozenset(("amod", "compound", "nmod", "relcl", "acl", "prep", "nummod", "poss", "appos", "advmod"))
_ROLES = frozenset(("nsubj", "nsubjpass", "dobj", "poss", "appos", "pobj", "attr", "ROOT"))
_NOT_UNDER = frozenset(("in", "at", "near", "off", "from", "to", "on", "of"))  # where a name is likely a place
_BODIES = frozenset(
    lemma(w)
    for w in "company firm business club team bank organisation organization group band agency union".split()  # noqa: SIM905
)


def is_bare_description(token: Token) -> bool:
    """Whether a noun stands with "the" alone."""
    children = list(token.children)
    return (
        token.tag_ == "NN"
        and any(c.lower_ == "the" for c in children)
        and not any(c.dep_ in _FURTHER and not _is_aside(c) for c in children)
        and token.dep_ not in ("compound", "nmod", "amod")
    )


def _is_aside(child: Token) -> bool:
    """ "The instrument, made in 1588, …" """
    return child.dep_ in ("relcl", "acl") and child.left_edge.i > 0 and child.left_edge.nbor(-1).text == ","


def meant(token: Token, before: Sequence[Doc], persons: frozenset[str]) -> list[Token]:
    """The words, of the sentence or of those before, that a bare description stands for; none where it is unclear.

    Meant is what is called so (the last word of its name, a title or an apposition), or a thing of that kind, or of a
    body the only one that was named. `persons` are the surnames of the article.
    """
    earlier = _earlier(token, before)
    for candidates in (_called(token, earlier), _of_the_kind(token, earlier), _bodies(token, earlier, persons)):
        found = list(candidates)
        if found:
            return found if len({_whole(t) for t in found}) == 1 else []
    return []


def called_so(noun: Token, docs: Sequence[Doc], persons: frozenset[str]) -> Iterator[Token]:
    """The names of what sentences in a row call by a noun: by title, apposition, copula or with "the" alone."""
    yield from _called(noun, [t for doc in docs for t in doc])
    for i, doc in enumerate(docs):
        for token in doc:
            if lemma(token.text) != lemma(noun.text):
                continue
            if token.dep_ == "attr" and is_copula(token.head):
                yield from (c for c in token.head.children if c.dep_ == "nsubj" and is_name(c))
            elif is_bare_description(token):
                yield from (t for t in meant(token, docs[:i], persons) if is_name(t))


def is_unclear(token: Token, before: Sequence[Doc]) -> bool:
    """Whether more than one that is called so was named before: "the bank" behind two banks."""
    return len({_whole(t) for t in _called(token, _earlier(token, before))}) > 1


def _earlier(token: Token, before: Sequence[Doc]) -> list[Token]:
    return [t for doc in before for t in doc] + list(token.doc[: token.i])


def _whole(token: Token) -> str:
    parts = [t.text for t in token.subtree if is_name(t) and t.dep_ in ("compound", "nmod")] if is_name(token) else []
    return " ".join([*parts, token.text])


def _called(token: Token, earlier: Sequence[Token]) -> Iterator[Token]:
    """ "Merit Bank", "the contractor Brandt Marine", "Brandt Marine, the contractor" """
    own = lemma(token.text)
    for other in earlier:
        if lemma(other.text) != own:
            continue
        if is_name(other):
            yield other if other.dep_ not in ("compound", "nmod") else other.head
        elif other.dep_ in ("compound", "nmod", "appos") and is_name(other.head):
            yield other.head
        else:
            yield from (c for c in other.children if c.dep_ == "appos" and is_name(c))


def _of_the_kind(token: Token, earlier: Sequence[Token]) -> Iterator[Token]:
    own = lemma(token.text)
    if any(lemma(t.text) == own for t in earlier):
        return  # it was told of before
    for other in earlier:
        narrower = other.tag_ == "NN" and meanings().is_kind_of(("noun", lemma(other.text)), ("noun", own))
        if narrower and other.dep_ in _ROLES:
            yield other


def _bodies(token: Token, earlier: Sequence[Token], persons: frozenset[str]) -> Iterator[Token]:
    if lemma(token.text) not in _BODIES:
        return
    for other in earlier:
        if not is_name(other) or other.dep_ not in _ROLES or other.text in persons or _is_dated(other):
            continue
        if _is_another_kind(token, other):
            continue
        if other.dep_ != "pobj" or other.head.lower_ not in _NOT_UNDER or is_body((other.text,)):
            yield other


def _is_another_kind(token: Token, name: Token) -> bool:
    """Whether a name says that it is of a kind: "the Bakers' Union" is no company."""
    own = lemma(name.text)
    return own != lemma(token.text) and (name.lower_ in title_words().bodies or own in _BODIES)


def _is_dated(token: Token) -> bool:
    return lemma(token.text) in classes().calendar

"""Who does what to whom in a parsed sentence: its dependencies between words that mean something, in one form.

Passives are turned round, copulas left out, joined words share what is said of them, and a relative clause's verb has
the noun before it as its argument, so that "the bolts, delivered in July" and "bolts were delivered in July" agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.answering.verification.controlling import verb_without_subject
from retrieval.answering.verification.grammar import (
    Relation,
    Role,
    has_subject,
    is_copula,
    is_passive,
    predicates_of,
    said_to_be,
    with_joined,
)
from retrieval.answering.verification.likeness import is_name
from retrieval.answering.verification.words import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_SKIPPED = frozenset(
    ("aux", "auxpass", "punct", "det", "mark", "cc", "expl", "case", "prep", "agent", "preconj", "neg", "intj", "meta")
)
_PARTS = frozenset("some several few many most all both each none any one half part majority minority".split())  # noqa: SIM905


@dataclass(frozen=True)
class Relations:
    """The relations of one parsed sentence."""

    doc: Doc
    listed: tuple[Relation, ...]

    @cached_property
    def under(self) -> dict[int, list[Relation]]:
        """The relations of each word to those under it."""
        return _grouped(self.listed, lambda r: r.head)

    @cached_property
    def over(self) -> dict[int, list[Relation]]:
        """The relations of each word to those over it."""
        return _grouped(self.listed, lambda r: r.dependent)

    def between(self, a: int, b: int) -> list[Relation]:
        """The relations of two words, whichever is over the other."""
        return [r for r in self.under.get(a, ()) if r.dependent == b] + [
            r for r in self.under.get(b, ()) if r.dependent == a
        ]

    def steps(self, a: int, b: int, most: int = 3) -> int:
        """How many relations lie between two words, `most` + 1 where more."""
        reached, edge = {a}, {a}
        for count in range(most + 1):
            if b in reached:
                return count
            edge = {
                other
                for at in edge
                for r in (*self.under.get(at, ()), *self.over.get(at, ()))
                for other in (r.head, r.dependent)
            } - reached
            reached |= edge
        return most + 1

    def parts_of(self, at: int) -> list[int]:
        """The quantities that a noun is told of in part: "nine" of "nine of them"."""
        return [r.dependent for r in self.under.get(at, ()) if r.word == "part"]


def _grouped(relations: Iterable[Relation], key: object) -> dict[int, list[Relation]]:
    found: dict[int, list[Relation]] = {}
    for relation in relations:
        found.setdefault(key(relation), []).append(relation)  # type: ignore[operator]
    return found


def relations_of(doc: Doc) -> Relations:
    """The relations of a parsed sentence."""
    return Relations(doc, tuple(dict.fromkeys(r for token in doc for r in _of(token))))


def means_something(token: Token) -> bool:
    """Whether a word is compared: no auxiliary, article, preposition, punctuation or bare copula."""
    if (
        (token.is_punct and not token.tag_.startswith("NN"))
        or token.is_space
        or (token.dep_ in _SKIPPED and not token.tag_.startswith("NN"))
        or token.tag_ in ("TO", "IN", "CC", "EX", "POS", "RP")
    ):
        return token.dep_ == "det" and token.lower_ in ("all", "every", "each", "both")
    if token.lower_ == "place" and token.dep_ == "dobj" and lemma(token.head.text) == lemma("take"):
        return any(c.dep_ != "prep" for c in token.children)  # "takes place"
    return not (is_copula(token) and said_to_be(token))


def _of(token: Token) -> Iterator[Relation]:
    yield from verb_without_subject(token)
    if not means_something(token):
        return
    whole = _whole(token)
    if whole is not None:
        yield Relation(whole.i, Role.OF, token.i, "part")
    standing = _parts_that_stand_for(token)
    for part in standing or (token,):
        for head, role, word in _governed(part):
            while head.tag_ in ("IN", "TO", "RP", "CC") and head.head != head:
                head = head.head  # "four years ago" of "from 49% four years ago"
            if head != token:
                yield Relation(head.i, role, token.i, word)


def _whole(token: Token) -> Token | None:
    """What a quantity is a part of: "them" of "nine of them"."""
    if token.tag_ != "CD" and token.lower_ not in _PARTS:
        return None
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None) or _of_before(token)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def _of_before(quantity: Token) -> Token | None:
    """ "Of the 40 boats, nine sank" """
    if quantity.dep_ not in ("nsubj", "nsubjpass"):
        return None
    before = (c for c in quantity.head.children if c.dep_ == "prep" and c.text == "Of" and c.i < quantity.i)
    return next(before, None)


def _parts_that_stand_for(token: Token) -> tuple[Token, ...]:
    """The quantity in whose place a noun is taken to stand: of "nine of the lorries", the lorries are the argument."""
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return ()
    over = token.head.head
    return tuple(t for t in (over, *over.children) if _whole(t) == token)


def _governed(token: Token) -> Iterator[tuple[Token, Role, str]]:
    """The words over a token, with what it is to each."""
    first, seen = token, 0
    while first.dep_ == "conj" and seen < 6:
        if first.tag_.startswith("VB") and has_subject(first):
            return
        first, seen = first.head, seen + 1
    if first != token and first.tag_.startswith("VB") and token.tag_.startswith("VB"):
        yield from _as(first, token)
        return
    yield from _as(first, token)


def _as(token: Token, own: Token) -> Iterator[tuple[Token, Role, str]]:
    dep, head = token.dep_, token.head
    if dep in ("nsubj", "csubj", "nsubjpass", "csubjpass"):
        for verb in with_joined(head):
            passive = dep.endswith("pass") if verb == head else is_passive(verb)
            yield from _topredicates_of(verb, Role.OBJECT if passive else Role.SUBJECT, "", token)
            yield from ((c, Role.SUBJECT, "") for c in verb.children if c.dep_ == "acomp" and not is_copula(verb))
    elif dep in ("dobj", "oprd", "dative"):
        if dep == "dative" and token.tag_ == "IN":
            return
        yield head, Role.OBJECT if dep != "oprd" else Role.BESIDE, "to" if dep == "dative" else ""
    elif dep in ("attr", "acomp"):
        if not is_copula(head):
            yield head, Role.BESIDE, ""
        elif head.dep_ in ("ccomp", "xcomp", "advcl", "relcl", "pcomp"):
            yield from _as_clause(head)
    elif dep in ("pobj", "pcomp"):
        yield from _under_preposition(token)
    elif dep == "poss":
        yield head, Role.OF, "of"
    elif dep == "appos":
        yield _named_by(token), Role.CALLED, ""
    elif dep in ("amod", "nummod", "compound", "nmod", "quantmod", "advmod", "npadvmod", "det", "predet", "prt"):
        yield from _topredicates_of(head, Role.BESIDE if head.tag_.startswith(("VB", "JJ")) else Role.OF, "", token)
    elif dep in ("relcl", "acl"):
        return  # the noun hangs on the verb
    elif dep in ("xcomp", "ccomp", "advcl", "parataxis", "conj"):
        yield from _as_clause(token)


def _named_by(name: Token) -> Token:
    """What an apposition names: "the mayor" of "the mayor of Dalby, Jane Roe," though it is parsed with the town."""
    place = name.head
    if place.dep_ != "pobj" or place.head.lower_ != "of" or not (is_name(place) and is_name(name)):
        return place
    over = place.head.head
    in_full = any(c.dep_ == "compound" and is_name(c) for c in name.children)
    return over if in_full and not is_name(over) and is_person_noun(over.text) else place


def _as_clause(token: Token) -> Iterator[tuple[Token, Role, str]]:
    mark = next((c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i), "")
    if token.dep_ != "conj" and token.head != token:
        for predicate in predicates_of(token.head):
            yield predicate, Role.CLAUSE, mark


def _under_preposition(token: Token) -> Iterator[tuple[Token, Role, str]]:
    preposition = token.head
    if preposition.dep_ == "agent":
        yield preposition.head, Role.SUBJECT, "by"
        return
    words = [preposition.lower_]
    over = preposition
    while over.dep_ in ("prep", "pcomp", "advmod", "conj") and over.head.tag_ == "IN" and over.head != over:
        over = over.head
        words.append(over.lower_)
    if preposition.dep_ == "dative":
        yield preposition.head, Role.OBJECT, "to"
        return
    head = over.head
    if head == over or (head.is_punct and head.tag_ != "NN"):  # "%" is a noun
        return
    word = " ".join(reversed(words))
    if head.tag_.startswith("NN") and word == "of":
        yield head, Role.OF, "of"
    else:
        yield from _topredicates_of(head, Role.BESIDE if head.tag_.startswith(("VB", "JJ")) else Role.OF, word, token)


def _topredicates_of(head: Token, role: Role, word: str, token: Token) -> Iterator[tuple[Token, Role, str]]:
    """A relation to a copula is one to what it says that something is."""
    for predicate in predicates_of(head):
        if predicate == token:
            continue
        if predicate != head and role in (Role.SUBJECT, Role.OBJECT):
            yield predicate, Role.OBJECT if predicate.tag_ == "VBN" else Role.SUBJECT, word
        else:
            yield predicate, role, word

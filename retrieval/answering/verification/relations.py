"""Who does what to whom in a parsed sentence: its dependencies between words that mean something, in one form.

Passives are turned round, copulas left out, joined words share what is said of them, and a relative clause's verb has
the noun before it as its argument, so that "the bolts, delivered in July" and "bolts were delivered in July" agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Role(StrEnum):
    """What a word is to the one over it."""

    SUBJECT = "subject"  # who does it, or what is so
    OBJECT = "object"  # to whom it is done
    BESIDE = "beside"  # under a preposition or as an adverb: where, when, with what
    OF = "of"  # narrows a noun down
    CALLED = "called"  # an apposition: another name for the same
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Relation:
    """Two words by their places in the sentence; `word` is the preposition between them, "part" in "nine of them"."""

    head: int
    role: Role
    dependent: int
    word: str = ""


_SKIPPED = frozenset(
    ("aux", "auxpass", "punct", "det", "mark", "cc", "expl", "case", "prep", "agent", "preconj", "neg", "intj", "meta")
)
_BE = lemma("be")
_PARTS = frozenset("some several few many most all both each none any one half part majority minority".split())  # noqa: SIM905
_RELATIVE = frozenset(("who", "whom", "which", "that"))


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
        or token.dep_ in _SKIPPED
        or token.tag_ in ("TO", "IN", "CC", "EX", "POS", "RP")
    ):
        return token.dep_ == "det" and token.lower_ in ("all", "every", "each", "both")
    if token.lower_ == "place" and token.dep_ == "dobj" and lemma(token.head.text) == lemma("take"):
        return any(c.dep_ != "prep" for c in token.children)  # "takes place"
    return not (is_copula(token) and _said_to_be(token))


def is_copula(token: Token) -> bool:
    return token.tag_.startswith("VB") and lemma(token.text) == _BE


def _said_to_be(copula: Token) -> list[Token]:
    """What a copula says that something is: "late" of "it was late"."""
    return [c for c in copula.children if c.dep_ in ("attr", "acomp") and c.i > copula.i] or [
        c for c in copula.children if c.dep_ in ("attr", "acomp")
    ]


def _of(token: Token) -> Iterator[Relation]:
    yield from _verb_without_subject(token)
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
        if first.tag_.startswith("VB") and _arguments_of_its_own(first):
            return
        first, seen = first.head, seen + 1
    if first != token and first.tag_.startswith("VB") and token.tag_.startswith("VB"):
        yield from _as(first, token)
        return
    yield from _as(first, token)


def _arguments_of_its_own(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _as(token: Token, own: Token) -> Iterator[tuple[Token, Role, str]]:
    dep, head = token.dep_, token.head
    if dep in ("nsubj", "csubj", "nsubjpass", "csubjpass"):
        for verb in _with_joined(head):
            passive = dep.endswith("pass") if verb == head else _is_passive(verb)
            yield from _to_predicates(verb, Role.OBJECT if passive else Role.SUBJECT, "", token)
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
        yield head, Role.CALLED, ""
    elif dep in ("amod", "nummod", "compound", "nmod", "quantmod", "advmod", "npadvmod", "det", "predet", "prt"):
        yield from _to_predicates(head, Role.BESIDE if head.tag_.startswith(("VB", "JJ")) else Role.OF, "", token)
    elif dep in ("relcl", "acl"):
        return  # the noun hangs on the verb
    elif dep in ("xcomp", "ccomp", "advcl", "parataxis", "conj"):
        yield from _as_clause(token)


def _as_clause(token: Token) -> Iterator[tuple[Token, Role, str]]:
    mark = next((c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i), "")
    if token.dep_ != "conj" and token.head != token:
        for predicate in _predicates(token.head):
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
    if head == over or head.is_punct:
        return
    word = " ".join(reversed(words))
    if head.tag_.startswith("NN") and word == "of":
        yield head, Role.OF, "of"
    else:
        yield from _to_predicates(head, Role.BESIDE if head.tag_.startswith(("VB", "JJ")) else Role.OF, word, token)


def _to_predicates(head: Token, role: Role, word: str, token: Token) -> Iterator[tuple[Token, Role, str]]:
    """A relation to a copula is one to what it says that something is."""
    for predicate in _predicates(head):
        if predicate == token:
            continue
        if predicate != head and role in (Role.SUBJECT, Role.OBJECT):
            yield predicate, Role.OBJECT if predicate.tag_ == "VBN" else Role.SUBJECT, word
        else:
            yield predicate, role, word


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def _predicates(verb: Token) -> list[Token]:
    if is_copula(verb):
        said = _said_to_be(verb)
        return [*said, *(j for s in said for j in s.children if j.dep_ == "conj")] or [verb]
    return [verb]


def _with_joined(verb: Token) -> list[Token]:
    """A verb and those joined with it that have no subject of their own."""
    found = [verb]
    for child in verb.children:
        if child.dep_ == "conj" and child.tag_.startswith("VB") and not _arguments_of_its_own(child):
            found += _with_joined(child)
    return found


def _verb_without_subject(verb: Token) -> Iterator[Relation]:
    """The noun that a relative clause, a participle or an infinitive is said of."""
    if not verb.tag_.startswith("VB"):
        return
    head = verb.head
    passive = verb.tag_ == "VBN" and not any(c.dep_ == "aux" and lemma(c.text) == lemma("have") for c in verb.children)
    if verb.dep_ == "relcl":
        whose = next((t for t in verb.subtree if t.tag_ == "WP$"), None)
        if whose is not None:
            yield Relation(whose.head.i, Role.OF, head.i, "of")
            return
        relative = next((c for c in verb.children if c.lower_ in _RELATIVE), None)
        if relative is not None and relative.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            role = Role.SUBJECT if relative.dep_ == "nsubj" else Role.OBJECT
        else:
            role = Role.OBJECT if _arguments_of_its_own(verb) else Role.SUBJECT
        for predicate in _predicates(verb):
            for noun in _nouns_meant(head):
                yield Relation(predicate.i, role if predicate == verb else Role.SUBJECT, noun.i)
    elif verb.dep_ == "acl" and _is_call(verb):
        yield from (Relation(verb.i, Role.SUBJECT, c.i) for c in head.children if c.dep_ == "poss")
    elif verb.dep_ == "acl" and head.tag_.startswith(("NN", "CD", "PRP")):
        yield Relation(verb.i, Role.OBJECT if passive else Role.SUBJECT, head.i)
    elif verb.dep_ in ("xcomp", "advcl", "pcomp") and not _arguments_of_its_own(verb):
        for subject, role in _controlling(verb):
            role = Role.OBJECT if passive or _is_passive(verb) else role
            for joined in _with_joined(verb):
                for predicate in _predicates(joined):
                    yield Relation(predicate.i, role if predicate == joined else Role.SUBJECT, subject.i)


def _is_call(verb: Token) -> bool:
    """ "Calls to resign", "her plan to sell": it is not the call that resigns."""
    noun = lemma(verb.head.text)
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return infinitive and noun in classes().supposing | classes().planning


def _nouns_meant(head: Token) -> list[Token]:
    """The nouns that a relative clause may belong to: "X, head of the institute, who …" is of any of them."""
    found = [head]
    while len(found) < 4 and (
        (head.dep_ == "pobj" and head.head.head.tag_.startswith("NN")) or (head.dep_ == "appos" and head.head != head)
    ):
        head = head.head.head if head.dep_ == "pobj" else head.head
        found.append(head)
    return found


def _controlling(verb: Token) -> Iterator[tuple[Token, Role]]:
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    if verb.dep_ == "xcomp" or (verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "from")):
        asked = [c for c in head.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
        if asked and lemma(head.text) != lemma("promise"):
            yield from ((c, Role.SUBJECT) for c in asked)
            return
    seen = 0
    while seen < 5:
        own = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own or head.dep_ not in ("conj", "xcomp", "advcl") or head.head == head:
            break
        if head.dep_ == "xcomp":
            yield from _controlling(head)
            return
        head, seen = head.head, seen + 1
    for child in own:
        yield child, Role.SUBJECT
        yield from ((c, Role.SUBJECT) for c in child.children if c.dep_ == "conj")

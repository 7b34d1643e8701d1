"""Of whom a clause is said that has no subject of its own: a relative clause, a participle, an infinitive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.answering.verification.grammar import (
    Relation,
    Role,
    has_subject,
    is_main,
    is_passive,
    predicates_of,
    with_joined,
)
from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset(("who", "whom", "which", "that"))


def verb_without_subject(verb: Token) -> Iterator[Relation]:
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
            role = Role.OBJECT if has_subject(verb) else Role.SUBJECT
        for predicate in predicates_of(verb):
            for noun in _nouns_meant(head):
                yield Relation(predicate.i, role if predicate == verb else Role.SUBJECT, noun.i)
    elif verb.dep_ == "acl" and _is_call(verb):
        yield from (Relation(verb.i, Role.SUBJECT, c.i) for c in head.children if c.dep_ == "poss")
    elif verb.dep_ == "acl" and head.tag_.startswith(("NN", "CD", "PRP")):
        role = Role.OBJECT if passive else Role.SUBJECT
        yield from (Relation(verb.i, role, noun.i) for noun in _nouns_meant(head) if noun == head or _is_of(noun, head))
    elif verb.dep_ in ("xcomp", "advcl", "pcomp") and not has_subject(verb):
        for subject, role in _controlling(verb):
            role = Role.OBJECT if passive or is_passive(verb) else role
            for joined in with_joined(verb):
                for predicate in predicates_of(joined):
                    yield Relation(predicate.i, role if predicate == joined else Role.SUBJECT, subject.i)


def _is_call(verb: Token) -> bool:
    """ "Calls to resign", "her plan to sell": it is not the call that resigns."""
    noun = lemma(verb.head.text)
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return infinitive and noun in classes().supposing | classes().planning


def _is_of(noun: Token, part: Token) -> bool:
    """ "Pages of documents released by the court" """
    return part.head.lower_ == "of" and part.head.head == noun


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
    if not own and is_main(head):
        yield head.head, Role.SUBJECT
    for child in own:
        yield child, Role.SUBJECT
        yield from ((c, Role.SUBJECT) for c in child.children if c.dep_ == "conj")

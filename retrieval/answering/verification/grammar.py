"""What dependencies are read as: the role of one word beside another; copulas, passives, joined verbs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = (lemma("be"), lemma("become"))


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


def is_copula(token: Token) -> bool:
    return token.tag_.startswith("VB") and lemma(token.text) in _COPULAS


def said_to_be(copula: Token) -> list[Token]:
    """What a copula says that something is: "late" of "it was late"."""
    return [c for c in copula.children if c.dep_ in ("attr", "acomp") and c.i > copula.i] or [
        c for c in copula.children if c.dep_ in ("attr", "acomp")
    ]


def has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def is_main(verb: Token) -> bool:
    """Whether a participle is the verb of a sentence that is parsed without one: "The pump planned to repair it." """
    return verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN") and verb.i > verb.head.i


def is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def predicates_of(verb: Token) -> list[Token]:
    if is_copula(verb):
        said = said_to_be(verb)
        return [*said, *(j for s in said for j in s.children if j.dep_ == "conj")] or [verb]
    return [verb]


def with_joined(verb: Token) -> list[Token]:
    """A verb and those joined with it that have no subject of their own."""
    found = [verb]
    for child in verb.children:
        if child.dep_ == "conj" and child.tag_.startswith("VB") and not has_subject(child):
            found += with_joined(child)
    return found

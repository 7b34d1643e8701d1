"""Whether a sentence has the verb of a question with another thing: where two passports were found is not where the
stamps were, and who won a packet of flour did not win the bake.

Only what is new to its article, "a packet", "two passports", can not be the thing asked about; "the haul" may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.answering.questions.question_syntax import Parse, QuestionSyntax, Role
from retrieval.answering.sentences.converses import converses
from retrieval.answering.sentences.evidence import Evidence
from retrieval.answering.sentences.matching import nearness, word_vectors
from retrieval.answering.sentences.passage_reader import PassageReader
from retrieval.answering.sentences.roles import ABSENT, FILLED, predicate_words
from retrieval.answering.verification.meanings import Word, meanings
from retrieval.answering.verification.words import classes, lemma, same_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OF_ANOTHER = 0.0
"""The role of a sentence that has the verb asked about with another thing."""

# Nearness of the thing asked about and the nearest token of the other: "prize" and "a medal" are at .66, "election" and
# "a second term" at .41, "film" and "a documentary" at .35, "match" and "a thriller" at .31, things of two kinds mostly
# below .22. Who did it is only told by what is nearer, or what the judge vouches for.
_LEAST_NEAR, _NEAR = 0.25, 0.4
_PARSED = 400  # characters of a sentence that the parser reads
_NEW_TO_IT = frozenset(("a", "an", "another", "some"))
_SOMEBODY = re.compile(r"(?:body|bodies|corpse|victim|suspect|casualty|casualties)s?", re.IGNORECASE)
# What decides a match or a vote is told as such, or by what came of it.
_DECIDING = re.compile(r"\b(?:winning|decisive|deciding)\s", re.IGNORECASE)
_DECIDES = re.compile(
    r"\b(?:w[io]n(?:s|ning|ners?)?|victor\w*|triumph\w*|beat(?:s|en|ing)?|defeat\w*|seal\w*|clinch\w*|decid\w*|decisive\w*"
    r"|settle[sd]?|late|last-\w+|stoppage|injury\s+time|extra\s+time|\d+[-–]\d+)\b",
    re.IGNORECASE,
)


def with_other_things(
    question: str, syntax: QuestionSyntax, evidence: Sequence[Evidence], parse: Parse, reader: PassageReader
) -> list[Evidence]:
    """The same, with the role OF_ANOTHER for those that tell what was done to another thing, and ABSENT for those that
    may tell who did it to another."""
    if syntax.thing is None:
        return list(evidence)
    told = [e.measures.role >= FILLED for e in evidence]
    docs = iter(parse([e.text[:_PARSED] for e, does in zip(evidence, told, strict=True) if does]))
    roles = [_role(question, syntax, next(docs), reader) if does else None for does in told]
    return [
        replace(e, measures=replace(e.measures, role=role)) if role is not None else e
        for e, role in zip(evidence, roles, strict=True)
    ]


def _role(question: str, syntax: QuestionSyntax, sentence: Doc, reader: PassageReader) -> float | None:
    """The role of a sentence that has or may have another thing; None for any other."""
    if syntax.role is Role.SUBJECT and _DECIDING.search(question) and not _DECIDES.search(sentence.text):
        return OF_ANOTHER
    others = other_things(question, syntax, sentence)
    near = _nearness(question, syntax, sentence, others, reader) if others else 1.0
    thing = ("noun", lemma(question[slice(*syntax.thing or (0, 0))]))
    if near >= _NEAR or any(_is_a_kind(("noun", lemma(t.text)), thing) for t in others):
        return None
    if near < _LEAST_NEAR:
        return OF_ANOTHER
    return ABSENT if syntax.role is Role.SUBJECT else None


def _is_a_kind(one: Word, other: Word) -> bool:
    known = meanings()
    return known.same(one, other) or known.is_kind_of(one, other) or known.is_kind_of(other, one)


def _nearness(
    question: str, syntax: QuestionSyntax, sentence: Doc, others: Sequence[Token], reader: PassageReader
) -> float:
    """How near the thing asked about is to the others; 1 where they may be it all the same."""
    thing = question[slice(*syntax.thing or (0, 0))]
    if _is_somebody(thing) and any(is_person_noun(t.text) for t in others):
        return 1.0
    if lemma("elect") in converses(lemma(question[slice(*syntax.predicate or (0, 0))]), lemma(thing)):
        return 1.0  # who won a second term won the election
    asked, (states,) = reader.read(question, [sentence.text])
    near = nearness(word_vectors(question, (thing,), asked), states)
    inside = np.zeros(len(states.spans), bool)
    for part in others:
        for t in part.subtree:
            inside |= (states.spans[:, 0] < t.idx + len(t.text)) & (states.spans[:, 1] > t.idx)
    return float(near[:, inside].max()) if near.size and inside.any() else 1.0


def _is_somebody(thing: str) -> bool:
    return is_person_noun(thing) or _SOMEBODY.fullmatch(thing) is not None


def other_things(question: str, syntax: QuestionSyntax, sentence: Doc) -> list[Token]:
    """To what a sentence says that it was done, where all of that is new to its article and the thing asked about
    stands nowhere in it; else none."""
    thing, does = question[slice(*syntax.thing or (0, 0))], predicate_words(syntax, question, sentence.text)
    if any(_is_same(lemma(t.text), lemma(thing)) for t in sentence if t.is_alpha):
        return []
    parts = [list(_done_to(t)) for t in sentence if t.tag_.startswith("VB") and t.text in does]
    new = all(own and all(_is_new(part) for part in own) for own in parts)
    return [part for own in parts for part in own] if new else []


def _done_to(verb: Token) -> Iterator[Token]:
    own = [t for t in verb.children if t.dep_ in ("dobj", "nsubjpass")]
    yield from own
    if not own and verb.dep_ == "acl" and verb.tag_ == "VBN":
        yield verb.head  # "two passports found in a flat"


def _is_new(part: Token) -> bool:
    counted = any(t.lower_ in _NEW_TO_IT or t.dep_ == "nummod" for t in part.children)
    return part.tag_ in ("NN", "NNS") and counted


def _is_same(found: str, wanted: str) -> bool:
    return same_root(found, wanted) or (found, wanted) in classes().synonyms

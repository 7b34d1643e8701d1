"""Whether a sentence says of something new what a question asks: its verb, and a part for the thing asked for.

"Who filmed the beavers" is not answered by "the beavers were filmed at the weir": the verb is there, whoever filmed is
not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from retrieval.answering.question_syntax import QuestionSyntax, Role
from retrieval.answering.verification.words import lemma, same_root
from retrieval.search.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNKNOWN = 0.5
"""Where the question has no verb to look for, or the sentence was not looked at."""

UNDONE = 0.25
"""Where whoever does it is asked for, and the sentence does not have the verb."""

UNFILLED = 0.3
"""Where the sentence lacks the verb, or has nobody or nothing in the part asked for."""

_NEW, _PRONOUN, _NOUN, _OLD, ABSENT = 1.0, 0.8, 0.6, 0.2, 0.1
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("dobj", "attr", "oprd", "ccomp", "xcomp", "nsubjpass", "dative"))


_ALPHA = re.compile(r"[^\W\d_]+")


def has_predicate(syntax: QuestionSyntax, question: str, sentence: str) -> bool:
    """Whether a sentence has a word of the root of what is asked: where it has none, no grammar fills the part."""
    if syntax.predicate is None:
        return False
    wanted = lemma(question[slice(*syntax.predicate)])
    return any(same_root(lemma(word), wanted) for word in _ALPHA.findall(sentence))


def without_predicate(syntax: QuestionSyntax) -> float:
    """What `fulfils` gives for a sentence without any such word."""
    return UNDONE if syntax.role is Role.SUBJECT else UNFILLED


def fulfils(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> float:
    """How well `sentence` fills the part asked for, in [0, 1]; `asked` are the stems of the question's words."""
    if syntax.predicate is None:
        return UNKNOWN
    wanted = lemma(question[slice(*syntax.predicate)])
    best = UNFILLED
    for token in sentence:
        found = lemma(token.text) if token.is_alpha else ""
        if not found:
            continue
        if token.tag_.startswith("VB") and (found == wanted or same_root(found, wanted)):
            best = max(best if best != UNFILLED else 0.0, _filled(syntax.role, token, asked))
        elif same_root(found, wanted):
            best = max(best, _NOUN)
    return without_predicate(syntax) if best == UNFILLED else best


def fillers(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> list[Token]:
    """The heads of the parts asked for that tell what the question does not, where the sentence has its verb."""
    if syntax.predicate is None or syntax.role is Role.OTHER:
        return []
    wanted = lemma(question[slice(*syntax.predicate)])
    parts = _agents if syntax.role is Role.SUBJECT else _patients
    return [
        part
        for verb in sentence
        if verb.tag_.startswith("VB") and verb.is_alpha and same_root(lemma(verb.text), wanted)
        for part in parts(verb)
        if _newness(part, asked) == _NEW
    ]


def _filled(role: Role, verb: Token, asked: Set[str]) -> float:
    if role is Role.OTHER:
        return _NEW
    parts = list(_agents(verb) if role is Role.SUBJECT else _patients(verb))
    left_out = ABSENT if role is Role.SUBJECT and _is_passive(verb) else UNFILLED
    return max((_newness(part, asked) for part in parts), default=left_out)


def _agents(verb: Token) -> Iterator[Token]:
    """Who does it: the subject, the "by" of a passive, the noun that a clause describes."""
    passive = _is_passive(verb)
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (t for t in child.children if t.dep_ == "pobj")
        elif child.dep_ in _SUBJECTS and not passive:
            yield _named(child, verb)
    if passive:
        return
    if verb.dep_ in ("conj", "xcomp", "advcl") and not any(t.dep_ in _SUBJECTS for t in verb.children):
        yield from _agents(verb.head)
    elif verb.dep_ in ("acl", "relcl") and not any(t.dep_ in _SUBJECTS for t in verb.children):
        yield verb.head


def _is_passive(verb: Token) -> bool:
    return any(t.dep_ in ("auxpass", "nsubjpass") for t in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _patients(verb: Token) -> Iterator[Token]:
    """To whom or what it is done."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield _named(child, verb)
        elif child.dep_ == "prep":
            yield from (t for t in child.children if t.dep_ in ("pobj", "pcomp"))
    if verb.dep_ in ("acl", "relcl"):
        yield verb.head


def _named(token: Token, verb: Token) -> Token:
    return verb.head if token.lower_ in _RELATIVE and verb.dep_ == "relcl" else token


def _newness(part: Token, asked: Set[str]) -> float:
    """Whether a part of a sentence tells what the question does not."""
    if part.tag_ == "PRP":
        return _PRONOUN
    words = [t for t in part.subtree if t.like_num or (t.is_alpha and not t.is_stop)] or [part]
    return _NEW if any(t.like_num or stem(t.text) not in asked for t in words) else _OLD

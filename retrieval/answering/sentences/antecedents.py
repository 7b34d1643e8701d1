"""What "it", "its director" or "the company" at the start of a shown sentence stands for, by the sentence before.

Only where one name alone can be meant: the single subject or object of the sentence before that could be a body, or a
person, as the pronoun needs (the centre of attention of Grosz, Joshi and Weinstein, 1995). A name in a phrase of place
or time ("in Ulm") is never meant; two names that could be leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import Name, gender_of, is_body, key, names_in, title_words
from retrieval.answering.genders_told import shows_another
from retrieval.answering.questions.question_syntax import Parse
from retrieval.answering.questions.speech import SAY
from retrieval.answering.sentences.referents import with_speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SEEN = 400  # characters of the sentence before that are parsed
_PERSON = re.compile(r"^(?P<it>He|She|His|Her)(?=\s+[a-z])(?!\s+(?:and|or)\b)")
_POSTS = "|".join(sorted(title_words().persons | title_words().ranks))
_FIRMS = "|".join(sorted(title_words().enterprises | {"union", "club", "party", "bank", "agency", "council"}))
_OF_BODY = re.compile(
    rf"^(?P<it>Its)(?=\s+(?:[a-z][\w-]*\s+){{0,3}}?(?:{_POSTS})s?\b)"
    rf"|^(?P<it2>It)(?=\s+(?:also\s+|later\s+|then\s+|has\s+|had\s+)?(?:{SAY}|blam(?:ed|es)|plans?|intends?|employs)\b)"
    rf"|^(?P<it3>The\s+(?:{_FIRMS}))(?=\s+[a-z])"
)
_CENTRAL = frozenset(("nsubj", "nsubjpass", "dobj", "agent", "appos", "conj", "dative"))


def with_antecedent(sentence: str, before: Sequence[str], parse: Parse) -> str:
    """`sentence` with a name in square brackets behind what it begins with; as it is where there is any doubt."""
    if not before:
        return sentence
    told = with_speaker(sentence, before[-1])
    if told != sentence:
        return told
    person, body = _PERSON.match(sentence), _OF_BODY.match(sentence)
    if person is None and body is None:
        return sentence
    (doc,) = parse([before[-1][:_SEEN]])
    names = [name for name in names_in(doc.text) if _is_central(name, doc)]
    match = person or body
    assert match is not None
    if body is not None and {key(w) for w in body[0].split()[1:]} & {key(t.text) for t in doc if t.dep_ == "nsubj"}:
        return sentence  # "The union … The union …": spoken of before
    meant = [n for n in names if (_may_be_person(n, doc, match[0]) if person else _may_be_body(n, doc))]
    if len({name.words for name in meant}) != 1:
        return sentence
    pronoun = match[0]
    owner = "’s" if pronoun in ("His", "Her", "Its") else ""
    return f"{pronoun} [{meant[0].text}{owner}]{sentence[match.end() :]}"


def _is_central(name: Name, doc: Doc) -> bool:
    head = _head(name, doc)
    return head is not None and head.dep_ in _CENTRAL and not (head.dep_ == "conj" and head.head.dep_ == "pobj")


def _head(name: Name, doc: Doc) -> Token | None:
    inside = [t for t in doc if t.idx < name.end and t.idx + len(t.text) > name.start]
    outside = [t for t in inside if t.head not in inside or t.head == t]
    head = outside[-1] if outside else None
    # An apposition is as central as what it stands beside.
    return head.head if head is not None and head.dep_ == "appos" and head.head.dep_ != "pobj" else head


def _may_be_person(name: Name, doc: Doc, pronoun: str) -> bool:
    if is_body(name.words) or len({n.words for n in names_in(doc.text) if not is_body(n.words)}) > 1:
        return False
    gender = gender_of(name.title)
    against = "female" if pronoun in ("He", "His") else "male"
    if shows_another(pronoun, name.words[-1], doc.text):
        return False
    return (gender is None or gender.value != against) and _acts_as_person(name, doc)


def _acts_as_person(name: Name, doc: Doc) -> bool:
    """A full name, or one with a title; a single word may be a place or a firm."""
    head = _head(name, doc)
    return (len(name.words) > 1 or bool(name.title)) and head is not None and head.dep_ in ("nsubj", "nsubjpass")


def _may_be_body(name: Name, doc: Doc) -> bool:
    if is_body(name.words):
        return True
    called = {key(t.text) for t in doc} & (title_words().enterprises | {"its"})
    return len(name.words) == 1 and not name.title and bool(called)

"""What "it", "its director" or "the company" at the start of a shown sentence stands for, by the sentence before.

Only where one name alone can be meant: the single subject or object of the sentence before that could be a body, or a
person, as the pronoun needs (the centre of attention of Grosz, Joshi and Weinstein, 1995). A name in a phrase of place
or time ("in Ulm") is never meant; two names that could be leave it open. "The company" is no union, "the union" no
council.
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
_COMMERCIAL = title_words().enterprises | frozenset(
    (
        *("bank", "inc", "corp", "co", "ltd", "llc", "plc", "nv", "bv", "ag", "gmbh", "spa", "asa", "oyj", "&"),
        *("airline", "airlines", "airways", "technologies", "systems", "motors", "pharmaceuticals", "electronics"),
        *("industries", "robotics", "partners", "capital", "holdings", "securities", "studios", "solutions"),
        *("laboratories", "brands", "insurance", "services", "bakery", "brewery", "shipyard", "hotel"),
    )
)
"""Words in the names of what may be called "the company"."""

_PLACES = frozenset(("in", "near", "outside", "across", "around", "off", "into", "through"))
_OBJECTS = frozenset(("dobj", "dative", "pobj"))
_JOINED = re.compile(r"(?:[A-Z][\w-]*s['’]\s+and\s+)$")  # "the Bakers' and Millers' Union"
_SHOWN = re.compile(r"^(?:He|She|His|Her|Its?|The\s\w+) \[([^\]]+)\]")
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
    match = person or body
    assert match is not None
    noun = key(match[0].split()[-1]) if match[0].startswith("The ") else ""
    if noun and noun in {key(t.text) for t in doc if t.dep_ == "nsubj"}:
        return sentence  # "The union … The union …": spoken of before
    able = _persons(doc, match[0]) if person else _bodies(doc, noun)
    if len({name.words for name in able}) != 1 or not any(_is_central(name, doc) for name in able):
        return sentence
    pronoun, (name, *_) = match[0], able
    owner = "’s" if pronoun in ("His", "Her", "Its") else ""
    return f"{pronoun} [{_joined(name, doc.text)}{owner}]{sentence[match.end() :]}"


def in_full(sentence: str, before: Sequence[str], parse: Parse) -> str:
    """`sentence` with the name that it would be shown with in the place of what it begins with, as a model reads it."""
    return _SHOWN.sub(r"\1", with_antecedent(sentence, before, parse)) if before else sentence


def _joined(name: Name, text: str) -> str:
    """A name with what "and" joins to its beginning."""
    before = _JOINED.search(text[: name.start])
    return f"{before[0] if before else ''}{name.text}"


def _is_central(name: Name, doc: Doc) -> bool:
    head = _head(name, doc)
    return head is not None and head.dep_ in _CENTRAL and not (head.dep_ == "conj" and head.head.dep_ == "pobj")


def _head(name: Name, doc: Doc) -> Token | None:
    inside = [t for t in doc if t.idx < name.end and t.idx + len(t.text) > name.start]
    outside = [t for t in inside if t.head not in inside or t.head == t]
    head = outside[-1] if outside else None
    # An apposition is as central as what it stands beside.
    return head.head if head is not None and head.dep_ == "appos" and head.head.dep_ != "pobj" else head


def _persons(doc: Doc, pronoun: str) -> list[Name]:
    """Whom a pronoun may stand for: the one person of the sentence before, where nothing shows another."""
    named = [name for name in names_in(doc.text) if not is_body(name.words)]
    if len({name.words for name in named}) != 1:
        return []
    (name, *_) = named
    gender = gender_of(name.title)
    against = "female" if pronoun in ("He", "His") else "male"
    if shows_another(pronoun, name.words[-1], doc.text) or _is_told_by_another(name, doc):
        return []
    return named if (gender is None or gender.value != against) and _acts_as_person(name, doc) else []


def _is_told_by_another(name: Name, doc: Doc) -> bool:
    """Whether a pronoun beside a name cannot stand for it, so that there is somebody else: "Roe, she says, taught
    her"."""
    head = _head(name, doc)
    over = set(head.ancestors) if head is not None else set()
    for token in doc:
        if token.lower_ in ("he", "she") and token.dep_ == "nsubj" and (token.head in over or _is_aside(token)):
            return True
        if token.lower_ in ("him", "her") and token.dep_ in _OBJECTS and token.head in over:
            return True
    return False


def _is_aside(pronoun: Token) -> bool:
    """Whether a pronoun speaks in an aside: ", she says,"."""
    return re.search(rf",\s{pronoun.text}\s{SAY}\s*[,.;]", pronoun.doc.text) is not None


def _acts_as_person(name: Name, doc: Doc) -> bool:
    """A full name, or one with a title; a single word may be a place or a firm."""
    head = _head(name, doc)
    return (len(name.words) > 1 or bool(name.title)) and head is not None and head.dep_ in ("nsubj", "nsubjpass")


def _bodies(doc: Doc, noun: str) -> list[Name]:
    """Which bodies "it", or "the" with a noun, may stand for; none where another name may be that of one, too."""
    named = [n for n in names_in(doc.text) if not (_is_in_a_place(n, doc) or _begins_another(n, doc.text))]
    if len({name.words for name in named}) != 1:
        return []
    (name, *_) = named
    return named if _may_be_body(name, doc) and (not noun or _is_a(noun, name, doc)) else []


def _begins_another(name: Name, text: str) -> bool:
    """Whether a name is the first half of one that "and" joins: "Bakers’" of "the Bakers’ and Millers’ Union"."""
    behind = re.match(r"['’]?\s+and\s+", text[name.end :])
    return behind is not None and _JOINED.search(text[: name.end + behind.end()]) is not None


def _is_in_a_place(name: Name, doc: Doc) -> bool:
    head = _head(name, doc)
    by_form = is_body(name.words) or name.title
    return not by_form and head is not None and head.dep_ == "pobj" and head.head.lower_ in _PLACES


def _may_be_body(name: Name, doc: Doc) -> bool:
    if is_body(name.words):
        return True
    called = {key(t.text) for t in doc} & (title_words().enterprises | {"its"})
    return len(name.words) == 1 and not name.title and bool(called)


def _is_a(noun: str, name: Name, doc: Doc) -> bool:
    """Whether a body is what a noun says: by a word of its name, or as the sentence calls it."""
    words = {key(word) for word in name.words}
    kind = _COMMERCIAL if noun in title_words().enterprises else frozenset((noun,))
    if words & kind:
        return True
    called = {key(t.text) for t in doc} & (title_words().enterprises if kind is _COMMERCIAL else kind)
    return bool(called) and not words & title_words().bodies

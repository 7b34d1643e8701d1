"""What a shown sentence leans on: who or what its "it", "the company" or "the mayor" is, where it stands.

A sentence may be true by itself and false behind another: "The Pollux takes over. It was built in 1998", where the
article says that of the Castor Bay. The source decides: the name that it gives there stands in the sentence shown
before, or is put in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_body, is_person_noun, key, names_in, title_words
from retrieval.answering.questions.speech import SAY
from retrieval.answering.verification.cited import CitedPassage, Verdict
from retrieval.answering.verification.words import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ParseOne = Callable[[str], "Doc"]

_PRONOUNS = frozenset(("it", "they", "these", "those", "this", "that", "its", "their"))
_PERSONAL = frozenset(("it", "they", "he", "she"))
_SAID_BY = re.compile(rf"[”\"],?\s+(?:(?:he|she|they)\s+\w+|{SAY}\s+(?:he|she|they)\b)", re.IGNORECASE)
_OF_THE_PLACE = re.compile(r"^(?:There|Here|Then)\s*,")
_CLEFT = re.compile(r"^(?:It|That|This)\s+(?:is|was)\s+(?:\w+\s+){0,3}(?:that|who|to)\b")
_NAMES = ("NNP", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass")
_NAMED_BY_ADDING = ("appos", "compound")
_LEADING = re.compile(r"^(?:But|And|This|That|These|Those|He|She|They|It|His|Her|Their|Its)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence is to stand: behind `before`, None where it is the first; in an answer to `question`."""

    question: str
    before: Verdict | None
    given: Mapping[str, CitedPassage]


def placed(verdict: Verdict, place: Place, parse: ParseOne) -> str | None:
    """The sentence as it can stand there, with a name in square brackets where it needs one; None where it cannot."""
    text = verdict.text
    doc = parse(text)
    begins = _beginning(doc)
    if begins is None or not verdict.support:
        return text
    token, pronoun = begins
    key_of, stretch = verdict.support[0]
    source = parse(" ".join(place.given[key_of].text[stretch.start : stretch.end].split()))
    follows = _follows(verdict, place)
    if token is None:
        return text if follows else None
    if pronoun:
        if place.before is None:
            return None
        return _pronoun_placed(token, source, place, follows=follows)
    return _noun_placed(token, source, verdict, place, follows=follows)


def leans(text: str) -> bool:
    """Whether a sentence begins with a word that means something in the sentence before."""
    leading = _LEADING.match(text.lstrip("“\"'")) is not None and not _CLEFT.match(text)
    return leading or _SAID_BY.search(text) is not None


def _beginning(doc: Doc) -> tuple[Token | None, bool] | None:
    """The word at the beginning of a sentence that may lean on another sentence, and whether it is a pronoun.

    No word for "There, …"; None where the sentence begins with nothing of the kind.
    """
    text = doc.text
    if _OF_THE_PLACE.match(text):
        return None, True
    if _CLEFT.match(text):
        return None
    first = next((t for t in doc if not t.is_punct), None)
    if first is not None and first.lower_ in _PRONOUNS:
        return (first, True) if first.dep_ != "det" or not _is_named(first.head) else None
    head = next((t for t in doc if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"), None)
    if head is not None and head.lower_ in _PERSONAL and _SAID_BY.search(text):
        return head, True
    if head is None or any(t.tag_ in _NAMES for t in doc[: head.right_edge.i + 1]):
        return None
    if head.lower_ in _PERSONAL:
        return head, True
    return (head, False) if head.tag_ in ("NN", "NNS") and doc[head.left_edge.i].lower_ == "the" else None


def _pronoun_placed(token: Token, source: Doc, place: Place, *, follows: bool) -> str | None:
    text, before = token.doc.text, place.before
    assert before is not None
    owner = token.lower_ in ("its", "their")
    if owner:
        known = any(_has(before.text, name.words) for name in names_in(source.text))
        return text if known or follows else None
    name = _subject_name(token.head, token.dep_, source)
    if name is None:
        return text if follows else None
    if _has(before.text, name):
        return text
    return _with(token, name) if token.lower_ in _PERSONAL else None


def _noun_placed(head: Token, source: Doc, verdict: Verdict, place: Place, *, follows: bool) -> str | None:
    text = head.doc.text
    known = place.before.text if place.before is not None else place.question
    name = _called(head, source) or _subject_name(head.head, head.dep_, source, unless=head)
    if name is not None:
        return text if _has(known, name) else _with(head, name)
    if not _may_be_several(head.lower_):
        return text
    in_source = any(lemma(t.lower_) == lemma(head.lower_) for t in source)
    if in_source:
        called = _called_by_name(head, place.given[verdict.support[0][0]])
        if len(called) == 1 and not _has(known, called[0]):
            return _with(head, called[0])
        if place.before is not None and called and not follows:
            return text if any(_has(known, name) for name in called) else None
        return text if place.before is None or follows or _same_article(verdict, place) else None
    named = [n for n in names_in(source.text) if n.start or len(n.words) > 1]
    if named and not any(_has(known, n.words) for n in named):
        return None
    return text if place.before is None or follows or _same_article(verdict, place) else None


def _called(head: Token, source: Doc) -> tuple[str, ...] | None:
    """The name that the source puts beside the same noun: "The captain, Ludmila Harke, …", "chairman Rolf Stenmark"."""
    for token in source:
        if token.tag_ in _NAMES or lemma(token.lower_) != lemma(head.lower_):
            continue
        beside = [c for c in token.children if c.dep_ in _NAMED_BY_ADDING]
        beside += [token.head] if token.dep_ in _NAMED_BY_ADDING else []
        names = [n for c in beside if c.tag_ in _NAMES and (n := _name_at(c)) is not None]
        if len(names) == 1:
            return names[0]
    return None


def _subject_name(verb: Token, role: str, source: Doc, unless: Token | None = None) -> tuple[str, ...] | None:
    """Who or what does the same in the source, by name; None where the source does not name it there."""
    if unless is not None and any(lemma(t.lower_) == lemma(unless.lower_) for t in source if t.tag_ not in _NAMES):
        return None
    doing = [t for t in source if t.tag_[:2] in ("VB", "MD") and lemma(t.lower_) == lemma(verb.lower_)]
    subjects = [c for t in doing for c in t.children if c.dep_ == role]
    if len(subjects) != 1:
        return None
    (subject,) = subjects
    beside = [subject, *(c for c in subject.children if c.dep_ == "appos")]
    names = [n for c in beside if c.tag_ in _NAMES and (n := _name_at(c)) is not None]
    return names[0] if names else None


def _called_by_name(head: Token, passage: CitedPassage) -> list[tuple[str, ...]]:
    """The names of an article with the noun in them: "Northgate Museum" for "the museum"."""
    names = {
        tuple(key(w) for w in n.words): n.words
        for n in names_in(passage.article or passage.text)
        if len(n.words) > 1 and any(lemma(key(w)) == lemma(head.lower_) for w in n.words)
    }
    return list(names.values())


def _name_at(token: Token) -> tuple[str, ...] | None:
    at = token.idx
    return next((n.words for n in names_in(token.doc.text) if n.start <= at < n.end), None)


def _is_named(head: Token) -> bool:
    return any(t.tag_ in _NAMES for t in head.subtree)


def _has(text: str, name: tuple[str, ...]) -> bool:
    """Whether a text has the words that tell a name from others: of "Ines Calder" the last, of "Orsa Museum" both."""
    said = {key(w) for w in re.findall(r"[\w’'.-]+", text)}
    return {key(w) for w in (name if is_body(name) else name[-1:])} <= said


def _with(token: Token, name: tuple[str, ...]) -> str:
    text, end = token.doc.text, token.idx + len(token.text)
    return f"{text[:end]} [{' '.join(name)}]{text[end:]}"


def _may_be_several(noun: str) -> bool:
    """Whether a noun is of persons or bodies, of which an answer may speak of more than one."""
    lists = title_words()
    return is_person_noun(noun) or noun in lists.enterprises | lists.public | lists.bodies | lists.titles


def _same_article(verdict: Verdict, place: Place) -> bool:
    assert place.before is not None
    ours = {place.given[k].article for k, _ in verdict.support}
    return bool(ours & {place.given[k].article for k, _ in place.before.support})


def _follows(verdict: Verdict, place: Place) -> bool:
    """Whether the source says it right behind what bears out the sentence before, or in the same sentence."""
    if place.before is None:
        return False
    key_of, stretch = verdict.support[0]
    sentences = place.given[key_of].sentences
    at = next((i for i, s in enumerate(sentences) if s == stretch), None)
    near = {stretch} | ({sentences[at - 1]} if at else set())
    return any(k == key_of and s in near for k, s in place.before.support)

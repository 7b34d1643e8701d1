"""A sentence as its facts are compared: relations, dates and numbers as one word each, whom its pronouns mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_body, is_person_noun, names_in
from retrieval.answering.verification.cited import CitedPassage, Said
from retrieval.answering.verification.clauses import Predicate, predicates
from retrieval.answering.verification.days import Days, days_of
from retrieval.answering.verification.described import is_bare_description, is_unclear, meant
from retrieval.answering.verification.figures import Figure, figures
from retrieval.answering.verification.grammar import Relation, Role
from retrieval.answering.verification.likeness import is_name
from retrieval.answering.verification.relations import Relations, means_something, relations_of
from retrieval.answering.verification.words import classes, lemma
from retrieval.schema import Stretch, TimeExpression

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Doc, Token

_PERSONAL = frozenset("he she him her his hers himself herself".split())  # noqa: SIM905
_SPEAKING = frozenset("i me my we us our".split())  # noqa: SIM905
_THINGS = frozenset("it its itself they them their theirs".split())  # noqa: SIM905
_LEAVING_OUT = frozenset(("outside", "except", "unlike", "rather than", "instead of", "other than", "apart from"))
_WHOLE = frozenset(("all", "every", "everyone", "everybody", "everything", "each", "both"))
_REACH = 3  # sentences that a pronoun reaches back over


@dataclass(frozen=True)
class Facts:
    """One parsed sentence; a date or a number of several words stands where the first of them that governs it does."""

    doc: Doc
    published: date | None
    reported: tuple[Stretch, ...] = ()
    """What it gives to somebody's word."""

    @cached_property
    def days(self) -> Days:
        return days_of(self.doc.text, self.published)

    @cached_property
    def dates(self) -> dict[int, TimeExpression]:
        """The dates, by the place of the word that stands for them."""
        return {self._standing(Stretch(e.start, e.end)): e for e in self.days.dates() if self._inside(e.start, e.end)}

    def date_words(self, at: int) -> str:
        """The date that stands at a place, as printed."""
        return self.days.words(self.dates[at]).casefold().removeprefix("this ")

    @cached_property
    def dated(self) -> frozenset[int]:
        """The places of the words of dates."""
        return frozenset(t.i for e in self.dates.values() for t in self._inside(e.start, e.end))

    @cached_property
    def numbers(self) -> dict[int, Figure]:
        """The numbers, by the place of the word that stands for them."""
        found = figures(self.doc.text, self.days.stretches)
        counted = {self._standing(f.stretch): f for f in found if self._inside(*f.stretch)}
        return {at: f for at, f in counted.items() if not _is_anybody(self.doc[at])}

    @cached_property
    def _standing_for(self) -> dict[int, int]:
        """Words of dates and numbers -> the word that stands for the whole."""
        stretches = [(e.start, e.end) for e in self.dates.values()] + [f.stretch for f in self.numbers.values()]
        return {t.i: self._standing(Stretch(*s)) for s in stretches for t in self._inside(*s)}

    def _inside(self, start: int, end: int) -> list[Token]:
        return [t for t in self.doc if t.idx < end and start < t.idx + len(t)]

    def _standing(self, stretch: Stretch) -> int:
        inside = self._inside(*stretch)
        return int(next((t.i for t in inside if t.head not in inside), inside[0].i))

    @cached_property
    def relations(self) -> Relations:
        """The relations, with dates and numbers as one word."""
        plain, whole = relations_of(self.doc), self._standing_for
        moved = (
            Relation(whole.get(r.head, r.head), r.role, whole.get(r.dependent, r.dependent), r.word)
            for r in plain.listed
        )
        return Relations(self.doc, tuple(dict.fromkeys(r for r in moved if r.head != r.dependent)))

    @cached_property
    def words(self) -> list[Token]:
        """The words that mean something, each date and number once."""
        whole = self._standing_for
        return [t for t in self.doc if whole.get(t.i, t.i) == t.i and (t.i in whole or means_something(t))]

    @cached_property
    def set_aside(self) -> frozenset[int]:
        """The places of the words that are told of by what they are not: "by skill, not by luck"."""
        behind = (i for token in self.doc if _sets_aside(token) for i in _told_behind(token))
        return frozenset((*behind, *(t.i for t in self.doc if _is_not_all(t))))

    @cached_property
    def predicates(self) -> Mapping[int, Predicate]:
        """What is said of each verb, adjective and noun: whether, and how surely."""
        found = predicates(self.doc)
        return {p.at: replace(p, alleged=True) if self._is_reported(p.at) else p for p in found}

    def _is_reported(self, at: int) -> bool:
        return any(s.start <= self.doc[at].idx < s.end for s in self.reported)


@dataclass(frozen=True)
class Statement:
    """A sentence of a cited passage; `means` gives the words, of it or of others before, that a word stands for."""

    facts: Facts
    passage: CitedPassage
    start: int
    before: tuple[Facts, ...] = ()

    @cached_property
    def said(self) -> list[Said]:
        """What of it is given to somebody's word."""
        end = self.start + len(self.facts.doc.text)
        return [s for s in self.passage.said if s.start < end and self.start < s.end]

    def speakers_at(self, token: Token) -> list[Said]:
        """Who says a word of it."""
        at = self.start + token.idx
        return [s for s in self.said if s.start <= at < s.end]

    def means(self, at: int) -> list[tuple[Facts, int]]:
        """What the word at a place stands for: itself, its other names, what a pronoun refers to."""
        facts, token = self.facts, self.facts.doc[at]
        found = [(facts, at), *((facts, other) for other in _other_names(facts, at))]
        word = token.lower_
        if word in _PERSONAL:
            found += self._before(token, persons=True)
        elif word in _THINGS:
            found += self._before(token, persons=False)
        elif is_name(token) and token.text not in known_persons(self.passage):
            found += [(facts, i) for i in parts_of_name(facts, at)]
        elif is_bare_description(token):
            found += self._described(token)
        elif token.lower_ in ("who", "which", "that") and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
            found += [(facts, token.head.head.i)]
        return found

    def is_unclear(self, token: Token) -> bool:
        """Whether a word describes one of several that were named before, and it is not said which."""
        return is_bare_description(token) and is_unclear(token, [f.doc for f in self.before])

    def _described(self, token: Token) -> list[tuple[Facts, int]]:
        """What "the company" stands for, with the words of its name."""
        known = {f.doc: f for f in (*self.before, self.facts)}
        found = meant(token, [f.doc for f in self.before], known_persons(self.passage))
        return [(f, i) for t in found for f in [known[t.doc]] for i in (t.i, *parts_of_name(f, t.i))]

    def speaker_names(self, token: Token) -> tuple[str, ...]:
        """The names of whoever says "I" at this word."""
        if token.lower_ not in _SPEAKING:
            return ()
        return tuple(n for s in self.speakers_at(token) for n in s.names)

    def _before(self, token: Token, *, persons: bool) -> list[tuple[Facts, int]]:
        """The nouns that a pronoun may mean: of persons only those of the nearest sentence that has any."""
        beside = (
            {r.dependent for r in self.facts.relations.under.get(token.head.i, ()) if r.role is Role.SUBJECT}
            if token.dep_ not in ("nsubj", "nsubjpass", "poss")
            else set()
        )
        own = [
            t
            for t in self.facts.doc[: token.i]
            if t.i not in beside | self.facts.dated and _may_be_meant(t, self.passage, persons)
        ]  # "he" who does it is not "him" to whom he does
        if own and persons:
            return [(self.facts, t.i) for t in _foremost(own)]
        if own and any(t.dep_ in ("nsubj", "nsubjpass") for t in own):
            return [(self.facts, t.i) for t in _foremost(own)]
        found = [(self.facts, t.i) for t in own]
        for facts in self.before[-_REACH:][::-1]:
            there = [t for t in facts.doc if t.i not in facts.dated and _may_be_meant(t, self.passage, persons)]
            if there:
                return [*found, *((facts, t.i) for t in (_foremost(there) if persons else there))]
        return found


def _sets_aside(token: Token) -> bool:
    """Whether a word leaves out what stands behind it; "not" before a verb or a subject denies the verb."""
    before = token.nbor(-1).lower_ if token.i else ""
    word = token.lower_
    if word == "not":
        after = token.nbor() if token.i + 1 < len(token.doc) else token
        joined = before in (",", "but", "and", "–", "—") and not after.tag_.startswith(("VB", "RB", "MD"))
        return joined and not any(t.tag_ in ("MD", "VBD", "VBZ", "VBP") for t in token.doc[token.i : _behind(token)])
    return word in _LEAVING_OUT or f"{before} {word}" in _LEAVING_OUT


def _told_behind(token: Token) -> range:
    return range(token.i + 1, _behind(token))


def _is_not_all(token: Token) -> bool:
    return token.lower_ in _WHOLE and token.i > 0 and token.nbor(-1).lower_ == "not"


def _behind(token: Token) -> int:
    """Where the phrase behind a word ends: at a stop, at the next verb that tells, at a preposition behind a noun."""
    end, told = token.i + 1, False
    for word in token.doc[token.i + 1 :]:
        ends = word.is_punct or word.tag_ in ("MD", "VBD", "VBZ", "VBP") or word.lower_ == "but"
        if ends or (told and word.tag_ == "IN" and word.lower_ != "of"):
            break
        told = told or word.tag_.startswith(("NN", "CD"))
        end += 1
    return end


def _is_anybody(token: Token) -> bool:
    """ "No one", "any one": no number."""
    return token.lower_ == "one" and any(c.lower_ in ("no", "any", "some", "every") for c in token.children)


def _other_names(facts: Facts, at: int) -> list[int]:
    over, under = facts.relations.over.get(at, ()), facts.relations.under.get(at, ())
    found = [r.head for r in over if r.role is Role.CALLED] + [r.dependent for r in under if r.role is Role.CALLED]
    found += [r.dependent for r in under if r.word == "part"]
    if is_name(facts.doc[at]):  # "the skipper Jane Roe"
        found += [
            r.dependent for r in under if r.role is Role.OF and not r.word and not is_name(facts.doc[r.dependent])
        ]
    return found


def parts_of_name(facts: Facts, at: int) -> list[int]:
    """The other words of a name: "Corvin" of "Corvin Bank"."""
    under = facts.relations.under.get(at, ())
    return [r.dependent for r in under if r.role is Role.OF and not r.word and is_name(facts.doc[r.dependent])]


def _may_be_meant(token: Token, passage: CitedPassage, persons: bool) -> bool:
    if not token.tag_.startswith("NN") or token.dep_ in ("compound", "nmod", "amod", "npadvmod"):
        return False
    if not persons:
        dated = lemma(token.text) in classes().calendar | classes().units
        return not dated and not (is_name(token) and token.text in _named_in_full(passage))
    return token.text in known_persons(passage) if is_name(token) else is_person_noun(token.text)


def _foremost(tokens: Sequence[Token]) -> list[Token]:
    """The subject of a sentence among its nouns; else the subjects of its clauses, else all."""
    subjects = [t for t in tokens if t.dep_ in ("nsubj", "nsubjpass")]
    return [t for t in subjects if t.head.dep_ == "ROOT"] or subjects or list(tokens)


def known_persons(passage: CitedPassage) -> frozenset[str]:
    """The surnames that the article uses of persons: of those it quotes, and of names of two words that are no bodies.

    "Herring Fair" is none where the article also writes "fair".
    """
    return _known_persons(passage.article or passage.text, tuple(n for said in passage.said for n in said.names))


def _named_in_full(passage: CitedPassage) -> frozenset[str]:
    """The same of names of two words alone: a city that is quoted by its only name is an "it"."""
    return _known_persons(passage.article or passage.text, ())


@functools.lru_cache(maxsize=256)
def _known_persons(article: str, speakers: tuple[str, ...]) -> frozenset[str]:
    named = [n for name in speakers for n in names_in(name) if not is_body(n.words)]
    full = [n for n in names_in(article) if len(n.words) > 1 and not is_body(n.words)]
    plain = set(re.findall(r"(?<!\w)[a-z]+(?!\w)", article))
    last = {n.words[-1] for n in (*named, *full) if n.words[-1].lower() not in plain}
    return frozenset(last | {name.rpartition("-")[2] for name in last})  # the parser parts "Roe-Doe"

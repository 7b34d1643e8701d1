"""Each thing that a written sentence says is stated by one source sentence, of the same persons and things.

The predicates of the written sentence are looked for in every source sentence; each has to be there with its subject,
its objects and what stands beside it in the same roles, as sure and as little denied. What narrows a noun down may be
stated elsewhere in the passages, numbers and comparisons aside. After the arc-wise entailment of Goyal and Durrett,
Evaluating Factuality in Generation with Dependency-level Entailment (2020), with rules in place of their classifier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answering.verification.arguments import Arguments
from retrieval.answering.verification.calling import Callings
from retrieval.answering.verification.cited import Fault, Finding, Said
from retrieval.answering.verification.comparing import told_alike
from retrieval.answering.verification.compounds import loosened
from retrieval.answering.verification.covering import Covering
from retrieval.answering.verification.crossed import crossed, misplaced
from retrieval.answering.verification.described import is_bare_description
from retrieval.answering.verification.grammar import Relation, Role, is_copula
from retrieval.answering.verification.likeness import Likeness, Near, is_name, same_name
from retrieval.answering.verification.narrowing import Narrowing
from retrieval.answering.verification.referring import WILD, Referring
from retrieval.answering.verification.stated import Facts, Statement
from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Fits = Callable[[str, Said, Statement], bool]
"""Whether a written speaker is the one to whom a statement's passage gives words."""

_NEAR_CLAUSE = 3  # between a verb and the verb of a clause of it
_LONGEST_TITLE = 5  # words
_LEFT_OUT = frozenset(("also", "however", "meanwhile", "yes", "no", "there", "then", "later", "as", "so", "too", "not"))
_ROUGHLY = frozenset(
    (
        *("some", "about", "around", "roughly", "approximately", "nearly", "almost", "more", "less", "fewer"),
        *("than", "least", "most", "up", "over", "just"),
    )
)
_SAYING = frozenset(lemma(w) for w in ("say", "tell", "state", "add", "announce", "report", "note", "write"))
_REFUSING = frozenset(lemma(w) for w in ("refuse", "decline", "reject"))


@dataclass(frozen=True, slots=True)
class Report:
    """Words of the written sentence that it gives to somebody: `cue` are the places of the words that do so."""

    pieces: tuple[tuple[int, int], ...]
    who: str
    cue: frozenset[int]


def unstated(
    written: Facts,
    reports: Sequence[Report],
    quoted: Sequence[tuple[int, int]],
    statements: Sequence[Statement],
    alike: Likeness,
    fits: Fits,
    near: Near,
    *,
    as_worded: bool = False,
) -> list[Finding]:
    """What a written sentence says that no statement does, in other words too if it need not be `as_worded`.

    `quoted` are characters that were looked up already.
    """
    check = _Check(written, reports, quoted, statements, Referring(written, alike, Callings(statements)), fits)
    found = list(check.faults())
    borne_out = not found or (not as_worded and (check.is_covered(near) or check.is_chained(near)))
    if not borne_out:
        return found
    stated = [s.facts for s in statements]
    return [*loosened(check.referring, statements), *crossed(written, stated), *misplaced(written, stated)]


@dataclass(frozen=True)
class _Check:
    written: Facts
    reports: Sequence[Report]
    quoted: Sequence[tuple[int, int]]
    statements: Sequence[Statement]
    referring: Referring
    fits: Fits

    def faults(self) -> Iterator[Finding]:
        """What no source sentence states; a sentence that says nothing of anything is at fault as a whole."""
        bare = any(is_copula(t) and not self._under(t) for t in self.said)  # "The lorries are."
        if bare or _asks(self.written.doc) or (not self.said and not self.quoted):
            yield Finding(Fault.MEANING, self.written.doc.text)
            return
        found: dict[int, list[Statement]] = {}
        for predicate in self.said:
            if any(r.role is Role.CLAUSE and self.written.doc[r.head] in self.said for r in self._over(predicate)):
                continue  # looked for with the predicate that it is a clause of
            found[predicate.i] = [s for s in self.statements if self._stated(predicate, s)]
            if not found[predicate.i] or not self._of_the_same(predicate, found):
                yield Finding(Fault.MEANING, self._phrase(predicate))
        held = [s for statements in found.values() for s in statements]
        for relation in self._narrowing():
            if not self._nouns.holds(relation, held):
                yield Finding(Fault.MEANING, self._words((relation.head, relation.dependent)))

    def is_covered(self, near: Near) -> bool:
        """Whether one statement bears the sentence out in other words, and contradicts nothing of it."""
        empty = any(t.lower_ == "one" and any(c.lower_ == "the" for c in t.children) for t in self.said)
        said = any(self._under(t) for t in self.said) and not empty and not _asks(self.written.doc)
        return said and Covering(self.referring, near, self._by_whom, self._is_passed_over).borne_out(self.statements)

    def is_chained(self, near: Near) -> bool:
        """Whether each clause is stated as it is worded, or borne out by one statement in other words."""
        clauses = {t: self._clause(t) for t in self.said}
        told = frozenset().union(*clauses.values())
        framing = self._cues | self._credited | {t.i for t in self.written.words if self._governs_only(t)}
        beside = (t for t in self.written.words if t.i not in told | framing and not self._is_passed_over(t))
        if len(clauses) + bool(self._credited) < 2 or any(beside) or _asks(self.written.doc):
            return False
        described = [r for r in self._narrowing() if r.head in self._credited]
        if not all(any(self._nouns.holds_in(r, s, exact=True) for s in self.statements) for r in described):
            return False
        covering = Covering(self.referring, near, self._by_whom, self._is_passed_over)
        return all(
            self._is_stated_with(t, c) or replace(covering, within=c).borne_out(self.statements)
            for t, c in clauses.items()
        )

    def _is_stated_with(self, predicate: Token, clause: frozenset[int]) -> bool:
        held = [s for s in self.statements if self._stated(predicate, s, alone=True)]
        return bool(held) and all(self._nouns.holds(r, held) for r in self._narrowing() if r.head in clause)

    def _clause(self, predicate: Token) -> frozenset[int]:
        """The places of a predicate and of what stands under it, other predicates and what is theirs aside."""
        found, edge, others = {predicate.i}, [predicate.i], {t.i for t in self.said}
        while edge:
            under = self.written.relations.under.get(edge.pop(), ())
            new = [r.dependent for r in under if r.role is not Role.CLAUSE and r.dependent not in found | others]
            found.update(new)
            edge += new
        return frozenset(found)

    def _of_the_same(self, predicate: Token, found: Mapping[int, Sequence[Statement]]) -> bool:
        """Whether a clause that tells which ones are meant stands where that is stated which is told of them."""
        noun = predicate.head
        if predicate.dep_ not in ("relcl", "acl") or is_name(noun):
            return True
        told = [found[r.head] for r in self._over(noun) if r.head != predicate.i and r.head in found]
        beside = [s.facts for s in found[predicate.i]]
        return all(any(s.facts in beside or any(b in beside for b in s.before[-2:]) for s in each) for each in told)

    @cached_property
    def arguments(self) -> Arguments:
        return Arguments(self.referring)

    @cached_property
    def _nouns(self) -> Narrowing:
        return Narrowing(self.referring, self.statements)

    def _over(self, token: Token) -> Sequence[Relation]:
        return self.written.relations.over.get(token.i, ())

    def _under(self, token: Token) -> Sequence[Relation]:
        return self.written.relations.under.get(token.i, ())

    def _phrase(self, predicate: Token) -> str:
        return self._words((predicate.i, *(r.dependent for r in self._under(predicate) if r.role is not Role.CLAUSE)))

    def _words(self, places: Sequence[int]) -> str:
        return " ".join(self.written.doc[i].text for i in sorted(set(places)))

    # -- what is looked for

    @cached_property
    def said(self) -> list[Token]:
        """The predicates of the written sentence: its verbs, and what a copula says that something is."""
        return [t for t in self.written.words if self._is_predicate(t)]

    def _is_predicate(self, token: Token) -> bool:
        if self._is_quoted(token) or token.i in self.written.dates or token.i in self._cues:
            return False
        if token.tag_.startswith("VB") and token.dep_ not in ("amod", "compound", "nmod"):
            return not self._governs_only(token)
        first = token.head if token.dep_ == "conj" else token
        return any(is_copula(t.head) and t.dep_ in ("attr", "acomp") for t in (token, first))

    @cached_property
    def _cues(self) -> frozenset[int]:
        """Words that only say who says it: what is said has a verb of its own, or stands in quotation marks."""
        doc = self.written.doc
        cues = {i for r in self.reports if self._has_verb(r) for i in r.cue}
        return frozenset(i for i in cues if _plainly_says(doc[i]) or not doc[i].tag_.startswith("VB"))

    @cached_property
    def _credited(self) -> frozenset[int]:
        """The words for whoever says it."""
        said_by = (c for i in self._cues for c in self.written.doc[i].children if c.dep_ == "nsubj")
        credits = (t for t in self.written.doc if _is_credit(t))
        return frozenset(t.i for who in (*said_by, *credits) for t in who.subtree)

    def _has_verb(self, report: Report) -> bool:
        verbs = (t for t in self.written.words if t.tag_.startswith("VB") or is_copula(t.head))
        return any(s <= t.idx < e for t in verbs for s, e in (*report.pieces, *self.quoted))

    def _is_quoted(self, token: Token) -> bool:
        """Whether a word stands in words that were looked up; a title in quotation marks is a name like any other."""
        text = self.written.doc.text
        return any(start <= token.idx < end and not _is_title(text[start:end]) for start, end in self.quoted)

    def _governs_only(self, token: Token) -> bool:
        """A verb that says of another only how sure it is, or that it begins: "plans to test"."""
        known = classes()
        governing = known.planning | known.implying | known.supposing | _REFUSING
        if lemma(token.text) not in governing and not _plainly_says(token):
            return False
        asked = any(r.role is Role.OBJECT or r.word == "by" for r in self._under(token))
        if asked and not (lemma(token.text) in known.planning and _is_expected(token)):
            return False  # "asked her to go": who is asked is compared, too
        return any(c.dep_ == "xcomp" or (c.dep_ == "ccomp" and _plainly_says(token)) for c in token.children)

    # -- a predicate in one statement

    def _stated(self, predicate: Token, statement: Statement, *, alone: bool = False) -> bool:
        return any(self._holds(predicate, t, statement, alone=alone) for t in self._told(predicate, statement))

    def _told(self, predicate: Token, statement: Statement) -> Iterator[Token]:
        light = self._may_be_light(predicate)
        for token in statement.facts.words:
            if self.referring.same(predicate, token, statement.facts) or (light and _is_light(token)):
                yield token

    def _may_be_light(self, predicate: Token) -> bool:
        """Whether a verb says so little, and what stands with it so much, that another of the kind may replace it."""
        beside = (r for r in self._under(predicate) if r.role is not Role.CLAUSE)
        return _is_light(predicate) and len({r.role for r in beside if self._names(self.written.doc[r.dependent])}) > 1

    def _names(self, token: Token) -> bool:
        return token.lower_ not in WILD and not token.tag_.startswith(("RB", "RP"))

    def _holds(self, predicate: Token, stated: Token, statement: Statement, *, alone: bool = False) -> bool:
        """Whether it is stated so; the clauses of one that is looked at `alone` are looked for by themselves."""
        if not self._as_sure(predicate, stated, statement) or not self._by_whom(predicate, stated, statement):
            return False
        return all(
            (alone and dependent in self.said) or self._clause_holds(dependent, stated, statement)
            if relation.role is Role.CLAUSE
            else self.arguments.stands(relation, stated, statement)
            for relation in self._under(predicate)
            if not self._is_passed_over(dependent := self.written.doc[relation.dependent])
        )

    def _is_passed_over(self, token: Token) -> bool:
        if token.lower_ in _ROUGHLY and any(r.head in self.written.numbers for r in self._over(token)):
            return True  # compared as bounds of the number
        return token.lower_ in _LEFT_OUT or self._is_quoted(token) or token.i in self._cues or _is_credit(token)

    def _clause_holds(self, dependent: Token, stated: Token, statement: Statement) -> bool:
        if dependent not in self.said:
            return True
        relations = statement.facts.relations
        return any(
            relations.steps(stated.i, t.i) <= _NEAR_CLAUSE and self._holds(dependent, t, statement)
            for t in self._told(dependent, statement)
        )

    def _as_sure(self, predicate: Token, stated: Token, statement: Statement) -> bool:
        own, theirs = self.written.predicates.get(predicate.i), statement.facts.predicates.get(stated.i)
        return own is None or theirs is None or told_alike(own, theirs)

    def _by_whom(self, predicate: Token, stated: Token, statement: Statement) -> bool:
        """Whether what the sentence gives to somebody's word is that person's in the passage."""
        for report in self.reports:
            if not report.who or not any(s <= predicate.idx < e for s, e in report.pieces):
                continue
            told = statement.speakers_at(stated) or statement.said
            if told and not any(self._is_speaker(report.who, s, statement) for s in told):
                return False
            if not told and report.who.split()[-1] not in statement.facts.doc.text:
                return False
        return True

    def _is_speaker(self, who: str, said: Said, statement: Statement) -> bool:
        """Whether a written speaker is the stated one, by name or as "the company" that he is."""
        if self.fits(who, said, statement):
            return True
        words = {w for name in said.names for w in name.split() if w.islower()}
        described = (t for t in statement.facts.doc if t.lower_ in words and is_bare_description(t))
        last = who.split()[-1]
        return any(same_name(last, f.doc[at].text) for t in described for f, at in statement.means(t.i))

    # -- what narrows nouns down

    def _narrowing(self) -> Iterator[Relation]:
        for relation in self.written.relations.listed:
            head, dependent = self.written.doc[relation.head], self.written.doc[relation.dependent]
            if relation.role is Role.CLAUSE or head in self.said:
                continue
            if relation.word == "part" and dependent not in self.said:  # "was one of the mentors": one says nothing
                continue
            if (self._is_passed_over(head) and not _is_credit(head)) or self._is_passed_over(dependent):
                continue
            governs = head.tag_.startswith("VB") and head.dep_ not in ("amod", "compound", "nmod")
            if dependent.lower_ not in WILD and not governs:
                yield relation


def _asks(doc: Doc) -> bool:
    """Whether a sentence is a question, or begins as one."""
    return any(t.tag_ in ("WP", "WRB", "WDT") and t.i == 0 and t.head.dep_ == "ROOT" for t in doc)


def _is_expected(verb: Token) -> bool:
    """ "Is expected to", by nobody that is named: says when, as "will" does."""
    return any(c.dep_ == "auxpass" for c in verb.children) and not any(c.dep_ == "agent" for c in verb.children)


def _plainly_says(token: Token) -> bool:
    return lemma(token.text) in _SAYING


def _is_light(token: Token) -> bool:
    return token.tag_.startswith("VB") and lemma(token.text) in classes().light - _SAYING


def _is_credit(token: Token) -> bool:
    return token.dep_ == "pobj" and "according" in (token.head.lower_, token.head.head.lower_)


def _is_title(quoted: str) -> bool:
    words = quoted.strip(' ,.“”"').split()
    return len(words) <= _LONGEST_TITLE and all(w[:1].isupper() for w in words if len(w) > 3)

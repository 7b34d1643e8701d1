"""Whether an argument of a written predicate stands in a statement in the same role: who, whom, where, when, how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.verification.grammar import Relation, Role
from retrieval.answering.verification.likeness import is_name
from retrieval.answering.verification.referring import WILD, Referring, is_person
from retrieval.answering.verification.stated import Statement
from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPPOSED = (("from", "to"), ("before", "after"), ("until", "since"), ("above", "below"), ("over", "under"))
_PLACES = frozenset(("in", "at", "on", "within", "inside"))
_AGAINST = frozenset(("to", "from", "against", "over", "with"))
_LIMITS = frozenset(("by", "until", "till", "since", "before", "after"))
_REACH = 3  # nouns between a predicate and what stands beside it


@dataclass(frozen=True)
class Arguments:
    """Looks for the arguments of a written sentence's predicates; `referring` compares words."""

    referring: Referring

    def stands(self, relation: Relation, stated: Token, statement: Statement) -> bool:
        """Whether a statement has the argument of `relation` in its role to `stated`, the predicate found in it."""
        dependent = self.referring.written.doc[relation.dependent]
        if dependent.lower_ in WILD and dependent.i not in self.referring.written.numbers:
            return self._pronoun_stands(dependent, relation, stated, statement)
        facts = statement.facts
        for other in facts.words:
            if other.i == stated.i or not self._is_meant(dependent, other, statement):
                continue
            if _denied(dependent) != _denied(other) or self.referring.is_part(dependent, other, statement):
                continue
            if relation.role is Role.SUBJECT and self._is_of_narrower(relation, other, statement):
                continue
            if self._in_role(relation, stated, other, statement):
                return True
        return any(
            self.referring.says_i(dependent, other, statement)
            and any(r.role is relation.role for r in facts.relations.between(stated.i, other.i))
            for other in facts.doc
        )

    def _is_meant(self, dependent: Token, other: Token, statement: Statement) -> bool:
        """Whether a word is the written one, under the name that the written one has beside it, too."""
        written = self.referring.written
        under = written.relations.under.get(dependent.i, ())
        named = [t for r in under if r.role is Role.CALLED and is_name(t := written.doc[r.dependent])]
        means = self.referring.means
        return means(dependent, other, statement) and all(means(n, other, statement) for n in named)

    def _is_of_narrower(self, relation: Relation, other: Token, statement: Statement) -> bool:
        """Whether an amount is told of what the statement narrows down: of the price, where it has a reserve price."""
        written = self.referring.written
        if relation.head not in written.numbers or is_name(other):
            return False
        facts = statement.facts
        under = (r for r in facts.relations.under.get(other.i, ()) if r.role is Role.OF and not r.word)
        narrowing = [t for r in under if (t := facts.doc[r.dependent]).dep_ in ("compound", "amod") and not is_name(t)]
        own = written.doc
        return any(not any(self.referring.same(t, n, facts) for t in own) for n in narrowing)

    def is_taken(self, relation: Relation, stated: Token, statement: Statement) -> bool:
        """Whether the statement has another name in the place of this one: "a win over Roe", not over Doe."""
        dependent, facts = self.referring.written.doc[relation.dependent], statement.facts
        if not relation.word or not is_name(dependent) or relation.dependent in self.referring.written.dates:
            return False
        under = facts.relations.under.get(stated.i, ())
        there = [r for r in under if r.word == relation.word and r.dependent not in facts.dates]
        return bool(there) and not any(
            self.referring.means(dependent, facts.doc[r.dependent], statement) for r in there
        )

    def _pronoun_stands(self, pronoun: Token, relation: Relation, stated: Token, statement: Statement) -> bool:
        facts = statement.facts
        under = facts.relations.under.get(stated.i, ())
        fillers = [facts.doc[r.dependent] for r in under if r.role is relation.role]
        if not fillers or relation.role not in (Role.SUBJECT, Role.OBJECT):
            return True
        meant = self.referring.antecedent(pronoun, statement)
        if meant is not None:
            return any(
                self.referring.means(meant, t, statement) or self.referring.says_i(meant, t, statement) for t in fillers
            )
        personal = pronoun.lower_ in ("he", "she", "him", "her")
        return not personal or any(t.tag_ == "PRP" or is_person(t, statement) for t in fillers)

    def _in_role(self, relation: Relation, stated: Token, other: Token, statement: Statement) -> bool:
        words = [stated, *_carrying(stated, statement), *_called(stated, statement)]
        if stated.dep_ == "acomp":
            words.append(stated.head)  # "stay" of "stay shut until May"
        return any(self._directly(relation, word, other, statement) for word in words)

    def _directly(self, relation: Relation, stated: Token, other: Token, statement: Statement) -> bool:
        direct = statement.facts.relations.between(stated.i, other.i)
        if not stated.tag_.startswith("VB"):
            if direct or relation.role is not Role.BESIDE or not relation.word:
                turned = _turned(relation, stated, direct) or _possessed(relation, direct)
                return (
                    bool(direct)
                    and not turned
                    and not is_exchanged(self.referring.written.doc[relation.head], relation, direct)
                )
            return not self.is_taken(relation, stated, statement) and _under_the_same(stated, other, statement)
        light = relation.role is Role.BESIDE and _is_light(self.referring.written.doc[relation.head])
        if light and not _alike(relation.word, statement.facts.relations.over.get(other.i, ())):
            return False
        down = [r for r in direct if r.head == stated.i and not _opposed(relation.word, r.word)]
        if any(r.role is relation.role for r in down):
            return True
        if relation.role is Role.SUBJECT:
            return self._does_it(relation, stated, other, down, statement)
        if relation.role is Role.OBJECT:
            return self._undergoes_it(relation, stated, other, down, statement)
        return self._beside_it(relation, stated, other, down, statement)

    def _does_it(
        self, relation: Relation, stated: Token, other: Token, down: Sequence[Relation], statement: Statement
    ) -> bool:
        """ "By hand"; "it closed" of "they closed it"."""
        if relation.word == "by" and any(r.word == "by" for r in down):
            return True
        own = lemma(self.referring.written.doc[relation.head].text)
        subject = Role.SUBJECT in _roles(statement.facts.relations.under.get(stated.i, ()))
        turns = not subject or own != lemma(stated.text) or own in classes().ergative
        alone = Role.OBJECT not in self._own_roles(relation)
        return turns and alone and not is_person(other, statement) and any(r.role is Role.OBJECT for r in down)

    def _undergoes_it(
        self, relation: Relation, stated: Token, other: Token, down: Sequence[Relation], statement: Statement
    ) -> bool:
        """ "Discussed it" of "talked about it"; "it was closed" of "it closed"."""
        if any(r.role is Role.BESIDE and r.word for r in down):
            return lemma(self.referring.written.doc[relation.head].text) != lemma(stated.text)
        theirs = _roles(statement.facts.relations.under.get(stated.i, ()))
        alone = Role.OBJECT not in theirs and Role.SUBJECT not in self._own_roles(relation)
        return alone and any(r.word != "as" for r in down) and not is_person(other, statement)

    def _beside_it(
        self, relation: Relation, stated: Token, other: Token, down: Sequence[Relation], statement: Statement
    ) -> bool:
        roles = _roles(down)
        if roles & {Role.BESIDE, Role.OBJECT} and relation.word != "by":
            other_verb = lemma(self.referring.written.doc[relation.head].text) != lemma(stated.text)
            return not relation.word or other_verb or Role.BESIDE in roles
        if self.is_taken(relation, stated, statement):
            return False
        only = other.i in statement.facts.dates and len(statement.facts.dates) == 1  # it dates all that is told there
        only = only and relation.word not in _LIMITS  # not a limit, which is that of one thing
        return only or _under_the_same(stated, other, statement) or _beside_its_governor(stated, other, statement)

    def _own_roles(self, relation: Relation) -> frozenset[Role]:
        return _roles(self.referring.written.relations.under.get(relation.head, ()))


def _roles(relations: Sequence[Relation]) -> frozenset[Role]:
    return frozenset(r.role for r in relations)


def _carrying(noun: Token, statement: Statement) -> list[Token]:
    """Verbs that say nothing but their object: "put" of "put the blame on it"."""
    if not noun.tag_.startswith("NN"):
        return []
    over = (r for r in statement.facts.relations.over.get(noun.i, ()) if r.role is Role.OBJECT)
    verbs = (statement.facts.doc[r.head] for r in over)
    return [v for v in verbs if lemma(v.text) in classes().light]


def _called(stated: Token, statement: Statement) -> list[Token]:
    """What else the statement calls the same: "61 percent, the lowest since 1996"."""
    over = statement.facts.relations.over.get(stated.i, ())
    return [statement.facts.doc[r.head] for r in over if r.role is Role.CALLED]


def _under_the_same(stated: Token, other: Token, statement: Statement) -> bool:
    """Whether a word stands in the clause of a predicate, not as who does it, with no other verb between."""
    relations, doc = statement.facts.relations, statement.facts.doc
    edge, seen = {other.i}, {other.i}
    for _ in range(_REACH):
        above = [r for i in edge for r in relations.over.get(i, ()) if r.head not in seen]
        if any(r.head == stated.i and r.role is not Role.SUBJECT for r in above):
            return True
        edge = {r.head for r in above if not doc[r.head].tag_.startswith("VB") or _joins(doc[r.head], stated)}
        seen |= edge
    return False


def _joins(verb: Token, stated: Token) -> bool:
    """Whether a verb is the participle of another: "won, beating her by 312 votes"."""
    return verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl") and verb.head == stated


def _beside_its_governor(stated: Token, other: Token, statement: Statement) -> bool:
    """ "Voted on Tuesday to end it": a reader cannot tell either what the day belongs to."""
    between = statement.facts.relations.between(stated.head.i, other.i)
    return stated.dep_ == "xcomp" and any(r.role is Role.BESIDE for r in between)


def _is_light(verb: Token) -> bool:
    """Whether a verb says so little that the preposition behind it tells all: "is from", "goes to"."""
    return verb.tag_.startswith("VB") and lemma(verb.text) in classes().light


def _alike(word: str, down: Sequence[Relation]) -> bool:
    return not word or any(not r.word or r.word == word or {word, r.word} <= _PLACES for r in down)


def _denied(token: Token) -> bool:
    return not token.tag_.startswith("VB") and any(c.dep_ == "neg" for c in token.children)


def _turned(relation: Relation, stated: Token, direct: Sequence[Relation]) -> bool:
    """Whether subject and what is said of it have changed places."""
    return relation.role is Role.SUBJECT and all(r.role is Role.SUBJECT and r.head != stated.i for r in direct)


def _possessed(relation: Relation, direct: Sequence[Relation]) -> bool:
    """Whether the subject only has what it is said to be: the mentor of Roe is not Roe."""
    return relation.role is Role.SUBJECT and all(r.role is Role.OF and r.word == "of" for r in direct)


def is_exchanged(verb: Token, relation: Relation, direct: Sequence[Relation]) -> bool:
    """Whether a noun that tells what a verb tells has it the other way: "Roe lost to Doe", "Doe's loss to Roe"."""
    if not verb.tag_.startswith("VB") or not direct:
        return False
    if relation.role is Role.SUBJECT:
        return all(r.word in _AGAINST for r in direct)
    return relation.word in _AGAINST and all(r.word == "of" for r in direct)


def _opposed(a: str, b: str) -> bool:
    return any({*a.split()[-1:], *b.split()[-1:]} == set(pair) for pair in _OPPOSED)

"""What narrows a noun down in a written sentence, a name, a phrase, an adjective or a number, does so in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.verification.arguments import Arguments
from retrieval.answering.verification.grammar import Relation, Role
from retrieval.answering.verification.likeness import is_name, opposed
from retrieval.answering.verification.referring import Referring
from retrieval.answering.verification.stated import Statement
from retrieval.answering.verification.words import contrary, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAME_SENTENCE = 4  # relations between a noun and a name or a phrase that narrows it down
_NEAR_NOUN = 2  # between a noun and what is counted or measured of it, where the source words it otherwise


@dataclass(frozen=True)
class Narrowing:
    """Looks for relations of a written sentence's nouns in the statements of its sources."""

    referring: Referring
    statements: Sequence[Statement]

    def holds(self, relation: Relation, held: Sequence[Statement]) -> bool:
        """Whether a noun is narrowed down so; `held` are the statements of what is told of it.

        Names, phrases and adjectives count wherever they stand so, numbers where the predicate stands.
        """
        dependent = self.referring.written.doc[relation.dependent]
        figure = self.referring.written.numbers.get(relation.dependent)
        measured = figure is not None or dependent.tag_ in ("JJR", "JJS", "RBR", "RBS")
        exact = measured and not (figure is not None and figure.unit) and dependent.lower_ not in ("each", "every")
        if self._is_anothers(relation, held) or self._is_opposed(relation, held):
            return False
        near = [s for s in self.statements if s in held or any(s.facts in h.before[-2:] for h in held)]
        within = near if measured and held else self.statements
        if held and figure is not None and figure.ordinal:
            within = held
        return any(self.holds_in(relation, s, exact=exact or (bool(held) and s not in near)) for s in within)

    def _is_anothers(self, relation: Relation, held: Sequence[Statement]) -> bool:
        """Whether the noun has another name beside it wherever that is stated which is told of it: "Norway's coast"."""
        head, dependent = self.referring.written.doc[relation.head], self.referring.written.doc[relation.dependent]
        if is_name(head) or not is_name(dependent) or relation.word not in ("", "of") or relation.role is not Role.OF:
            return False
        places = [(t, s) for s in held for t in s.facts.words if self.referring.same(head, t, s.facts)]
        named = [self._names_beside(t, s) for t, s in places]
        return bool(places) and all(
            names and not any(self.referring.means(dependent, n, s) for n in names)
            for names, (_, s) in zip(named, places, strict=True)
        )

    def _is_opposed(self, relation: Relation, held: Sequence[Statement]) -> bool:
        """Whether the noun has the opposite beside it where that is stated which is told of it: "partial eclipses"."""
        head, own = self.referring.written.doc[relation.head], self.referring.written.doc[relation.dependent]
        if own.dep_ != "amod" or not held:
            return False
        nouns = [(t, s) for s in held for t in s.facts.words if self.referring.same(head, t, s.facts)]
        beside = [[c for c in t.children if c.dep_ == "amod"] for t, _ in nouns]
        return bool(nouns) and all(any(_are_opposites(own, c) for c in there) for there in beside)

    def _names_beside(self, noun: Token, statement: Statement) -> list[Token]:
        facts = statement.facts
        under = (r for r in facts.relations.under.get(noun.i, ()) if r.role is Role.OF and r.word in ("", "of"))
        return [t for r in under if is_name(t := facts.doc[r.dependent]) and r.dependent not in facts.dates]

    def holds_in(self, relation: Relation, statement: Statement, *, exact: bool) -> bool:
        """Whether one statement has it, word by word where it is `exact`."""
        head, dependent = self.referring.written.doc[relation.head], self.referring.written.doc[relation.dependent]
        facts = statement.facts
        nouns = [t for t in facts.words if self.referring.means(head, t, statement)]
        beside = [t for t in facts.words if nouns and self.referring.means(dependent, t, statement)]
        beside = [t for t in beside if not self.referring.is_part(dependent, t, statement)]  # of half of it
        return any(
            _stand_alike(relation, facts.relations.between(a.i, b.i))
            or (not exact and self._holds_loosely(relation, a, b, statement))
            for a in nouns
            for b in beside
            if a.i != b.i
        )

    def _holds_loosely(self, relation: Relation, noun: Token, other: Token, statement: Statement) -> bool:
        """Where the source words it otherwise; not where it has another name in that place."""
        if relation.role is Role.CALLED or Arguments(self.referring).is_taken(relation, noun, statement):
            return False
        dependent, relations = self.referring.written.doc[relation.dependent], statement.facts.relations
        measured = relation.dependent in self.referring.written.numbers or self.referring.written.doc[
            relation.head
        ].tag_.startswith("JJ")
        if relation.word or is_name(dependent) or relation.dependent in self.referring.written.dates:
            far = _SAME_SENTENCE
            does_it = any(r.role is Role.SUBJECT for r in relations.over.get(other.i, ()))
            if does_it and relation.word not in ("", "of"):
                return False  # "a van on Customs Quay" is not one on whoever saw it
        else:
            far = _NEAR_NOUN if measured else 1
        return relations.steps(noun.i, other.i, far) <= far


def _are_opposites(a: Token, b: Token) -> bool:
    return contrary(lemma(a.text), lemma(b.text)) or opposed(a, b)


def _stand_alike(relation: Relation, direct: Sequence[Relation]) -> bool:
    """Whether two words stand to each other as two others do: whoever is called a mentor has none by that."""
    if relation.word == "of":
        return any(r.role is not Role.CALLED for r in direct)
    return any(relation.role is not Role.CALLED or r.word != "of" for r in direct)

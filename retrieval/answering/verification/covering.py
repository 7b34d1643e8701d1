"""Whether one source sentence bears a written one out in other words: every word borne there, nothing contradicted.

Numbers, dates and names have to stand there. Other words may be borne by a near one; which it is near to is told by
word vectors. Relations are not demanded but may not be contradicted: another who does it or to whom it is done, another
number, day or name nearer to what this one is told of, another mood, another speaker. Of a clause that is looked at by
itself, who does it and to whom it is done are demanded, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answering.verification.arguments import is_exchanged
from retrieval.answering.verification.comparing import told_alike
from retrieval.answering.verification.grammar import Relation, Role, is_copula
from retrieval.answering.verification.likeness import Near, are_times, is_another, is_name, kind, opposed, rank
from retrieval.answering.verification.moods import Mood
from retrieval.answering.verification.referring import WILD, Referring
from retrieval.answering.verification.stated import Statement, known_persons
from retrieval.answering.verification.words import classes, contrary, lemma, same_root

if TYPE_CHECKING:
    from spacy.tokens import Token

BornOutBy = Callable[["Token", "Token", Statement], bool]
"""Whether a stated word is told by the person to whose word the written one is left."""

_LEAST_NEAR = 0.5  # cosine from which a word is borne by one of the source; all-MiniLM-L6-v2
_LEAST_COVERED = 0.8  # mean over the words that are no names, numbers or dates
_LEAST_WORDS = 2  # that are no names, numbers or dates: a name and a day alone say nothing
_SAME_FAMILY = 0.9
_BESIDE = 2  # relations between a noun that tells what a verb tells, and who does it
_PERSONS = frozenset(("he", "him", "she", "they", "them"))
_NO_MORE = frozenset(("still", "yet"))  # what is so now is told by the tense
_ABOUT = frozenset(("over", "about", "against", "for", "between"))
_FAR = 6  # relations between two words of one sentence, from which all are equally far


@dataclass(frozen=True)
class Covering:
    """Compares one written sentence with statements; `near` gives the cosine of two words."""

    referring: Referring
    near: Near
    by_whom: BornOutBy
    passed_over: Callable[[Token], bool]

    within: frozenset[int] | None = None
    """The places of the words that are looked at: those of a clause, or all."""

    def borne_out(self, statements: Sequence[Statement]) -> bool:
        """Whether one statement covers the sentence and contradicts nothing of it."""
        return bool(self._wanted) and any(self._borne_out_by(s) for s in statements)

    @cached_property
    def _words(self) -> list[Token]:
        words = self.referring.written.words
        return words if self.within is None else [t for t in words if t.i in self.within]

    @cached_property
    def _wanted(self) -> list[Token]:
        return [t for t in self._words if not self._says_nothing(t)]

    def _says_nothing(self, token: Token) -> bool:
        light = lemma(token.text) in classes().light and not self._is_exact(token)
        left_out = token.lower_ in WILD | _NO_MORE or self.passed_over(token)
        return left_out or token.tag_ in ("IN", "TO", "DT", "MD", "RP") or (light and not is_copula(token.head))

    def _is_exact(self, token: Token) -> bool:
        written = self.referring.written
        return token.i in written.dates or token.i in written.numbers or is_name(token)

    def _borne_out_by(self, statement: Statement) -> bool:
        pronouns = self._persons_meant(statement)
        if not all(pronouns.values()):
            return False  # "cost him" of "cost the firm"
        borne = dict(pronouns)
        worth: list[float] = []
        for token in self._wanted:
            found, value = self._bearers(token, statement)
            if value < (1.0 if self._is_exact(token) else _LEAST_NEAR):
                return False
            borne[token.i] = found
            worth += [] if self._is_exact(token) else [value]
        if not self._says_enough(worth):
            return False
        for token in self._words:  # "got", "came": nothing alone, but who got it is compared
            if token.i not in borne and token.tag_.startswith("VB"):
                same = self._carried(token, borne) or [
                    t for t in statement.facts.words if self.referring.same(token, t, statement.facts)
                ]
                light = [t for t in statement.facts.words if _is_light(t)] if self._is_placed(token) else []
                borne.update({token.i: same or light} if same or light else {})
                if not same and self._is_open(token, borne, statement):
                    return False
                if not same and (self.within is not None or self._is_done_by_name(token, statement)):
                    return False
        if not self._as_told(borne, statement) or self._mixed_up(borne, statement):
            return False
        relations = self.referring.written.relations.listed
        if any(self._contradicted(r, borne, statement) for r in relations):
            return False
        return self.within is None or all(self._is_told(r, borne, statement) for r in relations)

    def _persons_meant(self, statement: Statement) -> dict[int, list[Token]]:
        """The words of a statement for whom each "he" of the sentence means that the statement does not have itself."""
        stated = {t.lower_ for t in statement.facts.doc}
        written = self.referring.written.doc
        pronouns = [t for t in written if t.lower_ in _PERSONS and t.lower_ not in stated and self._is_within(t)]
        found: dict[int, list[Token]] = {}
        for pronoun in pronouns:
            meant = self.referring.antecedent(pronoun, statement)
            found[pronoun.i] = self._bearers(meant, statement)[0] if meant is not None else []
        return found

    def _is_within(self, token: Token) -> bool:
        return self.within is None or token.i in self.within

    def _is_told(self, relation: Relation, borne: dict[int, list[Token]], statement: Statement) -> bool:
        """Whether who does what a clause tells, or to whom it is done, stands beside it in the statement, too."""
        if (
            relation.role not in (Role.SUBJECT, Role.OBJECT)
            or relation.head not in borne
            or relation.dependent not in borne
        ):
            return True
        pairs = [(a.i, b.i) for a in borne[relation.head] for b in borne[relation.dependent]]
        doc, steps = statement.facts.doc, statement.facts.relations.steps
        return any(steps(a, b, _BESIDE) <= (1 if doc[a].tag_.startswith("VB") else _BESIDE) for a, b in pairs)

    def _says_enough(self, worth: Sequence[float]) -> bool:
        """Whether the words other than names, numbers and dates are enough, and near enough on the whole."""
        if len(worth) == 1:  # "Kelm made a loss of 40 million euros": one that is there, beside two that are
            return worth[0] == 1.0 and len(self._wanted) - len(worth) >= _LEAST_WORDS
        return bool(worth) and sum(worth) / len(worth) >= _LEAST_COVERED

    def _carried(self, verb: Token, borne: dict[int, list[Token]]) -> list[Token]:
        """The verbs that tell what a verb that says little tells with its object: "lost" of "made a loss"."""
        objects = (c.i for c in verb.children if c.dep_ == "dobj")
        return [t for at in objects for t in borne.get(at, []) if t.tag_.startswith("VB")]

    def _is_placed(self, verb: Token) -> bool:
        """Whether a name, a number or a date stands beside a verb: "remained in Ennor"."""
        written = self.referring.written
        under = written.relations.under.get(verb.i, ())
        return any(r.role is Role.BESIDE and self._is_exact(written.doc[r.dependent]) for r in under)

    def _is_done_by_name(self, verb: Token, statement: Statement) -> bool:
        written, persons = self.referring.written, known_persons(statement.passage)
        does_it = (written.doc[r.dependent] for r in written.relations.under.get(verb.i, ()) if r.role is Role.SUBJECT)
        return any(is_name(t) or t.text in persons for t in does_it)  # a rare surname is not always read as a name

    def _mixed_up(self, borne: dict[int, list[Token]], statement: Statement) -> bool:
        """Whether a number is told of a name to which the statement has another number nearer, or the reverse."""
        written = self.referring.written
        named = [t for t in self._wanted if is_name(t) and t.i not in written.dates and t.i not in written.numbers]
        for number in written.numbers:
            if number not in borne or not named or written.numbers[number].ordinal:
                continue
            least = min(written.relations.steps(number, t.i, _FAR) for t in named)
            for name in (t for t in named if written.relations.steps(number, t.i, _FAR) == least):
                pairs = [(a, b) for a in borne[number] for b in borne[name.i]]
                if all(self._is_nearer(a, b, statement) or self._is_nearer(b, a, statement) for a, b in pairs):
                    return True
        return False

    def _bearers(self, token: Token, statement: Statement) -> tuple[list[Token], float]:
        """The words of a statement that bear a written one, with how near they are."""
        facts = statement.facts
        means, is_part = self.referring.means, self.referring.is_part
        same = [t for t in facts.words if means(token, t, statement) and not is_part(token, t, statement)]
        if token.i in self.referring.written.numbers:
            same = [t for t in same if t.i in facts.numbers]  # of "eleven of the sailors" the sailors bear no number
        if same or self._is_exact(token) or self.referring.stands_otherwise(token, facts):
            return same, float(bool(same))
        best, value = [], 0.0
        for other in facts.words:
            if is_name(other) or other.i in facts.numbers or other.i in facts.dates:
                continue
            if not self.referring.same_side(token, other, facts) or is_part(token, other, statement):
                continue
            near = self._nearness(token, other)
            if near > value:
                best, value = [other], near
        return best, value

    def _nearness(self, token: Token, other: Token) -> float:
        a, b = lemma(token.text), lemma(other.text)
        one, another = kind(token), kind(other)
        if rank(token) != rank(other) or is_another(token, other) or are_times(a, b):
            return 0.0
        if contrary(a, b) or "" in (one, another) or opposed(token, other):
            return 0.0
        return _SAME_FAMILY if same_root(a, b) else self.near(token.text, other.text)

    def _as_told(self, borne: dict[int, list[Token]], statement: Statement) -> bool:
        """Whether each predicate is as sure there, and told by the same person."""
        written, facts = self.referring.written, statement.facts
        for at, stated in borne.items():
            token = written.doc[at]
            own = written.predicates.get(at)
            if not any(
                self.by_whom(token, t, statement)
                and (own is None or (theirs := facts.predicates.get(t.i)) is None or told_alike(own, theirs))
                for t in stated
            ):
                return False
        return True

    def _contradicted(self, relation: Relation, borne: dict[int, list[Token]], statement: Statement) -> bool:
        heads, dependents = borne.get(relation.head, []), borne.get(relation.dependent, [])
        if not heads or not dependents or self._is_within_name(relation, statement):
            return False
        if any(a.i == b.i for a in heads for b in dependents) and self._is_one_word(relation):
            return False
        return not any(self._agrees(relation, a, b, statement) for a in heads for b in dependents if a.i != b.i)

    def _is_within_name(self, relation: Relation, statement: Statement) -> bool:
        """Whether two words are of one name that the statement has, too: "Centre for Marine Research"."""
        doc = self.referring.written.doc
        first, last = sorted((relation.head, relation.dependent))
        within = relation.role is Role.OF and is_name(doc[first]) and is_name(doc[last])
        return within and doc[first : last + 1].text in statement.facts.doc.text

    def _is_one_word(self, relation: Relation) -> bool:
        """Whether one word may tell what two do: "Corvin" for "Corvin Bank", "lost" for "made a loss"."""
        head = self.referring.written.doc[relation.head]
        light = relation.role is Role.OBJECT and lemma(head.text) in classes().light
        return light or (relation.role is Role.OF and not relation.word and is_name(head))

    def _agrees(self, relation: Relation, head: Token, dependent: Token, statement: Statement) -> bool:
        verb = self.referring.written.doc[relation.head]
        direct = statement.facts.relations.between(head.i, dependent.i)
        if not head.tag_.startswith("VB") and is_exchanged(verb, relation, direct):
            return False
        if relation.role in (Role.SUBJECT, Role.OBJECT) and head.tag_.startswith("VB"):
            under = statement.facts.relations.under.get(head.i, ())
            fillers = [r.dependent for r in under if r.role is relation.role]
            if fillers and not self._stands_among(dependent, fillers, statement):
                return self._turns_round(relation, head, dependent, statement)
            crossed = Role.OBJECT if relation.role is Role.SUBJECT else Role.SUBJECT
            if not fillers and any(r.dependent == dependent.i and r.role is crossed for r in under):
                return False
        elif relation.role in (Role.SUBJECT, Role.OBJECT) and self._is_far(head, dependent, statement):
            return False
        elif relation.role is Role.SUBJECT and dependent.dep_ == "poss" and self._is_said_to_be(relation):
            return False  # the mentor of Roe is not Roe
        elif self._is_told_of_another(relation, head, dependent, statement):
            return False
        return not self._is_nearer(head, dependent, statement) and not self._is_nearer(dependent, head, statement)

    def _is_told_of_another(self, relation: Relation, head: Token, dependent: Token, statement: Statement) -> bool:
        """Whether another noun stands behind the preposition: "a dispute over debts" is none over oil."""
        if relation.word not in _ABOUT or not head.tag_.startswith("NN"):
            return False
        there = [r for r in statement.facts.relations.under.get(head.i, ()) if r.word == relation.word]
        return bool(there) and all(r.dependent != dependent.i for r in there)

    def _is_open(self, verb: Token, borne: dict[int, list[Token]], statement: Statement) -> bool:
        """Whether what is to happen is only feared or offered: "the risk of a strike"."""
        written, theirs = self.referring.written, statement.facts.predicates
        own = written.predicates.get(verb.i)
        if own is None or Mood.OPEN in own.moods:
            return False
        does_it = [r.dependent for r in written.relations.under.get(verb.i, ()) if r.role is Role.SUBJECT]
        found = [theirs.get(t.i) for at in does_it for t in borne.get(at, ())]
        return any(p is not None and p.moods == {Mood.OPEN} for p in found)

    def _is_said_to_be(self, relation: Relation) -> bool:
        return not self.referring.written.doc[relation.head].tag_.startswith("VB")

    def _is_far(self, noun: Token, other: Token, statement: Statement) -> bool:
        return statement.facts.relations.steps(noun.i, other.i, _BESIDE) > _BESIDE

    def _stands_among(self, dependent: Token, fillers: Sequence[int], statement: Statement) -> bool:
        """Whether a word is one of the fillers of a role, or names or describes one: "Prosecutor Roe"."""
        facts = statement.facts
        meant = ((f, at) for i in fillers for f, at in statement.means(i))
        return any(f is facts and at == dependent.i for f, at in meant) or any(
            r.role is Role.CALLED or facts.doc[r.dependent].dep_ == "compound"
            for f in fillers
            for r in facts.relations.between(dependent.i, f)
        )

    def _turns_round(self, relation: Relation, head: Token, dependent: Token, statement: Statement) -> bool:
        """ "Wages rise" of "it raises wages"."""
        written = self.referring.written
        alone = all(r.role is not Role.OBJECT for r in written.relations.under.get(relation.head, ()))
        own = lemma(written.doc[relation.head].text)
        turns = own != lemma(head.text) or own in classes().ergative
        under = statement.facts.relations.under.get(head.i, ())
        undergoes = any(r.role is Role.OBJECT and r.dependent == dependent.i for r in under)
        return relation.role is Role.SUBJECT and alone and turns and undergoes and not is_name(dependent)

    def _is_nearer(self, one: Token, other: Token, statement: Statement) -> bool:
        """Whether another word of the kind of `one` is nearer to `other`: another number, day, name or verb."""
        facts = statement.facts
        own = _class(one, statement)
        if not own:
            return False
        far = facts.relations.steps(one.i, other.i, _FAR)
        return any(
            facts.relations.steps(t.i, other.i, _FAR) < far
            for t in facts.words
            if t.i not in (one.i, other.i) and _class(t, statement) == own and facts.relations.steps(t.i, one.i, 1) > 1
        )


def _is_light(token: Token) -> bool:
    return token.tag_.startswith("VB") and lemma(token.text) in classes().light


def _class(token: Token, statement: Statement) -> str:
    facts = statement.facts
    if token.i in facts.dates:
        return "date"
    if token.i in facts.numbers:
        return "number"
    if is_name(token):
        return "name"
    return "verb" if token.tag_.startswith("VB") else ""

"""Whether a word of a written sentence and a word of a statement stand for the same person, thing, day or number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.answering.verification.calling import Callings
from retrieval.answering.verification.days import covers
from retrieval.answering.verification.figures import supports
from retrieval.answering.verification.grammar import Role
from retrieval.answering.verification.likeness import Likeness, is_name, same_name
from retrieval.answering.verification.naming import same_acronym
from retrieval.answering.verification.stated import Facts, Statement, known_persons, parts_of_name

if TYPE_CHECKING:
    from spacy.tokens import Token

WILD = frozenset("it its they them their he she him her his that this these those which who whose what".split())  # noqa: SIM905


@dataclass(frozen=True)
class Referring:
    """Compares the words of one written sentence with those of statements; `alike` compares plain words."""

    written: Facts
    alike: Likeness
    callings: Callings

    def means(self, written: Token, stated: Token, statement: Statement) -> bool:
        """Whether a stated word, or what it stands for, is the written one."""
        if self.stands_otherwise(written, statement.facts):
            return False
        if self._is_long_for(written, stated, statement) or self.callings.is_called(written, stated, statement):
            return True
        if is_name(written) and not is_name(stated) and statement.is_unclear(stated):
            return False
        return any(
            self.same(written, facts.doc[at], facts)
            and not _is_somebodys(written, facts.doc[at])
            and self._same_first_name(written, facts, at, statement)
            for facts, at in statement.means(stated.i)
        )

    def same(self, written: Token, stated: Token, facts: Facts) -> bool:
        """Whether two words say the same by themselves: as dates, as numbers, or as words."""
        if not self.same_side(written, stated, facts):
            return False
        if (own := self.written.dates.get(written.i)) is not None:
            theirs = facts.dates.get(stated.i)
            if theirs is None:
                return False
            return covers(own, theirs) or self.written.date_words(written.i) == facts.date_words(stated.i)
        if (figure := self.written.numbers.get(written.i)) is not None:
            other = facts.numbers.get(stated.i)
            return other is not None and supports(figure, other)
        if stated.i in facts.dates or stated.i in facts.numbers:
            return False
        return self.alike(written, stated)

    def same_side(self, written: Token, stated: Token, facts: Facts) -> bool:
        """Whether both words are told of, or both by what is not: "by skill", "not by luck"."""
        return (written.i in self.written.set_aside) == (stated.i in facts.set_aside)

    def stands_otherwise(self, written: Token, facts: Facts) -> bool:
        """Whether a sentence of an article has the very word, but only tells by it what is not so."""
        there = [t for t in facts.doc if facts.set_aside and t.lower_ == written.lower_]
        return bool(there) and not any(self.same_side(written, t, facts) for t in there)

    def says_i(self, written: Token, stated: Token, statement: Statement) -> bool:
        """Whether the stated word is the "I" of whom the written one names."""
        names = statement.speaker_names(stated)
        return any(same_name(written.text, word) for name in names for word in name.split()[-1:])

    def antecedent(self, pronoun: Token, statement: Statement) -> Token | None:
        """The only person that the written sentence names before a "he" or "she", None where that is unclear."""
        earlier = {t.lower_ for t in self.written.doc[: pronoun.i]}
        if pronoun.lower_ not in ("he", "she", "him", "her") or {"he", "she", "him", "her", "his"} & earlier:
            return None
        roles = ("nsubj", "nsubjpass", "pobj", "appos", "dobj")
        names = [t for t in self.written.doc[: pronoun.i] if is_name(t) and t.dep_ in roles and is_person(t, statement)]
        if not pronoun.dep_.startswith("nsubj"):  # who does it is not "him"
            names = [t for t in names if t.head != pronoun.head]
        return names[0] if len(names) == 1 else None

    def is_part(self, written: Token, stated: Token, statement: Statement) -> bool:
        """Whether the written word is told of a whole of which the statement tells it of a part: "nine of them"."""
        parts = statement.facts.relations.parts_of(stated.i)
        under = self.written.relations.under.get(written.i, ())
        own = [*(self.written.doc[r.dependent] for r in under), written]
        return bool(parts) and not any(
            self.same(t, statement.facts.doc[p], statement.facts) for t in own for p in parts
        )

    def _is_long_for(self, written: Token, stated: Token, statement: Statement) -> bool:
        """Whether a name of several words, which the article has, is the one that is given in short."""
        if not is_name(written) or not is_name(stated) or is_person(written, statement):
            return False
        parts = [self.written.doc[i] for i in parts_of_name(self.written, written.i)]
        whole = " ".join(t.text for t in (*parts, written))
        if same_acronym(whole, stated.text):
            return True
        return whole in statement.passage.article and any(same_name(t.text, stated.text) for t in parts)

    def _same_first_name(self, written: Token, facts: Facts, at: int, statement: Statement) -> bool:
        """Of persons of one surname, the one who was named last is meant."""
        if not is_name(written) or written.text not in known_persons(statement.passage):
            return True
        own, theirs = _first_names(self.written, written.i), _first_names(facts, at)
        if own and not theirs:
            earlier = (
                names
                for before in reversed((*statement.before, statement.facts))
                for t in before.doc
                if t.text == written.text and (names := _first_names(before, t.i))
            )
            theirs = next(earlier, frozenset())
        return not own or not theirs or bool(own & theirs)


def _is_somebodys(written: Token, stated: Token) -> bool:
    """ "His group" is not the Roe Group."""
    return is_name(written) and not is_name(stated) and any(c.dep_ == "poss" for c in stated.children)


def is_person(token: Token, statement: Statement) -> bool:
    """Whether a word names a person, or a kind of person."""
    known = is_name(token) and token.text in known_persons(statement.passage)
    return known or is_person_noun(token.text)


def _first_names(facts: Facts, at: int) -> frozenset[str]:
    under = (r for r in facts.relations.under.get(at, ()) if r.role is Role.OF and not r.word)
    return frozenset(facts.doc[r.dependent].text for r in under if is_name(facts.doc[r.dependent]))

"""What the passages call by name and by description: the band of "the rock band Roe", the company that Roe is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import CitedPassage
from retrieval.answering.verification.described import called_so, is_bare_description
from retrieval.answering.verification.likeness import is_name, same_name
from retrieval.answering.verification.stated import Statement, known_persons
from retrieval.answering.verification.words import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Callings:
    """Looks up descriptions in the sentences of the cited passages."""

    statements: Sequence[Statement]

    @cached_property
    def _docs(self) -> dict[str, tuple[CitedPassage, list[Doc]]]:
        found: dict[str, tuple[CitedPassage, list[Doc]]] = {}
        for statement in self.statements:
            found.setdefault(statement.passage.key, (statement.passage, []))[1].append(statement.facts.doc)
        return found

    @cached_property
    def _found(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def is_called(self, written: Token, stated: Token, statement: Statement) -> bool:
        """Whether "the band" of a sentence is the only one that the passage calls so, and the stated word means it."""
        if not is_bare_description(written):
            return False
        names = self._names(written, statement.passage.key)
        if len(names) != 1:
            return False
        means = (facts.doc[at] for facts, at in statement.means(stated.i))
        return any(is_name(t) and same_name(name, t.text) for t in means for name in names)

    def _names(self, noun: Token, key: str) -> frozenset[str]:
        """The names, each by its last word, of what a passage calls by a noun."""
        at = (lemma(noun.text), key)
        if at not in self._found:
            passage, docs = self._docs[key]
            self._found[at] = frozenset(t.text for t in called_so(noun, docs, known_persons(passage)))
        return self._found[at]

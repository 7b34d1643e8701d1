"""What something was done for, or with what words: "closed the hall to save money" and "refused, saying it was too
dear" tell why, "asked them to wait" does not."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.answering.questions.question_syntax import Parse, QuestionSyntax
from retrieval.answering.sentences.evidence import Evidence
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.words import stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PURPOSE = 0.8  # strength of the reason that it offers: plain, but "because" says it outright
_MAY_TELL = re.compile(r"\bto\s+[a-z]|\b[a-z]+ing\b", re.IGNORECASE)
_GIVEN = frozenset(
    (
        *("saying", "arguing", "claiming", "insisting", "explaining", "noting", "believing", "thinking", "hoping"),
        *("fearing", "citing", "complaining", "warning", "stating", "adding", "suspecting", "worrying", "wanting"),
    )
)
_PARSED = 400  # characters of a sentence that the parser reads


def with_purposes(question: str, syntax: QuestionSyntax, evidence: Sequence[Evidence], parse: Parse) -> list[Evidence]:
    """The same, with a plain reason offered by those that tell what was done for what, or what was said of it."""
    if syntax.predicate is None:
        return list(evidence)
    told = [e.measures.offered < _PURPOSE and _MAY_TELL.search(e.text[:_PARSED]) is not None for e in evidence]
    docs = iter(parse([e.text[:_PARSED] for e, may in zip(evidence, told, strict=True) if may]))
    wanted, asked = lemma(question[slice(*syntax.predicate)]), stems(question)
    purposes = [may and tells_purpose(wanted, asked, next(docs)) for may in told]
    return [
        replace(e, measures=replace(e.measures, offered=_PURPOSE)) if purpose else e
        for e, purpose in zip(evidence, purposes, strict=True)
    ]


def tells_purpose(wanted: str, asked: Set[str], sentence: Doc) -> bool:
    """Whether a clause hangs on a verb of the question, on one of the lemma `wanted` or on another word for that, with
    "to" or with what was said as it was done, that says something beyond `asked`, stems: a clause of its own, not what
    the verb needs, as in "refused to pay"."""
    return any(
        verb.tag_.startswith("VB")
        and (_is(lemma(verb.text), wanted) or stem(verb.text) in asked)
        and any(_is_purpose(clause) and stem(clause.text) not in asked for clause in verb.children)
        for verb in sentence
    )


def _is(found: str, wanted: str) -> bool:
    return same_root(found, wanted) or (found, wanted) in classes().synonyms


def _is_purpose(clause: Token) -> bool:
    if clause.dep_ != "advcl":
        return False
    infinitive = any(t.lower_ == "to" and t.dep_ == "aux" for t in clause.children)
    return clause.lower_ in _GIVEN or (clause.tag_ == "VB" and infinitive)

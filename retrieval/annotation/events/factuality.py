"""What the words that govern a clause say of it: that it is denied, doubted, alleged, only hoped, or contrary to fact.

The levels are those of FactBank (Saurí and Pustejovsky, 2009): counter-factual is denied, uncommitted hypothetical.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retrieval.annotation.events.clauses import is_verb
from retrieval.annotation.events.status import negated
from retrieval.annotation.time.lexicon import SAYING, word_set
from retrieval.schema import EventStatus, Granularity, TimeSpan

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DENYING = word_set(
    "deny denies denied denying refute refutes refuted refuting dispute disputes disputed disputing disprove disproved"
)
_REJECTING = _DENYING | word_set("reject rejects rejected rejecting dismiss dismisses dismissed dismissing")
_ALLEGED = word_set(
    "claim claims allegation allegations accusation accusations rumour rumours rumor rumors suspicion suspicions"
)
_SAID = _ALLEGED | word_set(
    "report reports suggestion suggestions speculation charge charges notion idea assertion assertions"
)
_PROOF = word_set("evidence proof sign signs indication indications record records hint trace suggestion")
_ACCUSING = word_set(
    "accuse accuses accused accusing suspect suspects suspected charge charges charged allege alleges alleged alleging"
)
_DOUBTING = word_set(
    "doubt doubts doubted hope hopes hoped wish wishes wished imagine imagined pretend pretended fear fears feared"
)
_HOPING = word_set("hope hopes hoped hoping want wants wanted wanting wish wished aim aimed alleged")
_CLEARED = word_set("cleared acquitted exonerated absolved")
_PREVENTING = word_set(
    "prevent prevented prevents stop stopped stops bar barred bars ban banned bans block blocked keep kept"
)
_NEARLY = word_set("close short shy instead")  # close to winning, short of winning, instead of winning
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_RECENT = 14  # days


class Governed(NamedTuple):
    """The status that a clause has by what governs it, and the word that does."""

    status: EventStatus
    by: Token


def governed(verb: Token, when: TimeSpan, published: date | None, dated: Span | None) -> Governed | None:
    """What governs the clause of `verb`, dated to `when` by the words `dated`, where that says it is not a fact."""
    if _is_contrary(verb):
        return Governed(EventStatus.HYPOTHETICAL, verb)
    if (status := _of_complement(verb, dated)) is not None:
        # "Denied selling it on Friday" may say when it was denied.
        return None if _is_recent(when, published) else Governed(status, verb)
    head = verb
    while head.dep_ == "conj" and is_verb(head.head):
        head = head.head
    by, status = head.head, None
    if head.dep_ in ("ccomp", "csubj") and is_verb(by) and by.i < head.i:
        status = _of_clause(by)
    elif head.dep_ == "acl" and any(child.dep_ == "mark" and child.lower_ == "that" for child in head.children):
        status = _of_noun(by)
    elif head.dep_ == "pcomp":
        status = _of_preposition(by)
    return None if status is None else Governed(status, by)


def _is_contrary(verb: Token) -> bool:
    """ "Had the dam been built in 2015"; "she would have won, had she run"."""
    had = next((child for child in verb.children if child.dep_ == "aux" and child.lower_ == "had"), None)
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if had is not None and subject is not None and had.i < subject.i:
        before = had.nbor(-1) if had.i > had.sent.start else None
        return before is None or before.is_punct or before.dep_ == "cc"
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if not {"would", "have"} <= auxiliaries:
        return False
    return any(child.dep_ == "advcl" and (_is_contrary(child) or _is_conditional(child)) for child in verb.children)


def _is_conditional(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children)


def _of_complement(verb: Token, dated: Span | None) -> EventStatus | None:
    """Of what a verb and its infinitive or participle say: "denied — selling it in 2018", "hoped — to open in 2021"."""
    inside = dated is not None and any(
        token.i == dated.root.i for child in verb.children if child.dep_ == "xcomp" for token in child.subtree
    )
    if not inside:
        return None
    if verb.lower_ in _DENYING:
        return EventStatus.HYPOTHETICAL if negated([verb]) else EventStatus.DENIED
    return EventStatus.HYPOTHETICAL if verb.lower_ in _HOPING and not negated([verb]) else None


def _of_clause(verb: Token) -> EventStatus | None:
    """Of what a verb says: "denies that", "never said that", "doubts that"."""
    word = verb.lower_
    if word in _DENYING:
        if not negated([verb]):
            return EventStatus.DENIED
        return EventStatus.HYPOTHETICAL if word.startswith("den") else None  # what nobody disputes is so
    if word in _DOUBTING or word in _ACCUSING or (word in SAYING and negated([verb])):
        return EventStatus.HYPOTHETICAL
    return None


def _of_noun(noun: Token) -> EventStatus | None:
    """Of what a noun says: "rejected claims that", "no evidence that", "rumours that"."""
    word = noun.lower_
    if word in _SAID and noun.dep_ in ("dobj", "nsubjpass") and noun.head.lower_ in _REJECTING:
        return None if negated([noun.head]) else EventStatus.DENIED
    if word in _ALLEGED:
        return EventStatus.HYPOTHETICAL
    none = any(
        child.lower_ in ("no", "little", "any") and child.dep_ in ("det", "neg", "amod") for child in noun.children
    )
    return EventStatus.HYPOTHETICAL if word in _PROOF and none else None


def _of_preposition(preposition: Token) -> EventStatus | None:
    """Of what a preposition leads to: "accused of", "not guilty of", "close to", "without"."""
    by, word = preposition.head, preposition.lower_
    if word == "without":
        return EventStatus.DENIED
    words = {by.lower_, *(child.lower_ for child in by.children if child.dep_ in ("advmod", "acomp", "oprd"))}
    if word in ("of", "to") and words & _NEARLY:
        return EventStatus.DENIED
    if (by.lower_ in _CLEARED and word == "of") or (by.lower_ in _PREVENTING and word == "from"):
        return None if negated([by]) else EventStatus.DENIED
    guilty = [token for token in (by, *by.children) if token.lower_ == "guilty"]
    if guilty and negated([guilty[0]]):
        return EventStatus.DENIED
    if _ACCUSING & {by.lower_, by.head.lower_ if by.dep_ == "dobj" else ""} and word in ("of", "with"):
        return EventStatus.HYPOTHETICAL
    return _of_noun(by) if word == "of" else None


def _is_recent(when: TimeSpan, published: date | None) -> bool:
    day = when.last or when.first
    fine = when.granularity in (Granularity.DAY, Granularity.TIME)
    return fine and day is not None and published is not None and 0 <= (published - day).days <= _RECENT

"""Compares what a sentence says happened with what its sources say happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.clauses import Predicate
from retrieval.answering.verification.meanings import meanings
from retrieval.answering.verification.moods import Mood
from retrieval.answering.verification.words import classes, contrary, lemma, same_root

Near = Callable[[str, str], float]
"""How near two words are in meaning, in [-1, 1]."""

_SAME = 0.35  # quality of a candidate of the same word family
_OTHER = 0.4  # cosine below which two common nouns stand for different persons or bodies
_MUCH = 0.3  # argument overlap at which a verb that says little is taken for the same
_SYNONYM = 0.62  # cosine of single words from which they are compared as one; all-MiniLM-L6-v2
_BESIDE_BEST = 0.25  # of argument overlap: which other source predicates may be meant as well


@dataclass(frozen=True, slots=True)
class _Candidate:
    predicate: Predicate
    contrary: bool
    overlap: float
    quality: float


def compare(written: Sequence[Predicate], stated: Sequence[Predicate], near: Near) -> list[Finding]:
    """What the written predicates get wrong; those without a counterpart are left to other checks."""
    return [finding for predicate in written for finding in _compare(predicate, stated, near)]


def _compare(written: Predicate, stated: Sequence[Predicate], near: Near) -> Iterator[Finding]:
    if not written.verb and not written.arguments:
        return  # a noun, or an adjective beside one: "in public life"
    light = written.lemma in classes().light and written.lemma not in classes().denying
    candidates = list(_candidates(written, stated, near))
    if light:
        candidates = [c for c in candidates if c.predicate.lemma == written.lemma and c.overlap >= _MUCH]
        if written.lemma == lemma("be"):  # says nothing without what is said to be so
            rest = written.object | written.others
            candidates = [c for c in candidates if rest & (c.predicate.object | c.predicate.others)]
    if not candidates:
        return
    same = max((c.overlap for c in candidates if c.quality >= _SAME and not c.contrary), default=-1.0)
    candidates = [c for c in candidates if not c.contrary or c.overlap > same + _BESIDE_BEST]
    best = max(c.overlap + c.quality for c in candidates)
    meant = [c for c in candidates if c.overlap + c.quality >= best - _BESIDE_BEST]
    told = (Fault.NEGATION,) if written.lemma in _helping() else (Fault.NEGATION, Fault.MODALITY)
    faults = [[f for f in _faults(written, c, near) if not light or f in told] for c in meant]
    if all(faults):
        yield Finding(min(faults, key=len)[0], written.word)


def told_alike(written: Predicate, stated: Predicate) -> bool:
    """Whether one thing, found in two sentences, is as little denied, as sure, and nobody's mere word in both."""
    refused = Mood.REFUSED in written.moods, Mood.REFUSED in stated.moods
    if (written.negated or refused[0]) != (stated.negated or refused[1]) or (stated.alleged and not written.alleged):
        return False
    if _is_over(written, stated):
        return False
    told = stated.noun and stated.moods != {Mood.OPEN}  # "potential losses" are none
    return any(refused) or written.noun or told or bool(written.moods & stated.moods)


def _is_over(written: Predicate, stated: Predicate) -> bool:
    """Whether what was so is told as what is: "had been mayor", "has been mayor"."""
    return written.now and stated.past and written.lemma not in _saying()


def _saying() -> frozenset[str]:
    """Verbs that are told in the present of what was said once: "the report says"."""
    return (
        frozenset(map(lemma, ("say", "tell", "show", "warn", "argue", "find", "report", "call"))) | classes().believing
    )


def _helping() -> frozenset[str]:
    """Verbs that are as often helpers as verbs of their own."""
    return frozenset(map(lemma, ("be", "have", "do", "make", "say", "get", "call")))


def _candidates(written: Predicate, stated: Sequence[Predicate], near: Near) -> Iterator[_Candidate]:
    for other in stated:
        if written.noun and other.noun:
            continue  # the verbs over them are compared
        opposite = contrary(written.lemma, other.lemma)
        if opposite:
            quality = 0.3
        elif written.lemma == other.lemma:
            quality = 0.5 if written.verb == other.verb else 0.4
        elif same_root(written.lemma, other.lemma):
            quality = 0.35
        elif written.verb and other.verb and _synonymous(written, other, near):
            quality = 0.2
        else:
            continue
        overlap = _overlap(written.arguments, other.arguments)
        if overlap or not written.arguments or not other.arguments:
            yield _Candidate(other, opposite, overlap, quality)


def _synonymous(a: Predicate, b: Predicate, near: Near) -> bool:
    listed = (a.lemma, b.lemma) in classes().synonyms or meanings().same(("verb", a.lemma), ("verb", b.lemma))
    return listed or near(a.word, b.word) >= _SYNONYM


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _faults(written: Predicate, candidate: _Candidate, near: Near) -> list[Fault]:
    stated = candidate.predicate
    faults = []
    if Mood.REFUSED in stated.moods | written.moods and (written.negated or stated.negated):
        return []
    if (written.negated != stated.negated) != candidate.contrary:
        if candidate.contrary and candidate.overlap < 0.34:
            return []
        faults.append(Fault.CONTRARY if candidate.contrary else Fault.NEGATION)
    elif candidate.contrary:
        return []
    surer = stated.noun and Mood.ASSERTED not in written.moods  # a noun does not tell
    if (written.verb and not surer and not written.moods & stated.moods) or _is_over(written, stated):
        faults.append(Fault.MODALITY)
    if stated.alleged and not written.alleged:
        faults.append(Fault.ATTRIBUTION)
    if stated.others_than - written.others_than and written.lemma == stated.lemma:
        faults.append(Fault.ROLES)  # "her previous film won", not this one
    elif _exchanged(written, stated, near):
        faults.append(Fault.ROLES)
    return faults


def _exchanged(written: Predicate, stated: Predicate, near: Near) -> bool:
    """Whether who and whom have changed places, or another is named as the one who did it or to whom it was done."""
    if written.verb != stated.verb:
        return False
    subject, object_ = written.heads
    theirs, target = stated.heads
    if object_ and subject & target and not subject & theirs and (object_ & theirs or (theirs and not theirs & target)):
        return True
    if written.lemma == stated.lemma and written.named and stated.named and not written.named & stated.named:
        return bool(
            object_ & target
            or (not object_ and not target and not written.others)
            or written.others & stated.others
            or written.others & stated.object
        )
    if (
        object_ & theirs
        and not object_ & target
        and (target or (not subject & theirs and written.lemma == stated.lemma))
    ):
        return True
    if written.lemma == stated.lemma and subject and theirs and not written.named | stated.named:
        alike = max(near(a, b) for a in subject for b in theirs)
        shared = (written.object | written.others) & (stated.object | stated.others)
        if alike < _OTHER and shared and not written.subject & stated.subject and not subject & stated.arguments:
            return True
    crossed = written.subject & stated.object - stated.subject, written.object & stated.subject - stated.object
    return bool(crossed[0] and crossed[1] and not subject & theirs)

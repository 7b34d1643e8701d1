"""Which sentence answers best, and how likely it is to answer: two small linear models.

Their weights were fitted to questions written for this project, over the samples and over news of many kinds, by
`python -m tests.benchmarks.fit_selector`, which prints them with what cross-validation says of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from retrieval.answering.asked_for import AskedFor
from retrieval.answering.evidence import Evidence, Measures
from retrieval.answering.roles import UNDONE, UNFILLED, UNKNOWN

_FIGURES = frozenset(
    (
        AskedFor.NUMBER,
        AskedFor.AMOUNT,
        AskedFor.MEASURE,
        AskedFor.EXTENT,
        AskedFor.AGE,
        AskedFor.DAY,
        AskedFor.DURATION,
    )
)

# A conditional logit: the share of exp(score) among a question's candidates is the chance to be the one that answers.
WEIGHTS: Final[Mapping[str, float]] = {
    "cosine": 9.16,
    "coverage": -2.21,
    "context": 1.38,
    "passage": 1.69,
    "offered": 0.36,
    "tie": 6.62,
    "others": -0.38,
    "rank": 6.02,
    "asking": 5.0,
    "predicate": 2.26,
    "instance": 2.83,
    "salient": 0.71,
    "lead": 1.73,
    "role": 0.35,
    "weakest": 2.93,
}

# A logistic regression on what `factors` says of the best sentence.
CONFIDENCE: Final[Mapping[str, float]] = {
    "share": 1.63,
    "ahead": 2.28,
    "timely": 1.19,
    "undone": -0.73,
    "unfilled": 0.11,
    "figure": -0.5,
    "person": -0.49,
    "unheld": -0.26,
    "weakest": 0.39,
    "tie": 0.72,
    "context": 0.97,
    "cosine": 2.57,
}
CONSTANT: Final = -5.79


def score(measures: Measures) -> float:
    """How well a sentence answers, comparable between sentences for one question."""
    return sum(weight * float(getattr(measures, name)) for name, weight in WEIGHTS.items())


def ranked(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same with their scores and shares, best first; ties in reading order."""
    scored = [replace(e, score=score(e.measures)) for e in evidence]
    scored.sort(key=lambda e: (-e.score, e.position))
    if not scored:
        return []
    odds = [math.exp(e.score - scored[0].score) for e in scored]
    total = sum(odds)
    return [replace(e, share=o / total) for e, o in zip(scored, odds, strict=True)]


def among(able: Sequence[Evidence]) -> list[Evidence]:
    """Those that nothing forbids, best first, with what each has of the chance among them alone."""
    total = sum(e.share for e in able) or 1.0
    return [replace(e, ahead=e.share / total) for e in able]


def confidence(best: Evidence) -> float:
    """The chance that the best sentence answers, in [0, 1]."""
    values = factors(best)
    odds = CONSTANT + sum(weight * values[name] for name, weight in CONFIDENCE.items())
    return 1.0 / (1.0 + math.exp(-odds))


def factors(e: Evidence) -> dict[str, float]:
    """What the chance rests on. Beside measures: `undone` and `unfilled` say how far off the nearest word is where the
    sentence lacks the verb asked about, or the part asked for, `unheld` the same of a post; `figure` and `person` what
    kind of thing is asked for.
    """
    m = e.measures
    return {
        "share": e.share,
        "ahead": e.ahead,
        "timely": m.timely,
        "undone": (1.0 - m.predicate) * (m.role == UNDONE),
        "unfilled": (1.0 - m.predicate) * (m.role == UNFILLED),
        "figure": float(e.kind in _FIGURES),
        "person": float(e.kind is AskedFor.PERSON),
        "unheld": (1.0 - m.predicate) * (m.role == UNKNOWN and e.kind is AskedFor.PERSON),
        "weakest": m.weakest,
        "tie": m.tie,
        "context": m.context,
        "cosine": m.cosine,
    }

"""Which sentence answers best, and how likely it is to answer: two small linear models.

Their weights were fitted to the labelled questions in tests/data that are for development, by
`python -m tests.benchmarks.fit_selector`, which prints them with what cross-validation says of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from retrieval.answering.evidence import Evidence, Measures

# A conditional logit: the share of exp(score) among a question's candidates is the chance to be the one that answers.
WEIGHTS: Final[Mapping[str, float]] = {
    "cosine": 6.26,
    "meaning": 5.05,
    "coverage": 0.93,
    "context": 1.66,
    "passage": 0.84,
    "offered": 0.81,
    "tie": 7.11,
    "others": -0.88,
    "rank": 2.58,
}

# A logistic regression on the best sentence's score and its share.
CONFIDENCE: Final[tuple[float, float, float]] = (0.133, 2.78, -3.32)


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


def confidence(best: Evidence) -> float:
    """The chance that the best sentence answers, in [0, 1]."""
    a, b, c = CONFIDENCE
    return 1.0 / (1.0 + math.exp(-(a * best.score + b * best.share + c)))

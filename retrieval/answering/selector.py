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
    "cosine": 6.34,
    "meaning": 5.17,
    "coverage": 0.9,
    "context": 1.62,
    "passage": 0.85,
    "offered": 0.78,
    "tie": 6.98,
    "others": -0.79,
    "rank": 2.59,
}

# A logistic regression on the best sentence's score and its share.
CONFIDENCE: Final[tuple[float, float, float]] = (0.139, 2.88, -3.5)


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

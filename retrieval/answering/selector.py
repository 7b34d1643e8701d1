"""Which sentence answers best, and how likely it is to answer: two small linear models.

Their weights were fitted to questions written for this project, over the samples and over news of many kinds, by
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
    "cosine": 7.39,
    "coverage": -1.29,
    "context": 2.56,
    "passage": 1.73,
    "offered": 0.68,
    "tie": 7.46,
    "others": -0.77,
    "rank": 3.52,
    "asking": 3.93,
    "predicate": 2.67,
    "instance": 3.75,
    "salient": 0.73,
    "lead": 2.01,
    "role": 0.71,
}

# A logistic regression on the best sentence's score and share, how well its passage was found, and its part.
CONFIDENCE: Final[Mapping[str, float]] = {"score": 0.17, "share": 2.83, "found": 8.96, "timely": 1.04, "role": 0.84}
CONSTANT: Final = -15.49


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
    values = {"score": best.score, "share": best.share}
    odds = CONSTANT + sum(w * values.get(n, getattr(best.measures, n, 0.0)) for n, w in CONFIDENCE.items())
    return 1.0 / (1.0 + math.exp(-odds))

"""Which sentence answers best, and how likely it is to answer: two small linear models.

Their weights were fitted to questions written for this project, over the samples and over news of many kinds, by
`python -m tests.benchmarks.fit_selector`, which prints them with what cross-validation says of them. Where no judge
takes part, `judged` is 0 for all: an even chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.agreement import FIGURES, agreed, answer_words
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.roles import UNDONE

# A conditional logit: the share of exp(score) among a question's candidates is the chance to be the one that answers.
# `headed` is half of what is fitted: where the training news ask a question, the next sentence always answers it.
WEIGHTS: Final[Mapping[str, float]] = {
    "cosine": 3.57,
    "coverage": -0.92,
    "context": 0.87,
    "passage": 1.73,
    "offered": -0.12,
    "tie": 2.54,
    "others": -0.3,
    "rank": 6.63,
    "asking": 0.31,
    "predicate": 0.35,
    "instance": 2.88,
    "salient": 0.86,
    "lead": 1.36,
    "role": 0.35,
    "weakest": 2.19,
    "headed": 1.54,
    "judged": 0.42,
}

# A logistic regression on what `factors` says of the best sentence, as if half of the questions had no answer: the mean
# of the one over the samples and the news of many kinds and of one over the stories that the judge did not learn from,
# of which more is asked that they only seem to tell (`fit_selector stories`). `counted` is that of the first alone: of
# figures, how many of something there are is told most plainly.
CONFIDENCE: Final[Mapping[str, float]] = {
    "agreed": 1.88,
    "ahead": 1.82,
    "timely": 1.54,
    "undone": 0.12,
    "figure": -0.09,
    "counted": 0.45,
    "person": -0.26,
    "tie": -0.68,
    "context": 0.57,
    "cosine": 2.06,
    "judged": 0.28,
}
# As fitted it was -5.53: so much is added that of the real questions developed on as many are declined as before where
# nothing answers.
CONSTANT: Final = -5.2


def score(measures: Measures) -> float:
    """How well a sentence answers, comparable between sentences for one question."""
    return sum(weight * float(getattr(measures, name)) for name, weight in WEIGHTS.items())


def ranked(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same with their scores and shares, best first; ties in reading order."""
    scored = sorted(((score(e.measures), e) for e in evidence), key=lambda pair: (-pair[0], pair[1].position))
    odds = [math.exp(value - scored[0][0]) for value, _ in scored]
    total = sum(odds)
    return [replace(e, score=value, share=o / total) for (value, e), o in zip(scored, odds, strict=True)]


def among(able: Sequence[Evidence]) -> list[Evidence]:
    """Those that nothing forbids, best first, with the chance of what each offers, in all and among them alone."""
    total = sum(e.share for e in able) or 1.0
    told = [(answer_words(e.text), e.share) for e in able]
    chances = [agreed(e.answer, e.share, [*told[:i], *told[i + 1 :]]) for i, e in enumerate(able)]
    return [replace(e, agreed=chance, ahead=chance / total) for e, chance in zip(able, chances, strict=True)]


def confidence(best: Evidence) -> float:
    """The chance that the best sentence answers, in [0, 1]."""
    values = factors(best)
    odds = CONSTANT + sum(weight * values[name] for name, weight in CONFIDENCE.items())
    return 1.0 / (1.0 + math.exp(-odds))


def factors(e: Evidence) -> dict[str, float]:
    """What the chance rests on. Beside measures: `undone` says how far off the nearest word is where the sentence lacks
    the verb asked about; `figure`, `counted` (how many) and `person` what kind of thing is asked for.
    """
    m = e.measures
    return {
        "agreed": e.agreed,
        "ahead": e.ahead,
        "timely": m.timely,
        "undone": (1.0 - m.predicate) * (m.role == UNDONE),
        "figure": float(e.kind in FIGURES),
        "counted": float(e.kind is AskedFor.NUMBER),
        "person": float(e.kind is AskedFor.PERSON),
        "tie": m.tie,
        "context": m.context,
        "cosine": m.cosine,
        "judged": m.judged,
    }

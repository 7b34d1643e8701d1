"""A passage's score in the light of when its article was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retrieval.schema import FoundPassage, TemporalPrior

_FADES = 3.0  # days outside the wished ones that halve what the wish counts; the dates of publishers differ by a zone


def by_prior(ranked: list[FoundPassage], prior: TemporalPrior | None) -> list[FoundPassage]:
    """`ranked`, best first, with `prior` in the scores; the same where there is none."""
    if prior is None:
        return ranked
    weighted = [replace(p, score=p.score * (1 + prior.strength * fit(p.article.published_on, prior))) for p in ranked]
    return sorted(weighted, key=lambda p: -p.score)


def fit(published: date | None, prior: TemporalPrior) -> float:
    """How well a day of publication agrees with `prior`, in [0, 1]; 0 for an undated article."""
    if published is None:
        return 0.0
    outside = max((prior.first - published).days, (published - prior.last).days, 0)
    return float(0.5 ** (outside / _FADES))

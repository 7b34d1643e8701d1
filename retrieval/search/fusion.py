"""Weighted reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)

RANK_CONSTANT = 60  # of the paper: how little the first places count above the next ones


def fuse(rankings: Mapping[str, Sequence[_T]], weights: Mapping[str, float]) -> dict[_T, float]:
    """Each item's sum over `rankings` (best first) of weight / (60 + rank), best first; ties by first appearance."""
    scores: dict[_T, float] = {}
    for name, ranking in rankings.items():
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weights[name] / (RANK_CONSTANT + rank)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))

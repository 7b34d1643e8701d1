"""Fits the selector's weights to the labelled questions that are for development, and prints them.

Run with `python -m tests.benchmarks.fit_selector`. The ranking is a conditional logit with an L2 penalty on the
standardised measures; the confidence a logistic regression on what the best sentence got. Both are cross-validated by
questions (ten folds, three shuffles), since so few questions are easily learned by heart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from retrieval.answering.evidence import Evidence
from retrieval.answering.extractive import ExtractiveAnswerer, may_answer
from retrieval.answering.selector import WEIGHTS
from retrieval.library import Library
from retrieval.schema import QuestionKind
from retrieval.search.hybrid import HybridSearch
from retrieval.search.understanding import understand
from tests.benchmarks.quality import plain, questions, sample_library, window_of

Array = NDArray[np.float64]

_PENALTY = 10.0
_CONFIDENCE_PENALTY = 5.0


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates: `rows` of measures, which of them are `right`, which `may` answer."""

    question: dict[str, Any]
    rows: Array
    right: NDArray[np.bool_]
    may: NDArray[np.bool_]


def cases(library: Library) -> list[Case]:
    """The questions for development, each with the sentences that the answerer chooses among."""
    store, embedder = library._store, library._embedder
    search, answerer = HybridSearch(store, embedder), ExtractiveAnswerer(store, embedder, library._text_of)
    found = []
    for labelled in questions("develop"):
        question = understand(labelled["question"], window=window_of(labelled))
        evidence = answerer.evidence(question, search.search(question, 12))
        if evidence and question.kind is not QuestionKind.HELP:
            rows = np.array([[getattr(e.measures, name) for name in WEIGHTS] for e in evidence])
            right = np.array([_is_gold(labelled, e) for e in evidence])
            found.append(Case(labelled, rows, right, np.array([may_answer(question, e) for e in evidence])))
    return found


def _is_gold(question: dict[str, Any], e: Evidence) -> bool:
    return any(
        gold["article_id"] == e.passage.article.id
        and (plain(gold["text"]) in plain(e.text) or (len(plain(e.text)) > 20 and plain(e.text) in plain(gold["text"])))
        for gold in question["gold"]
    )


def fit_ranking(found: Sequence[Case]) -> Array:
    """The weight of each measure, for measures as they are."""
    useful = [c for c in found if c.right.any()]
    deviation = np.concatenate([c.rows for c in found]).std(axis=0) + 1e-6

    def loss(weights: Array) -> tuple[float, Array]:
        value, gradient = 0.5 * _PENALTY * float(weights @ weights), _PENALTY * weights
        for case in useful:
            rows = case.rows / deviation
            scores = rows @ weights
            odds = np.exp(scores - scores.max())
            chance = odds / odds.sum()
            mass = float(chance[case.right].sum())
            value -= float(np.log(max(mass, 1e-300)))
            gradient = gradient + rows.T @ chance - rows.T @ (chance * case.right / max(mass, 1e-300))
        return value, gradient

    return _minimum(loss, len(deviation)) / deviation


def best(case: Case, weights: Array) -> tuple[float, float, bool] | None:
    """The score, the share and the rightness of the sentence that would be shown first; None where none may be."""
    scores = case.rows @ weights
    odds = np.exp(scores - scores.max())
    if not case.may.any():
        return None
    at = int(np.argmax(np.where(case.may, scores, -np.inf)))
    return float(scores[at]), float(odds[at] / odds.sum()), bool(case.right[at])


def fit_confidence(found: Sequence[Case], weights: Array) -> Array:
    """The weights of score and share, and the constant."""
    shown = [b for case in found if (b := best(case, weights))]
    x, y = np.array([b[:2] for b in shown]), np.array([float(b[2]) for b in shown])
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = (x - mean) / deviation

    def loss(w: Array) -> tuple[float, Array]:
        chance = 1.0 / (1.0 + np.exp(-(z @ w[:-1] + w[-1])))
        value = -float((y * np.log(chance + 1e-12) + (1 - y) * np.log(1 - chance + 1e-12)).sum())
        gradient = np.append(z.T @ (chance - y) + _CONFIDENCE_PENALTY * w[:-1], (chance - y).sum())
        return value + 0.5 * _CONFIDENCE_PENALTY * float(w[:-1] @ w[:-1]), gradient

    w = _minimum(loss, 3)
    return np.append(w[:-1] / deviation, w[-1] - float((w[:-1] * mean / deviation).sum()))


def _minimum(loss: Callable[[Array], tuple[float, Array]], size: int) -> Array:
    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)


def cross_validated(found: Sequence[Case], shuffles: int = 3) -> tuple[float, list[tuple[float, dict[str, int]]]]:
    """The share of single-fact questions whose best sentence is right; and what each least confidence would give."""
    firsts: list[bool] = []
    outcomes: list[tuple[float, bool, bool]] = []
    for seed in range(shuffles):
        order = np.random.RandomState(seed).permutation(len(found))
        for fold in range(10):
            held = set(order[fold::10].tolist())
            training = [c for i, c in enumerate(found) if i not in held]
            weights = fit_ranking([c for c in training if c.question["answerable"]])
            a, b, c = fit_confidence(training, weights)
            for case in (found[i] for i in held):
                shown = best(case, weights)
                answerable = bool(case.question["answerable"])
                if answerable and not case.question["multi"]:
                    firsts.append(bool(shown and shown[2]))
                chance = 1.0 / (1.0 + np.exp(-(a * shown[0] + b * shown[1] + c))) if shown else 0.0
                outcomes.append((float(chance), bool(shown and shown[2]), answerable))
    curve = []
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        given = [(right, answerable) for chance, right, answerable in outcomes if chance >= least]
        counts = {
            "right": sum(r for r, _ in given),
            "wrong": sum(a and not r for r, a in given),
            "unanswerable answered": sum(not a for _, a in given),
        }
        curve.append((least, {name: round(count / shuffles) for name, count in counts.items()}))
    return float(np.mean(firsts)), curve


def main() -> None:
    """Fit, cross-validate and print."""
    with sample_library() as library:
        found = cases(library)
    weights = fit_ranking([c for c in found if c.question["answerable"]])
    console = Console()
    console.print("WEIGHTS", {name: round(float(w), 2) for name, w in zip(WEIGHTS, weights, strict=True)})
    console.print("CONFIDENCE", [round(float(w), 3) for w in fit_confidence(found, weights)])
    first, curve = cross_validated(found)
    console.print(f"right sentence first, single facts, cross-validated: {first:.3f}")
    for least, counts in curve:
        console.print(f"least confidence {least:.2f}: {counts} of {len(found)} questions")


if __name__ == "__main__":
    main()

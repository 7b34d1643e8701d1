"""What a run over labelled questions comes to, in figures."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.evaluation.asked import Outcome, holds, is_expected
from retrieval.schema import AnswerOrigin


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares are in [0, 1], None where there is nothing to count; times are in seconds.

    Of search, over the answerable questions: ``hits_at_1``, ``hits_at_4`` and ``mrr``, the mean reciprocal rank among
    the articles of the first ten passages. ``right``: answers to those questions that hold all that is expected.
    ``citation_precision``: of the citations in these answers, those of an expected article; ``citation_recall``: of the
    expected articles, those that are cited. ``written``: answers in a language model's words; ``verified``: of the
    sentences that it wrote, those that were shown as written. ``abstention_precision``: of the abstentions, those on
    unanswerable questions; ``abstention_recall``: of the unanswerable questions, those abstained on.
    """

    questions: int
    hits_at_1: float | None
    hits_at_4: float | None
    mrr: float | None
    right: float | None
    citation_precision: float | None
    citation_recall: float | None
    written: float | None
    verified: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    seconds_median: float | None
    seconds_p95: float | None


def measure(outcomes: Sequence[Outcome]) -> Measures:
    """The measures of a run."""
    answerable = [o for o in outcomes if o.labelled.answerable]
    answered = [o for o in answerable if not o.answer.abstained]
    abstained = [o for o in outcomes if o.answer.abstained]
    ranks = [next((n for n, hit in enumerate(o.found, start=1) if hit), None) for o in answerable]
    seconds = sorted(o.seconds for o in outcomes)
    return Measures(
        questions=len(outcomes),
        hits_at_1=_share(rank == 1 for rank in ranks),
        hits_at_4=_share(rank is not None and rank <= 4 for rank in ranks),
        mrr=statistics.fmean(1 / rank if rank else 0.0 for rank in ranks) if ranks else None,
        right=_share(_is_right(o) for o in answerable if o.labelled.expected),
        citation_precision=_share(
            is_expected(o.labelled, c.article.id, c.text) for o in answered for c in o.answer.citations
        ),
        citation_recall=_share(
            any(c.article.id == wanted for c in o.answer.citations)
            for o in answerable
            for wanted in o.labelled.articles
        ),
        written=_share(o.answer.origin is AnswerOrigin.WRITTEN for o in outcomes if not o.answer.abstained),
        verified=_share(shown for o in outcomes for shown in _verdicts(o)),
        abstention_precision=_share(not o.labelled.answerable for o in abstained),
        abstention_recall=_share(o.answer.abstained for o in outcomes if not o.labelled.answerable),
        seconds_median=statistics.median(seconds) if seconds else None,
        seconds_p95=seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))] if seconds else None,
    )


def _is_right(outcome: Outcome) -> bool:
    answer = outcome.answer
    if answer.abstained:
        return False
    # a date or a name may be told by the cited words alone: "on Monday" beside an article of 9 March
    text = " ".join([answer.text, *(c.text for c in answer.citations)])
    return all(holds(text, expected) for expected in outcome.labelled.expected)


def _verdicts(outcome: Outcome) -> Iterable[bool]:
    """For each sentence that a language model wrote, whether it was shown as written."""
    answer = outcome.answer
    if answer.usage is None:
        return []
    instead = {item.instead for item in answer.left_out}
    written = answer.origin is AnswerOrigin.WRITTEN
    shown = [s for s in answer.sentences if s.text not in instead] if written else []
    return [*(True for _ in shown), *(False for _ in answer.left_out)]


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None

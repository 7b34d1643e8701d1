"""Days that are told only as so long after another: "sank on 17 January, eleven days after its inspection"."""

from __future__ import annotations

import re
from collections.abc import Set

from retrieval.search.found_events import ReportedEvent
from retrieval.search.verb_forms import told_stems

_APART = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)\s+(?:after|before|since|following)\b[^.;]*"
)


def is_days_apart(report: ReportedEvent, words: Set[str]) -> bool:
    """Whether a report's day and what is asked for, by its stems, stand on the two sides of "eleven days after"."""
    apart = _APART.search(report.text)
    if apart is None or not words:
        return False
    beside = told_stems(apart[0])
    rest = told_stems(report.text[: apart.start()] + report.text[apart.end() :])
    at = report.expression_at.start - report.start if report.expression_at is not None else -1
    if apart.start() <= at < apart.end():
        return words <= rest and not words <= beside
    return bool(words & beside) and not words <= rest

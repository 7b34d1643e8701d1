"""Measures of an evaluation for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from retrieval.evaluation import Measures

_ROWS = {
    "questions": "questions",
    "hits_at_1": "search: an answering article first",
    "hits_at_4": "… among the first four",
    "mrr": "… mean reciprocal rank",
    "right": "answers that hold what is expected",
    "citation_precision": "citations of an answering article",
    "citation_recall": "answering articles that are cited",
    "written": "answers in the model's words",
    "verified": "sentences of the model shown as written",
    "abstention_precision": "abstentions that were right",
    "abstention_recall": "unanswerable questions abstained on",
    "seconds_median": "seconds an answer, median",
    "seconds_p95": "… 95th percentile",
}


def print_measures(console: Console, runs: Mapping[str, Measures]) -> None:
    """A table with a column for each run."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in runs:
        table.add_column(name, justify="right")
    for field, label in _ROWS.items():
        table.add_row(label, *(_shown(getattr(measures, field)) for measures in runs.values()))
    console.print(table)


def measures_json(runs: Mapping[str, Measures]) -> list[dict[str, Any]]:
    """Each run with its name and its measures."""
    return [{"run": name, **asdict(measures)} for name, measures in runs.items()]


def _shown(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"

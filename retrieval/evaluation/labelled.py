"""Questions with what a right answer holds, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.errors import BadInput

_FORM = '{"question": …, "expected": ["words of the answer", …], "articles": ["id", …], "answerable": true}'


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its labels.

    ``expected`` are strings that a right answer holds, all of them, in any case of letters; ``articles`` the ids of
    those that answer. Either may be empty. ``answerable``: whether the articles answer at all.
    """

    question: str
    expected: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    answerable: bool = True


def read_labelled(lines: Iterable[str]) -> list[Labelled]:
    """The questions of a file; BadInput with the line that is none, or where there are none."""
    found = list(_read(lines))
    if not found:
        raise BadInput(f"There are no questions in that file: write one a line, as {_FORM}.")
    return found


def _read(lines: Iterable[str]) -> Iterator[Labelled]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
        except ValueError as error:
            raise BadInput(f"Line {number} is no JSON: write {_FORM}.") from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str) or not row["question"].strip():
            raise BadInput(f"Line {number} has no question: write {_FORM}.")
        answerable = row.get("answerable", True)
        if not isinstance(answerable, bool):
            raise BadInput(f"Line {number}: “answerable” is true or false.")
        expected, articles = _strings(row, "expected", number), _strings(row, "articles", number)
        if answerable and not expected and not articles:
            raise BadInput(f"Line {number} does not say what answers it: give “expected” or “articles”.")
        yield Labelled(row["question"], expected, articles, answerable)


def _strings(row: dict[str, Any], name: str, number: int) -> tuple[str, ...]:
    value = row.get(name) or []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise BadInput(f"Line {number}: “{name}” is a list of strings.")
    return tuple(value)

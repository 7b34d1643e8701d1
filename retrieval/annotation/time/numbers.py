"""Numbers in figures and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.time.lexicon import MULTIPLIERS

if TYPE_CHECKING:
    from retrieval.annotation.time.tokens import Tokens


def short_year(n: int) -> int:
    """The four-figure year of a two-figure one: '69 to '99 are of the 20th century, as POSIX has it."""
    return 1900 + n if n >= 69 else 2000 + n


def count(tokens: Tokens, start: int, end: int) -> float | str | None:
    """The number that tokens `start`..`end` say ("twenty-four", "two and a half", "a"); ``"X"`` for a vague one."""
    total, current, seen = 0.0, 0.0, False
    for i in range(start, end):
        kind, value = tokens.kinds[i], tokens.values[i]
        if kind in "-&":
            continue
        if kind == "J":
            return (total + current) + 0.5
        if kind == "q":
            return value if isinstance(value, (int, float, str)) else None
        if kind == "a":
            if i == start:
                current, seen = 1, True
            continue
        if kind in "dnyos":
            current, seen = float(value), True
        elif kind == "w":
            if tokens.word(i) in MULTIPLIERS:
                current = (current or 1) * value
                if value >= 1000:
                    total, current = total + current, 0
            else:
                current += value
            seen = True
    return total + current if seen else None


def year_in_words(values: Sequence[int]) -> int | None:
    """The year that the values of number words say, as in "nineteen ninety-seven"."""
    if len(values) not in (2, 3) or not 11 <= values[0] <= 20:
        return None
    if len(values) == 2:
        return values[0] * 100 + values[1] if 10 <= values[1] < 100 else None
    tens, ones = values[1:]
    return values[0] * 100 + tens + ones if 20 <= tens < 100 and 0 < ones < 10 else None

"""The columns of a printed page that was drawn line by line across them: each read by itself, from the left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_GAP = 2  # blanks, in a page laid out in characters of one width, that may stand between columns
_ROWS = 6  # rows one below the other with words on both sides of a gutter; fewer may be so by chance
_WIDEST = 400  # characters of a row; what is wider is no printed page
_WORDS = 3.5  # words of a line on the average; the cells of a table have fewer
_RUNNING_ON = 0.3  # the share of lines that begin in lower case; in a table few do
_SEPARATED = 0.5  # the share of rows that the plain text has as they stand, from one column into the other
_SPACES = re.compile(r"\s+")


def column_by_column(plain: str, layout: str) -> str:
    """`plain`, the text of a page in the order in which it was drawn; where that runs from column to column, the text
    of `layout`, which is the same page laid out in characters of one width, one column after the other."""
    rows = [row.rstrip() for row in layout.expandtabs().splitlines()]
    gutter = _gutter(rows)
    if gutter is None:
        return plain
    drawn = _SPACES.sub("", plain)
    across = [_SPACES.sub("", row) in drawn for row in rows if _is_split(row, gutter)]
    if sum(across) < _SEPARATED * len(across):
        return plain
    return "\n".join(_read(rows, _blank_rows(rows)))


def _gutter(rows: Sequence[str]) -> int | None:
    """Where a blank strip divides lines of prose, as far down as any does."""
    best, found = _ROWS - 1, None
    for at in range(_GAP, min(_WIDEST, max(map(len, rows), default=0))):
        block: list[str] = []
        for row in (*rows, "x" * (at + 1)):
            if not _crosses(row, at):
                if _is_split(row, at):
                    block.append(row)
                continue
            if len(block) > best and _is_prose([b[:at] for b in block]) and _is_prose([b[at:] for b in block]):
                best, found = len(block), at
            block = []
    return found


def _crosses(row: str, at: int) -> bool:
    return bool(row[at - _GAP + 1 : at + 1].strip())


def _is_split(row: str, at: int) -> bool:
    return not _crosses(row, at) and bool(row[:at].strip()) and bool(row[at:].strip())


def _is_prose(lines: Sequence[str]) -> bool:
    words = sum(len(line.split()) for line in lines)
    running_on = sum(line.strip()[:1].islower() for line in lines)
    return words >= _WORDS * len(lines) and running_on >= _RUNNING_ON * len(lines)


def _read(rows: Sequence[str], spacing: int) -> list[str]:
    gutter = _gutter(rows)
    if gutter is None:
        return _lines(rows, spacing)
    read: list[str] = []
    block: list[str] = []
    for row in (*rows, None):
        if row is not None and not _crosses(row, gutter):
            block.append(row)
            continue
        read += _read([b[:gutter].rstrip() for b in block], spacing)
        read += _read([b[gutter:] for b in block], spacing)
        read += [] if row is None else [" ".join(row.split())]
        block = []
    return read


def _lines(rows: Sequence[str], spacing: int) -> list[str]:
    """The lines of a column, and an empty one where more is blank than between any two lines."""
    lines: list[str] = []
    blank = 0
    for row in rows:
        if not row.strip():
            blank += 1
            continue
        if blank > spacing and lines:
            lines.append("")
        lines.append(" ".join(row.split()))
        blank = 0
    return lines


def _blank_rows(rows: Sequence[str]) -> int:
    """How many rows are blank between two lines, as a rule."""
    filled = [n for n, row in enumerate(rows) if row.strip()]
    gaps = sorted(below - above - 1 for above, below in pairwise(filled))
    return gaps[len(gaps) // 2] if gaps else 0

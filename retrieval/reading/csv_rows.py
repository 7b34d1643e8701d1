"""CSV and TSV: one article a row, read as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.errors import Unreadable
from retrieval.reading.decoding import Undecodable, binary, decode
from retrieval.reading.dumps import FIELDS, MANY, article_of_row
from retrieval.reading.fields import BadField
from retrieval.reading.given import Given
from retrieval.reading.titles import one_line
from retrieval.schema import Article

LONGEST_FIELD = 8 * 1024 * 1024  # characters; a book is 1 MB
_DELIMITERS = ",;\t|"

csv.field_size_limit(LONGEST_FIELD)  # a setting of the whole process, and 128 KB at first


def read_csv(file: BinaryIO, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The article of every row, or why the row gives none; memory is bounded by `LONGEST_FIELD`.

    The first row names the columns, in any case of letters. An article without an id and a URL is "name:LINE".
    """
    if given.title or given.url:
        yield Unreadable(name, MANY)
        return
    head = file.readline(LONGEST_FIELD)
    if not head.strip():
        yield Unreadable(name, "empty")
        return
    try:
        first = _one_line(decode(head)) if binary(head) is None else ""
    except Undecodable as error:
        yield Unreadable(name, error.reason, 1)
        return
    if not first.strip():
        yield Unreadable(name, binary(head) or "empty")
        return
    delimiter = max(_DELIMITERS, key=first.count)
    columns = [one_line(column) for column in next(csv.reader([first], delimiter=delimiter), [])]
    renamed = _our_case(columns, given)
    yield from _rows(file, delimiter, renamed, name, given)


def _rows(
    file: BinaryIO, delimiter: str, columns: list[str], name: str, given: Given
) -> Iterator[Article | Unreadable]:
    lines = _Lines(file)
    rows = csv.reader(lines, delimiter=delimiter)
    empty = True
    while True:
        began = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except (csv.Error, Undecodable) as error:
            empty = False
            yield Unreadable(name, _reason(error), began)
            if lines.ended:
                break
            continue
        if not any(cell.strip() for cell in row):
            continue
        empty = False
        # A row with more cells than columns has a delimiter that was not quoted: its fields cannot be told apart.
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            yield Unreadable(name, f"{len(row)} cells, and there are {len(columns)} columns", began)
            continue
        fields: dict[str, object] = dict(zip(columns, row, strict=False))
        try:
            yield article_of_row(fields, name=name, number=began, given=given)
        except BadField as error:
            yield Unreadable(name, str(error), began)
    if empty:
        yield Unreadable(name, "no rows below the names of the columns")


class _Lines:
    """The lines of a file as text. `number` counts from 1, the line of the columns' names included."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.number, self.ended = file, 1, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_FIELD)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        return _one_line(decode(line))


def _one_line(text: str) -> str:
    """A line with the one line end that `csv` lets stand between rows."""
    return text.replace("\r\n", "\n").replace("\r", " ").rstrip("\n") + "\n"


def _our_case(columns: list[str], given: Given) -> list[str]:
    """The columns' names, ours and the given ones in the case in which we look for them."""
    wanted = {known.lower(): known for known in (*FIELDS, *(theirs for _, theirs in given.columns))}
    return [wanted.get(column.lower(), column) for column in columns]


def _reason(error: Exception) -> str:
    if isinstance(error, Undecodable):
        return error.reason
    return "a quotation mark that does not end" if "limit" in str(error) or "end of data" in str(error) else str(error)

"""CSV and TSV: one article a row, read as a stream."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.errors import Unreadable
from retrieval.reading.decoding import Undecodable, binary, decode, is_utf_16
from retrieval.reading.dumps import MANY, article_of_row, our_name
from retrieval.reading.fields import BadField
from retrieval.reading.given import Given
from retrieval.reading.titles import one_line
from retrieval.schema import Article

LONGEST_FIELD = 8 * 1024 * 1024  # characters; a book is 1 MB
_LARGEST_UTF_16 = 50 * 1024 * 1024  # bytes
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)  # what spreadsheet programs read and write

csv.field_size_limit(LONGEST_FIELD)  # a setting of the whole process, and 128 KB at first


def read_csv(file: BinaryIO, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The article of every row, or why the row gives none; memory is bounded by `LONGEST_FIELD`.

    The first row names the columns, in any case of letters. An article without an id and a URL is "name:LINE".
    """
    if given.title or given.url:
        yield Unreadable(name, MANY)
        return
    try:
        lines = _Lines(_in_utf_8(file))
        first = next(lines, "")
        if found := _SEPARATOR_LINE.fullmatch(first):
            first = next(lines, "")
    except Undecodable as error:
        yield Unreadable(name, error.reason, error.line)
        return
    if not first.strip():
        yield Unreadable(name, "empty")
        return
    delimiter = found[1] if found else max(_DELIMITERS, key=lambda one: (_known(first, one, given), first.count(one)))
    columns = [our_name(column, given) or column for column in _split(first, delimiter)]
    doubled = next((c for c in columns if our_name(c, given) and columns.count(c) > 1), None)
    if doubled is not None:
        yield Unreadable(name, f"two columns are named `{doubled}`: rename one", lines.number)
        return
    yield from _rows(lines, delimiter, columns, name, given)


def _rows(lines: _Lines, delimiter: str, columns: list[str], name: str, given: Given) -> Iterator[Article | Unreadable]:
    # Strictly: a mark that never ends would swallow the rows below it, and words behind one would lose it.
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    empty = True
    while True:
        began = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except (csv.Error, Undecodable) as error:
            empty = False
            # Much that writes tabs between cells puts no marks around them: those that stand there are the text's.
            if delimiter == "\t" and lines.number == began and isinstance(error, csv.Error):
                row = next(csv.reader([lines.last], delimiter=delimiter, quoting=csv.QUOTE_NONE))
            else:
                yield Unreadable(name, _reason(error, began, lines), began)
                if lines.ended:
                    break
                continue
        if not any(cell.strip() for cell in row):
            continue
        empty = False
        # A row with more cells than columns has a delimiter that was not quoted: its fields cannot be told apart.
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            there = "there is 1 column" if len(columns) == 1 else f"there are {len(columns)} columns"
            yield Unreadable(name, f"{len(row)} cells, and {there}", began)
            continue
        fields: dict[str, object] = dict(zip(columns, row, strict=False))
        try:
            yield article_of_row(fields, name=name, number=began, given=given)
        except BadField as error:
            yield Unreadable(name, str(error), began)
    if empty:
        yield Unreadable(name, "no rows below the names of the columns")


class _Lines:
    """The lines of a file as text. `number` is that of the `last` one, and counts from 1."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.number, self.ended, self.last = file, 0, False, ""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_FIELD)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if self.number == 1 and (reason := binary(line)) is not None:
            raise Undecodable(reason)
        try:
            self.last = _one_line(decode(line))
        except Undecodable as error:
            raise Undecodable(error.reason, self.number) from None
        return self.last


def _in_utf_8(file: BinaryIO) -> BinaryIO:
    """The file; one in UTF-16, as spreadsheet programs write "Unicode text", turned into UTF-8."""
    head = file.read(2)
    file.seek(0)
    if not is_utf_16(head):
        return file
    data = file.read(_LARGEST_UTF_16 + 1)
    if len(data) > _LARGEST_UTF_16:
        raise Undecodable(f"larger than {_LARGEST_UTF_16 // 1024**2} MB in UTF-16; save it as UTF-8")
    return io.BytesIO(decode(data).encode())


def _one_line(text: str) -> str:
    """A line with the one line end that `csv` lets stand between rows."""
    return text.replace("\r\n", "\n").replace("\r", " ").rstrip("\n") + "\n"


def _split(line: str, delimiter: str) -> list[str]:
    return [one_line(column) for column in next(csv.reader([line], delimiter=delimiter), [])]


def _known(line: str, delimiter: str, given: Given) -> int:
    """How many of the columns are ours, if this is what stands between them."""
    return sum(our_name(column, given) is not None for column in _split(line, delimiter))


def _reason(error: Exception, began: int, lines: _Lines) -> str:
    if isinstance(error, Undecodable):
        return error.reason
    if "limit" in str(error) or "end of data" in str(error):
        rest = f", and with it everything down to line {lines.number}" if lines.number > began else ""
        return f"a quotation mark that does not end{rest}"
    down = f"; left out down to line {lines.number}" if lines.number > began else ""
    return f"words behind the quotation mark that ends a cell: within a cell, write it twice{down}"

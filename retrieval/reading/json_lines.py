"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.errors import Unreadable
from retrieval.reading.decoding import Undecodable, binary, decode, is_utf_16
from retrieval.reading.dumps import MANY, article_of_row
from retrieval.reading.fields import BadField
from retrieval.reading.given import Given
from retrieval.schema import Article

LONGEST_LINE = 8 * 1024 * 1024  # bytes; a book is 1 MB
_CHUNK = 1024 * 1024


def read_json_lines(file: BinaryIO, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The article of every line, or why the line gives none; memory is bounded by `LONGEST_LINE`.

    An article without an id and a URL is "name:LINE".
    """
    if given.title or given.url:
        yield Unreadable(name, MANY)
        return
    number = 0
    empty = True
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            if reason := _not_json_lines(line):
                yield Unreadable(name, reason)
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            empty = False
            size = len(line) + _skip_line(file)
            yield Unreadable(
                name, f"a line of {size / 1e6:.0f} MB; at most {LONGEST_LINE / 1e6:.0f} MB are read", number
            )
        elif line.strip():
            empty = False
            try:
                yield _article(line, name, number, given)
            except (Undecodable, BadField, _BadLine) as error:
                yield Unreadable(name, str(error), number)
    if empty:
        yield Unreadable(name, "empty")


class _BadLine(Exception):
    """A line that holds no article; ``str()`` says why."""


def _article(line: bytes, name: str, number: int, given: Given) -> Article:
    text = decode(line)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        reason = "truncated JSON" if cut else f"no valid JSON: {error.msg} at character {error.pos + 1}"
        raise _BadLine(reason) from None
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        raise _BadLine("no JSON that can be read") from None
    if not isinstance(fields, dict):
        raise _BadLine("no JSON object with the fields of an article")
    return article_of_row(fields, name=name, number=number, given=given)


def _not_json_lines(head: bytes) -> str | None:
    if is_utf_16(head):
        return "UTF-16; JSON Lines are UTF-8, save it as such"
    return binary(head)


def _skip_line(file: BinaryIO) -> int:
    """Read on to the end of the line; the number of bytes passed over."""
    skipped = 0
    while chunk := file.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped

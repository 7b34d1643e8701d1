"""Cutting an answer into messages that Discord takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MESSAGE_LIMIT = 2000
"""Discord's limit for a message; counted here in UTF-16 units, which are never fewer than its characters."""

_MARKERS = re.compile(r"(?: ?\[\d{1,4}\])+$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of markup that stays in one message where it fits; ``glue`` parts it from the block before."""

    text: str
    glue: str = " "


def length(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def messages(blocks: Iterable[Block], limit: int = MESSAGE_LIMIT) -> list[str]:
    """The blocks in order, in as few messages of at most `limit` units as that takes.

    A block that is longer than `limit` alone is cut at a space, outside quotations where there is such a space, and
    never within an escape; its citation markers stay together with its last words.
    """
    parts: list[str] = []
    current = ""
    for block in _whole_quotations(blocks, limit):
        for i, piece in enumerate(_pieces(block.text, limit)):
            glue = (block.glue if i == 0 else " ") if current else ""
            if current and length(current) + length(glue) + length(piece) > limit:
                parts.append(current)
                current, glue = "", ""
            current += glue + piece
    if current:
        parts.append(current)
    return parts


def _whole_quotations(blocks: Iterable[Block], limit: int) -> list[Block]:
    """The blocks, those joined that one quotation spans, as long as they fit a message together."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and block.glue == " " and _is_open(before.text):
            together = f"{before.text} {block.text}"
            if length(together) <= limit:
                joined[-1] = Block(together, before.glue)
                continue
        joined.append(block)
    return joined


def _is_open(text: str) -> bool:
    """Whether a quotation begins in `text` that does not end in it."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _pieces(text: str, limit: int) -> Sequence[str]:
    if length(text) <= limit:
        return (text,)
    markers = _MARKERS.search(text)
    tail = markers[0] if markers and length(markers[0]) < limit // 4 else ""
    body = text[: len(text) - len(tail)]
    room = limit - length(tail)
    pieces = []
    while length(body) > room:
        cut = _cut(body, room)
        pieces.append(body[:cut].rstrip())
        body = body[cut:].lstrip()
    pieces.append(body + tail)
    return [piece for piece in pieces if piece]


def _cut(text: str, room: int) -> int:
    """Where to cut `text` so that at most `room` units come first: outside a quotation, else at a space, else anywhere
    but within an escape."""
    units, quoted, straight, escaped = 0, 0, False, False
    outside = space = anywhere = 0
    for i, character in enumerate(text):
        if not escaped:  # here text[:i] can end
            anywhere = i
            if character == " ":
                space = i
                if quoted <= 0 and not straight:
                    outside = i
        units += 2 if character > "\uffff" else 1
        if units > room:
            break
        escaped = character == "\\" and not escaped
        quoted += (character == "“") - (character == "”")
        straight ^= character == '"'
    # a cut far to the front for the sake of a quotation would leave a message almost empty
    return next((cut for cut in (outside, space) if units and cut > len(text[:anywhere]) // 4), anywhere)

"""The marks of Markdown, which extracted pages have too, taken out of a text: what is cited is its words.

Lines stay lines, so that a citation still names the right one. Links and headings stay as they are.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(```|~~~)")
_QUOTE = re.compile(r"\A(?: {0,3}>[ \t]?){1,5}(?=.*\w)")
_BULLET = re.compile(r"\A[ \t]*[-*+][ \t]+(?=.*\w)")
_ROW = re.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*")
_RULE = re.compile(r"[ \t|:-]*")
# What may not be touched, or words between two like marks; a footnote's asterisk and 5*3 stand alone.
_EMPHASIS = re.compile(
    r"(?P<kept>\]\([^()\s]*\)|<[^<>\s]*>|https?://\S+|`[^`\n]*`|\\.)"
    r"|(?<![\w*])(?P<mark>\*{1,3}|(?<!_)_{1,3})(?=[^\s*_])(?P<words>.{1,500}?)(?<=[^\s*_\\])"
    r"(?P=mark)(?![*_])(?:(?<=\*)|(?!\w))",
    re.DOTALL,
)
_NESTED = 3  # marks within marks
_MOST_MARKS = 60  # in a paragraph; one with more is no prose
_PARAGRAPH_END = re.compile(r"(\n[ \t]*\r?\n)")
_LINE = re.compile(r"[^\r\n]+")


def plain_markdown(text: str) -> str:
    """A Markdown text without the marks of emphasis, lists, quotes and tables; blocks of code stay as they are."""
    fence = ""
    pieces: list[str] = []
    prose: list[str] = []
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark is None and not fence:
            prose.append(_LINE.sub(lambda m: _plain_line(_QUOTE.sub("", m[0])), line))
            continue
        pieces += [_without_emphasis("".join(prose)), line]
        prose = []
        if mark is not None:
            fence = "" if mark[1] == fence else fence or mark[1]
    return "".join((*pieces, _without_emphasis("".join(prose))))


def plain_page(text: str) -> str:
    """The text of a page without the marks that its extraction puts before the items of lists and around tables."""
    lines = (_plain_line(line) for line in text.split("\n"))
    return "\n".join(line for line, was in zip(lines, text.split("\n"), strict=True) if line or not was)


def _plain_line(line: str) -> str:
    row = _ROW.fullmatch(line)
    if row is None:
        return _BULLET.sub("", line)
    if _RULE.fullmatch(line):
        return ""
    return " | ".join(cell for cell in map(str.strip, row["cells"].split("|")) if cell)


def _without_emphasis(text: str) -> str:
    return "".join(_without_pairs(paragraph) for paragraph in _PARAGRAPH_END.split(text))


def _without_pairs(paragraph: str) -> str:
    for _ in range(_NESTED):
        if not 2 <= paragraph.count("*") + paragraph.count("_") <= _MOST_MARKS:
            break
        paragraph = _EMPHASIS.sub(lambda m: m["kept"] or m["words"], paragraph)
    return paragraph

"""Quotation marks: which opens, which closes, and which is an apostrophe.

Straight, curly, single, doubled single ('' … ''), low („ … “) and guillemets. A paragraph that opens a quotation
and does not close it is the ordinary way to print one that goes on in the next paragraph (Chicago Manual of Style,
13.30); any other mark without its partner is left alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.schema import Stretch


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: `[start, end)` with the marks, `inner` without them.

    ``closed`` is False where the paragraph ends before the quotation does.
    """

    start: int
    end: int
    inner: Stretch
    closed: bool = True
    single: bool = False


# One alternative a family; two single marks in a row are one double mark.
_MARK = re.compile(r"''|``|‘‘|’’|[\"“”„‟«»‹›‘’‚'`]")
_DOUBLE = {'"', "“", "”", "„", "‟", "''", "``", "‘‘", "’’", "«", "»"}
_ONLY_OPENS = {"“", "„", "``", "‘‘", "«", "‹", "‚"}
_ONLY_CLOSES = {"”", "’’", "»", "›"}

# After a straight apostrophe: the elisions that stand at the head of a word.
_ELISION = re.compile(r"(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|bout\b|n\b|round\b)", re.IGNORECASE)
_MOST_MARKS = 120  # looked at for the partner of one; keeps hostile texts linear
_STORM = 2_000  # marks in one paragraph; what has more is no prose, and pairing them takes long
_LONGEST = 6000  # characters; a mark left open over more than this is a slip of the pen


def quoted_stretches(text: str, within: Sequence[Stretch]) -> list[Quoted]:
    """The outermost quoted stretches of each paragraph of `within`, in order."""
    return [quoted for paragraph in within for quoted in _of_paragraph(text, paragraph)]


def unquoted(text: str, within: Sequence[Stretch]) -> str:
    """`text` with blanks for the quoted words of `within`: what its author says."""
    told = list(text)
    for quoted in quoted_stretches(text, within):
        told[quoted.start : quoted.end] = " " * (quoted.end - quoted.start)
    return "".join(told)


def _of_paragraph(text: str, paragraph: Stretch) -> Iterator[Quoted]:
    marks = list(itertools.islice(_MARK.finditer(text, paragraph.start, paragraph.end), _STORM + 1))
    if len(marks) > _STORM:
        return
    position = paragraph.start
    index = 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if mark.start() < position or not _can_open(text, mark, paragraph):
            continue
        family = mark.group() in _DOUBLE
        closing = _partner(text, mark, marks[index : index + _MOST_MARKS], paragraph, double=family)
        if closing is not None:
            inner = Stretch(mark.end(), closing.start())
            if _has_word(text, inner):
                yield Quoted(mark.start(), closing.end(), inner, single=not family)
                position = closing.end()
        elif family and mark.start() == paragraph.start and paragraph.end - mark.end() <= _LONGEST:
            # Only a mark that opens the paragraph is known to be left open on purpose …
            yield Quoted(mark.start(), paragraph.end, Stretch(mark.end(), paragraph.end), closed=False)
            return
        elif family and _opens_a_sentence(text, mark) and paragraph.end - mark.end() <= _LONGEST:
            # … or one that opens a sentence and is followed by no other mark of its family.
            yield Quoted(mark.start(), paragraph.end, Stretch(mark.end(), paragraph.end), closed=False)
            return


def _partner(
    text: str, opening: re.Match[str], following: Sequence[re.Match[str]], paragraph: Stretch, *, double: bool
) -> re.Match[str] | None:
    depth = 0
    for i, mark in enumerate(following):
        if mark.start() < opening.end() or (mark.group() in _DOUBLE) != double:
            continue
        if not double and mark.start() - opening.end() > 400:
            return None
        same = mark.group() == opening.group() and mark.group() in _ONLY_OPENS
        if same and _can_open(text, mark, paragraph):
            # A second opening mark is nesting only where both are closed; else the first was left open.
            depth += 1
            continue
        if _can_close(text, mark, opening, paragraph):
            if depth == 0 or not _closes_again(text, mark, following[i + 1 :], opening, paragraph):
                return mark
            depth -= 1
    return None


def _closes_again(
    text: str, mark: re.Match[str], following: Sequence[re.Match[str]], opening: re.Match[str], paragraph: Stretch
) -> bool:
    """Whether another closing mark of the same sign follows before anything opens again."""
    for later in following:
        if later.group() not in (mark.group(), opening.group()):
            continue
        return later.group() == mark.group() and _can_close(text, later, opening, paragraph)
    return False


def _can_open(text: str, mark: re.Match[str], paragraph: Stretch) -> bool:
    sign = mark.group()
    if sign in _ONLY_CLOSES:
        return False
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if after.isspace() and sign not in ("«", "‹"):
        return False
    if sign in _ONLY_OPENS:
        return True
    if sign in ("'", "‘", "’", "`"):
        if sign == "’" or _ELISION.match(text, mark.end()):
            return False
        return before.isspace() or before in '([{—–-"“/'
    if before.isalnum():
        return False
    # A straight mark right after a full stop closes what the reader saw opened, unless a space parts them.
    return before not in ".,!?;" or before.isspace()


def _can_close(text: str, mark: re.Match[str], opening: re.Match[str], paragraph: Stretch) -> bool:
    sign, opened = mark.group(), opening.group()
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if opened in ("«", "‹"):
        return sign == ("»" if opened == "«" else "›")
    if sign in ("«", "»", "‹", "›", "„", "``", "‘‘"):
        return False
    if opened == "„":
        return sign in ("“", "”", '"')
    if sign == "“":
        return False
    if sign in ("'", "’"):
        # "the workers' right", "don't": an apostrophe, as long as what follows goes on like a word.
        return not after.isalnum() and not before.isspace() and opened in ("'", "‘", "`", "‚")
    if sign in ("”", "’’"):
        return True
    if before.isspace() and not after.isspace() and after.isalnum():
        return False
    return not after.isalnum() or not before.isspace()


def _opens_a_sentence(text: str, mark: re.Match[str]) -> bool:
    before = text[max(0, mark.start() - 3) : mark.start()].rstrip()
    return before[-1:] in (".", ":", "?", "!") and text[mark.end() : mark.end() + 1].isupper()


def _has_word(text: str, stretch: Stretch) -> bool:
    return any(character.isalnum() for character in text[stretch.start : stretch.end])

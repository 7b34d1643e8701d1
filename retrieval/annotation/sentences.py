"""Where sentences begin and end: sentencex's rules, mended for what news prose does to them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import sentencex

from retrieval.schema import Stretch

# A clock time ends no sentence before the day or the zone that belongs to it ("5 p.m. Monday", "9 a.m. EST").
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?|[A-Z]{2,4}T|[A-Z]T|GMT|UTC"
    r"|Eastern|Central|Mountain|Pacific|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*)\b"
)
# Abbreviations that always lean on the next word and that sentencex does not know.
_LEANING = re.compile(
    r"(?:^|[\s(\[“\"'‘])(?:Mr|Mrs|Ms|Dr|Messrs|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Ft|Mt|Ste|Ald|Pte|Insp|Supt|approx|ca|nos|Nos|pp|vols?|Amb|Atty|Pres|Sec|Treas)\.$"
)
_INITIAL = re.compile(r"(?:^|[\s.(-])[A-Z]\.$")
_STARTS_INITIAL = re.compile(r"[A-Z]\.")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]$")
# "- **3 May 1881.** The mill burned": a date that begins a line belongs to what it dates.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE_ALONE = re.compile(
    rf"[\s>#*_•·–—-]*(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Aa]bout|c\.|circa|Spring|Summer|Autumn|Fall|Winter)[\s-])?"
    rf"(?:[A-Z][a-z]+day,?\s)?(?:(?:{_DAY}\s)?{_MONTH}(?:\s{_DAY})?(?:,?\s\d{{4}})?|\d{{4}}(?:\s?[–-]\s?\d{{2,4}})?)[.:][*_]*"
)
# Emphasis that closes behind a full stop: "**It burned.** Nobody …".
_CLOSING_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\s)")
_WORDLESS = re.compile(r"[^\w]*$")
# ".) Then": a bracketed sentence is one of its own.
_AFTER_BRACKET = re.compile(r"[.!?][”’\"']?[)\]](\s+)(?=[“\"‘]?[A-Z])")

_OPENING_MARK = re.compile(r"(?<=\S)\s(?=[“‘\"]\s*\Z)")

_BLANK_LINES = re.compile(r"[^\S\n]*\r?\n(?:[^\S\n]*\r?\n)+")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = re.compile(r"[.!?:;…][”’\"')\]]*$")

_BLOCK = 5_000  # characters of a paragraph; longer ones are lists, tables or no prose at all
_WRAPPED_WIDTH = 100  # characters; editors and mail programs wrap prose at 72 to 100


def paragraphs(text: str) -> list[Stretch]:
    """The paragraphs of `text`, in order, without the white space around them.

    A blank line always ends a paragraph; a line end does so unless the text is hard-wrapped, that is, unless its
    lines are short and mostly break in mid-sentence.
    """
    wrapped = _is_wrapped(text)
    boundary = _BLANK_LINES if wrapped else _LINE_END
    stretches, start = [], 0
    for match in boundary.finditer(text):
        stretches.append((start, match.start()))
        start = match.end()
    stretches.append((start, len(text)))
    return [trimmed for s, e in stretches if (trimmed := _trim(text, s, e)) is not None]


def sentences(text: str, within: Sequence[Stretch] | None = None) -> list[Stretch]:
    """The sentences of `text`, in order, without the white space around them.

    `within` are the paragraphs to cut (default: all of them); no sentence crosses from one to the next.
    """
    return [s for paragraph in (paragraphs(text) if within is None else within) for s in _cut(text, paragraph)]


def leans(text: str) -> bool:
    """Whether `text` ends in an abbreviation that always leans on the next word: "Dr.", "Sen."."""
    return _LEANING.search(text) is not None


class SentencesNear:
    """The sentences of a text around a few places in it: paragraphs are found in no time, cutting them takes longer."""

    def __init__(self, text: str) -> None:
        self._text, self._paragraphs = text, paragraphs(text)
        self._starts = [paragraph.start for paragraph in self._paragraphs]
        self._cut: dict[int, list[Stretch]] = {}

    def __call__(self, start: int, end: int) -> list[Stretch]:
        """Those of the paragraphs that reach into a stretch of the text, and of the one before."""
        first = max(0, bisect_right(self._starts, start) - 2)
        last = max(first + 1, bisect_right(self._starts, max(start, end - 1)))
        return [s for n in range(first, min(last, len(self._paragraphs))) for s in self._sentences(n)]

    def _sentences(self, number: int) -> list[Stretch]:
        if number not in self._cut:
            self._cut[number] = list(_cut(self._text, self._paragraphs[number]))
        return self._cut[number]


def _cut(text: str, paragraph: Stretch) -> Iterator[Stretch]:
    body = text[paragraph.start : paragraph.end]
    pending: Stretch | None = None
    for piece in _with_emphasis(body, _pieces(body)):
        if pending is not None and _belongs_together(body, pending, piece):
            pending = Stretch(pending.start, piece.end)
            continue
        if pending is not None:
            yield Stretch(paragraph.start + pending.start, paragraph.start + pending.end)
        pending = piece
    if pending is not None:
        yield Stretch(paragraph.start + pending.start, paragraph.start + pending.end)


def _pieces(body: str) -> Iterator[Stretch]:
    """sentencex's sentences of one paragraph, bracketed sentences cut off."""
    for start, end in _without_opening_marks(body, list(_boundaries(body))):
        for match in _AFTER_BRACKET.finditer(body, start, end):
            if (piece := _trim(body, start, match.start(1))) is not None:
                yield piece
            start = match.end(1)
        if (piece := _trim(body, start, end)) is not None:
            yield piece


def _with_emphasis(body: str, pieces: Iterator[Stretch]) -> Iterator[Stretch]:
    """The pieces, each with the mark that closes its emphasis, which sentencex leaves to the next one."""
    before: Stretch | None = None
    for piece in pieces:
        if before is not None:
            mark = _CLOSING_EMPHASIS.match(body, piece.start, piece.end)
            if mark and body.count(mark[1], 0, before.end) % 2 and piece.start - before.end <= 1:
                before = Stretch(before.start, mark.end())
                following = _trim(body, mark.end(), piece.end)
                if following is None:
                    continue
                piece = following
            yield before
        before = piece
    if before is not None:
        yield before


def _without_opening_marks(body: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A quotation mark that opens what comes next belongs to that: sentencex leaves an unpaired one behind."""
    begins = None
    for n, (start, end) in enumerate(found):
        mark = _OPENING_MARK.search(body, max(start, end - 4), end) if n + 1 < len(found) else None
        yield begins or start, mark.start() if mark else end
        begins = mark.end() if mark else None


def _boundaries(body: str) -> Iterator[tuple[int, int]]:
    """sentencex's boundaries, found a block at a time: its time grows with the square of unpaired quotation marks."""
    at = 0
    while at < len(body):
        block = body[at : at + _BLOCK]
        found = [(b["start_index"], b["end_index"]) for b in sentencex.get_sentence_boundaries("en", block)]
        if at + len(block) < len(body) and len(found) > 1:
            found.pop()  # the block may end within it: the next one begins with it
        if not found:
            return
        yield from ((at + start, at + end) for start, end in found)
        at += found[-1][1]


def _belongs_together(body: str, left: Stretch, right: Stretch) -> bool:
    before, after = body[max(left.start, left.end - 40) : left.end], body[right.start : right.start + 40]
    if _WORDLESS.match(after[: right.end - right.start]):
        return True
    if left.start == 0 and _DATE_ALONE.fullmatch(body, left.start, left.end):
        return True
    if after[0].islower() and not (len(after) > 1 and after[1].isupper()):  # but "iPhone sales fell"
        return True
    if _CLOCK.search(before) and _AFTER_CLOCK.match(after):
        return True
    if leans(before):
        return True
    if _INITIAL.search(before) and _STARTS_INITIAL.match(after):
        return True
    return bool(_ENUMERATOR.fullmatch(body[left.start : left.end])) if left.end - left.start <= 5 else False


def _trim(text: str, start: int, end: int) -> Stretch | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end) if start < end else None


def _is_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()]
    # The last line of a paragraph says nothing: it ends where its paragraph ends.
    inner = [line for line, after in itertools.pairwise(lines) if line and after]
    if len(inner) < 3 or max(map(len, lines)) > _WRAPPED_WIDTH:
        return False
    long = [line for line in inner if len(line) >= _WRAPPED_WIDTH * 0.45]
    broken = [line for line in long if not _TERMINAL.search(line)]
    return len(long) >= 0.6 * len(inner) and len(broken) >= 0.6 * len(long)

"""The stretches of an article's text that are not the article: appeals, share bars, labels, notices, credits.

Form (imperative, a label of its own), vocabulary, person ("you", "our") and place (head, tail) decide together, and
none of them alone: a sentence *about* subscriptions, newsletters or cookies belongs to its article. In doubt a
paragraph stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.reading import boilerplate_words as words
from retrieval.schema import Stretch

_TAIL = 3  # paragraphs of the article's own that may follow what still counts as its end
_MOST_WORDS = 70  # in a paragraph of boilerplate
_LONGEST_PARAGRAPH = 1000  # characters
_LONGEST_HEADLINE = 25  # words
_LONGEST_CREDIT = 150  # characters
_SHORTEST_SENTENCE = 5  # words; fewer before a credit are "Gov." or a label
_SENTENCE_END = re.compile(r"(?<=[^\WA-Z_])[.!?][”\"’')]{0,2}\s+")  # not after an initial
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_CLAUSE_END = re.compile(r"(?<=[.!?:])\s+")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    """The line as a reader sees it: without the addresses of Markdown's links."""
    block: int
    """Lines of one block have no blank line between them."""
    word_count: int


def boilerplate(text: str) -> tuple[Stretch, ...]:
    """The stretches of `text` that are not the article, in order and disjoint.

    They are whole lines, or the credit that ends a caption. Empty where everything looks like boilerplate: a text is
    about something.
    """
    lines = _lines(text)
    marked = [_stands_alone(line) for line in lines]
    _mark_neighbours(lines, marked)
    _mark_tail(lines, marked)
    _mark_head(lines, marked)
    _mark_lists(lines, marked)
    found = [Stretch(line.start, line.end) if mark else _credit(line) for line, mark in zip(lines, marked, strict=True)]
    stretches: list[Stretch] = []
    whole = 0
    touches = False  # the stretch before reaches to the end of its line
    for line, stretch in zip(lines, found, strict=True):
        whole += stretch == (line.start, line.end)
        if stretch is None:
            touches = False
        elif touches and stretch.start == line.start:
            stretches[-1] = Stretch(stretches[-1].start, stretch.end)
        else:
            stretches.append(stretch)
            touches = True
    return tuple(stretches) if whole < len(lines) else ()


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    block, last_end = 0, 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if not stripped:
            continue
        start = match.start() + match[0].index(stripped[0])
        if text.count("\n", last_end, start) + text.count("\u2029", last_end, start) > 1:
            block += 1
        last_end = start + len(stripped)
        # A long paragraph is the article's own, and need not be looked at.
        words_in = stripped.count(" ") + 1 if len(stripped) <= _LONGEST_PARAGRAPH else _MOST_WORDS + 1
        shown = _LINK.sub(r"\1", stripped) if "](" in stripped and words_in <= _MOST_WORDS else stripped
        lines.append(_Line(start, last_end, shown, block, words_in))
    return lines


# -- a line by itself ---------------------------------------------------------------------------------


def _stands_alone(line: _Line) -> bool:
    """Whether a line is boilerplate wherever it stands."""
    text, count = line.text, line.word_count
    if count > _MOST_WORDS:
        return False
    if count <= 12 and (words.LABEL.fullmatch(text) or _is_share_bar(text) or words.DIVIDER.fullmatch(text)):
        return True
    if count <= _LONGEST_HEADLINE and words.LABELLED_HEADLINE.fullmatch(text):
        return True
    if text[0] in "“\"‘'«„":
        return False
    looks_like_it = (
        (count <= 25 and _is_pointer(text))
        or (count <= 60 and words.NOTICE.match(text) and not _is_speech(text))
        or (count <= 40 and words.CREDIT.match(text))
        or (words.PROMPT.search(text) and words.ADDRESSED.search(text) and not words.ATTRIBUTED.search(text))
        or _is_promotion(text, count)
    )
    return bool(looks_like_it) and not words.CORRECTION.search(text)


def _is_pointer(text: str) -> bool:
    if words.SHOUTED_POINTER.match(text) or words.GENRE_POINTER.fullmatch(text) or words.ARROW.fullmatch(text):
        return True
    return bool(words.POINTER.match(text)) and not (text.endswith(".") and words.ATTRIBUTED.search(text))


def _is_speech(text: str) -> bool:
    """Whether a line quotes or credits somebody: then it tells something, whatever its words are."""
    return bool(words.QUOTED.search(text) or words.ATTRIBUTED.search(text))


def _is_share_bar(text: str) -> bool:
    tokens = re.findall(r"[\w+-]+", text)
    return (
        len(tokens) >= 2
        and all(words.SHARE_WORD.fullmatch(token) for token in tokens)
        and len(words.NETWORK.findall(text)) >= (1 if tokens[0].lower() in ("share", "tweet", "follow", "print") else 2)
    )


def _credit(line: _Line) -> Stretch | None:
    """A picture's credit at the end of a caption, or the whole caption where it holds no sentence."""
    text = line.text
    if len(text) != line.end - line.start:  # links were taken out, and offsets would be off
        return None
    if not (text.endswith(")") or "/" in text[-80:] or "|" in text[-80:]):
        return None
    credit = words.AGENCY_PHOTO.search(text[-_LONGEST_CREDIT:])
    if credit is None or line.word_count > _MOST_WORDS or words.ATTRIBUTED.search(credit[0]):
        return None
    offset = max(0, len(text) - _LONGEST_CREDIT)
    first = offset + credit.start()
    if text[first] != "(":  # the photographer's name has no beginning but the end of the sentence before
        first = max(
            (m.end() for m in _SENTENCE_END.finditer(text, 0, offset + max(text.rfind("/"), text.rfind("|")))),
            default=0,
        )
    before = text[:first].rstrip()
    if _SENTENCE_END.search(before + " ") and before.count(" ") >= _SHORTEST_SENTENCE - 1 and before[-1] in ".!?”\"’')":
        return Stretch(line.start + first, line.end) if len(text) - first <= _LONGEST_CREDIT else None
    return Stretch(line.start, line.end) if line.word_count <= 45 else None


def _is_promotion(text: str, count: int) -> bool:
    """An imperative of the publisher's own: "Sign up for our newsletter …"."""
    return (
        count <= 60
        and bool(words.IMPERATIVE.match(text))
        and bool(words.PRODUCT.search(text))
        and bool(words.US.search(text))
        and bool(words.ACTION.search(text) or re.match(r"(?i)\W*(?:get|follow|download|join|receive|never|do)", text))
        and not _is_speech(text)
    )


# -- a line in its place ------------------------------------------------------------------------------


def _mark_tail(lines: list[_Line], marked: list[bool]) -> None:
    """Appeals and credits at the end, from the last line up."""
    own = 0
    for position in range(len(lines) - 1, -1, -1):
        if marked[position]:
            continue
        line = lines[position]
        if _is_crew(line) or _is_appeal(line):
            marked[position] = True
            continue
        below = position + 1
        if below < len(lines) and marked[below] and _is_appeal(lines[below]) and _leads_to_appeal(line, lines[below]):
            marked[position] = True
            continue
        own += 1
        if own > _TAIL:
            return


def _mark_head(lines: list[_Line], marked: list[bool]) -> None:
    """Appeals, and a dateline on a line of its own, above the first paragraph."""
    for position in range(min(len(lines), 3)):
        place = lines[position].word_count <= 6 and words.PLACE_ALONE.fullmatch(lines[position].text)
        if not marked[position] and not place and not _is_appeal(lines[position]):
            return
        marked[position] = True


def _is_appeal(line: _Line) -> bool:
    """Whether a line at the head or tail asks the reader for money, an address or loyalty."""
    text, count = line.text, line.word_count
    if count > _MOST_WORDS or _is_speech(text):
        return False
    if _is_promotion(text, count):
        return True
    if not words.ACTION.search(text):
        return False
    # "subscribe" is a publisher's word by itself; "support" and "donate" need to be for the publisher.
    theirs = bool(words.SUBSCRIBE.search(text) or words.PUBLISHER.search(text))
    if words.US.search(text):
        return theirs and bool(words.YOU.search(text) or words.IMPERATIVE.match(text))
    return theirs and any(words.COMMAND.match(sentence) for sentence in _CLAUSE_END.split(text))


def _leads_to_appeal(line: _Line, below: _Line) -> bool:
    """Whether a line only prepares the appeal below it: what journalism is worth, what it costs."""
    text = line.text
    if line.word_count > 60 or _is_speech(text):
        return False
    signs = [
        words.JOURNALISM.search(text),
        words.VALUE.search(text),
        words.STAKES.search(text),
        words.US.search(text),
        words.YOU.search(text),
    ]
    same_block = line.block == below.block
    return bool(signs[0]) and sum(map(bool, signs)) >= (2 if same_block else 3)


def _is_crew(line: _Line) -> bool:
    """Whether a line names who reported and edited, and says nothing else."""
    text = line.text
    if line.word_count > 60:
        return False
    if words.CONTRIBUTED.fullmatch(text) and line.word_count <= 30:
        return True
    if not words.CREW.match(text):
        return False
    tokens = re.findall(r"[^\s,;:.()/]+", text)
    return all(not token[0].islower() or words.CREW_WORD.fullmatch(token) for token in tokens)


def _mark_neighbours(lines: list[_Line], marked: list[bool]) -> None:
    """One-word buttons beside a share bar ("Email", "X")."""
    for position, line in enumerate(lines):
        if marked[position] or line.word_count > 2 or not words.SHARE_WORD.fullmatch(line.text):
            continue
        near = range(max(0, position - 2), min(len(lines), position + 3))
        buttons = sum(bool(lines[i].word_count <= 2 and words.SHARE_WORD.fullmatch(lines[i].text)) for i in near)
        marked[position] = buttons >= 3 or any(marked[i] and _is_share_bar(lines[i].text) for i in near)


def _mark_lists(lines: list[_Line], marked: list[bool]) -> None:
    """The headlines below a "Related articles" that ends the text."""
    for position, line in enumerate(lines):
        if not marked[position] or not words.LIST_HEADING.fullmatch(line.text):
            continue
        rest = range(position + 1, len(lines))
        if position > len(lines) // 3 and all(marked[i] or _is_headline(lines[i]) for i in rest):
            for i in rest:
                marked[i] = True
            return


def _is_headline(line: _Line) -> bool:
    return line.word_count <= 18 and len(line.text) <= 140 and not line.text.endswith((".", ".”", '."', ","))

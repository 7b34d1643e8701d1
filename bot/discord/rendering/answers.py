"""An Answer as text for Discord: sentences with markers, and a line or two for each source."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from bot.discord.rendering.escaping import code, escape, escape_label, safe_address
from bot.discord.rendering.splitting import Block, length, messages
from retrieval.schema import Answer, AnswerSentence, Citation, QuestionKind
from retrieval.schema.community import AbstentionTone, ShownCitation

SOURCES = "**Sources**"
NEAREST = "**Nearest articles**"
ASKED = "> "
"""How the line begins that repeats the question of a slash command, which Discord itself does not show."""

TEXT_LIMIT = 2_000
"""UTF-16 units of an answer's text in one message; Discord shows 4,000, and sources and notes need the rest."""

LAYOUT_LIMIT = 3_950
"""UTF-16 units of all texts of a layout; Discord takes 4,000."""

_SOURCES_LIMIT, _NOTES_LIMIT = 1_500, 400
_TITLE, _PUBLISHER, _PATH = 200, 80, 300  # characters; longer ones are cut
_SENTENCE = 4000  # characters; what is longer is no sentence but a text without a full stop
_NOTHING = "I found nothing in the articles that answers this."
_SORRY = "Sorry, I cannot answer that: "
_TRY = "Naming a person, a place or a day, or asking for one thing at a time, often helps."
REMOVED = "This article was removed."


def answer_parts(answer: Answer, *, asked: str | None = None, tone: AbstentionTone = AbstentionTone.PLAIN) -> list[str]:
    """The text of `answer` in parts of at most TEXT_LIMIT, none with markup from an article.

    `asked` is repeated as a quotation above it.
    """
    blocks = [Block(ASKED + escape(asked), "")] if asked else []
    blocks.extend(_abstention(answer, tone) if answer.abstained else sentence_blocks(answer.sentences, _glue(answer)))
    if not answer.abstained and len(blocks) == bool(asked):
        blocks.append(Block(_NOTHING, "\n"))
    return messages(blocks, TEXT_LIMIT)


def sentence_blocks(sentences: Sequence[AnswerSentence], between: str = " ") -> list[Block]:
    """The sentences with their markers, each a block that is not cut where it fits."""
    blocks: list[Block] = []
    for sentence in sentences:
        text = escape(_shortened(sentence.text, _SENTENCE, " […]"))  # words added stand in square brackets
        if text:
            markers = "".join(f"[{n}]" for n in sentence.citations)
            blocks.append(Block(f"{text} {markers}".rstrip(), between if blocks else "\n"))
    return blocks


def offered(answer: Answer, tone: AbstentionTone) -> tuple[Citation, ...]:
    """The citations that are listed under an answer: its own, or the nearest articles of an abstention."""
    if not answer.abstained:
        return answer.citations
    if tone is AbstentionTone.SHORT:
        return ()
    articles = {(c.article.collection, c.article.id): c for c in reversed(answer.nearest)}
    return tuple(c for c in answer.nearest if c in articles.values())


def small(notes: Sequence[str]) -> str:
    """The footnotes, small; empty where there are none."""
    lines = [f"-# {escape(_shortened(note, _NOTES_LIMIT // 2))}" for note in notes if escape(note)]
    while lines and length("\n".join(lines)) > _NOTES_LIMIT:
        lines.pop()
    return "\n".join(lines)


def source_texts(citations: Sequence[Citation | ShownCitation], room: int = _SOURCES_LIMIT) -> list[str]:
    """Two lines for each source, number and title above publisher and day; together within the `room` there is.

    Where the links to the very words are too long for that, the pages are linked; where even that is, nothing is, and
    then names are cut shorter.
    """
    texts: list[str] = []
    for linked, part in (("words", 1), ("page", 1), ("", 1), ("", 2), ("", 4), ("", 8)):
        texts = [_source_text(citation, linked, part) for citation in citations]
        if sum(map(length, texts)) <= min(room, _SOURCES_LIMIT):
            break
    return texts


def source_line(citation: Citation) -> str:
    """Title with link, publisher and day of a citation, on one line."""
    return ", ".join((_title(citation, "words", 1), *_details(citation, 1)))


def _source_text(citation: Citation | ShownCitation, linked: str, part: int) -> str:
    """`part`: of what names may have as a rule, they have only the half, the quarter …"""
    if isinstance(citation, ShownCitation):
        return f"[{citation.n}] {REMOVED}"
    return f"[{citation.n}] {_title(citation, linked, part)}\n-# {', '.join(_details(citation, part))}"


def _title(citation: Citation, linked: str, part: int) -> str:
    article = citation.article
    title = escape_label(_shortened(article.title, _TITLE // part)) or "(untitled)"
    address = (linked == "words" and safe_address(citation.link)) or (linked and safe_address(article.url))
    return f"[{title}](<{address}>)" if address else title


def _details(citation: Citation, part: int) -> list[str]:
    article = citation.article
    details = []
    if article.source and article.source.strip():
        details.append(escape(_shortened(article.source, _PUBLISHER // part)))
    details.append(_day(article.published_on))
    place, _, page = (citation.link or "").partition("#page=")
    if article.url is None and place and "://" not in place:
        details.append(code(_end_of(place, _PATH // part)))
    if page.isdecimal():
        details.append(f"page {page}")
    return details


def _abstention(answer: Answer, tone: AbstentionTone) -> list[Block]:
    reason = escape(answer.reason or "") or _NOTHING
    if tone is AbstentionTone.FRIENDLY and answer.question.kind is not QuestionKind.HELP:
        reason = f"{_SORRY}{reason[0].lower()}{reason[1:]} {_TRY}"
    return [Block(reason, "\n")]


def _glue(answer: Answer) -> str:
    return "\n" if answer.question.kind is QuestionKind.WHEN else " "  # in order of time: a line for each


def _day(day: date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else "date unknown"


def _shortened(text: str, limit: int, mark: str = "…") -> str:
    return text if len(text) <= limit else text[: limit - len(mark)].rstrip() + mark


def _end_of(path: str, limit: int) -> str:
    """The end of a path tells more than its beginning."""
    return path if len(path) <= limit else "…" + path[1 - limit :]

"""An Answer as Discord messages: sentences with markers, then the numbered sources."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from bot.discord.escaping import code, escape, escape_label, safe_address
from bot.discord.splitting import Block, messages
from retrieval.schema import Answer, Citation, QuestionKind

SOURCES = "**Sources**"
NEAREST = "**Nearest articles**"
ASKED = "> "
"""How the line begins that repeats the question of a slash command, which Discord itself does not show."""

_TITLE, _PUBLISHER, _PATH = 200, 80, 300  # characters; longer ones are cut
_SENTENCE = 4000  # characters; what is longer is no sentence but a text without a full stop
_NOTHING = "I found nothing in the articles that answers this."


def render(answer: Answer, *, asked: str | None = None) -> list[str]:
    """The messages that show `answer`, none longer than Discord allows, none with markup from an article.

    `asked` is repeated as a quotation above the answer.
    """
    blocks = [Block(ASKED + escape(asked), "")] if asked else []
    blocks.extend(_body(answer))
    if answer.abstained:
        blocks.extend(_listed(NEAREST, answer.nearest))
    else:
        blocks.extend(_listed(SOURCES, answer.citations))
    blocks.extend(Block(f"-# {note}", "\n") for note in map(escape, answer.notes) if note)
    return messages(blocks)


def _body(answer: Answer) -> list[Block]:
    if answer.abstained:
        return [Block(escape(answer.reason or "") or _NOTHING, "\n")]
    blocks: list[Block] = []
    between = "\n" if answer.question.kind is QuestionKind.WHEN else " "  # in order of time: a line for each
    for sentence in answer.sentences:
        text = escape(_shortened(sentence.text, _SENTENCE, " […]"))  # words added stand in square brackets
        if text:
            markers = "".join(f"[{n}]" for n in sentence.citations)
            blocks.append(Block(f"{text} {markers}".rstrip(), between if blocks else "\n"))
    return blocks or [Block(_NOTHING, "\n")]


def _listed(heading: str, citations: Iterable[Citation]) -> list[Block]:
    """One line for each citation; the heading stays with the first of them."""
    blocks: list[Block] = []
    for citation in citations:
        line = f"[{citation.n}] {source_line(citation)}"
        blocks.append(Block(line, "\n") if blocks else Block(f"{heading}\n{line}", "\n\n"))
    return blocks


def source_line(citation: Citation) -> str:
    """Title with link, publisher and day of a citation."""
    article = citation.article
    title = escape_label(_shortened(article.title, _TITLE)) or "(untitled)"
    address = safe_address(citation.link) or safe_address(article.url)
    shown = f"[{title}](<{address}>)" if address else title
    details = [shown]
    if article.source and article.source.strip():
        details.append(escape(_shortened(article.source, _PUBLISHER)))
    details.append(_day(article.published_on))
    if article.url is None and citation.link and "://" not in citation.link:
        details.append(code(_end_of(citation.link, _PATH)))
    return ", ".join(details)


def _day(day: date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else "date unknown"


def _shortened(text: str, limit: int, mark: str = "…") -> str:
    return text if len(text) <= limit else text[: limit - len(mark)].rstrip() + mark


def _end_of(path: str, limit: int) -> str:
    """The end of a path tells more than its beginning."""
    return path if len(path) <= limit else "…" + path[1 - limit :]

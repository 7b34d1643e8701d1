"""Events as Discord messages: a numbered line for each, in order of time."""

from __future__ import annotations

from bot.discord.rendering.escaping import escape, escape_label, safe_address
from bot.discord.rendering.splitting import MESSAGE_LIMIT, Block, length, messages
from bot.event_words import INFERRED, dated, nothing_found, reported_by, said_of
from retrieval.answering.citations import text_fragment
from retrieval.search.found_events import EventsFound, FoundEvent
from retrieval.search.wording import understood, written_day

_TEXT, _TITLE, _PUBLISHER = 300, 120, 60  # characters; longer ones are cut


def render_events(found: EventsFound) -> list[str]:
    """The messages that show `found`, none with markup from an article."""
    heading = understood(found.query)
    blocks = [Block(f"**{escape(heading[0].upper() + heading[1:])}**", "")]
    if not found.events:
        blocks.append(Block(nothing_found(found), "\n"))
    blocks += [Block(f"`{n}` {_line(event)}", "\n") for n, event in enumerate(found.events, start=1)]
    for words, nearest in (("The nearest before:", found.before), ("The nearest after:", found.after)):
        if nearest is not None:
            blocks.append(Block(f"{words} {_line(nearest)}", "\n"))
    notes = []
    if found.total > len(found.events):
        notes.append(f"-# {len(found.events)} of {found.total} events")
    if any(event.shown.inferred and event.shown.expression for event in found.events):
        notes.append(f"-# {escape(INFERRED)}")
    below = "".join(f"\n{note}" for note in notes)
    *parts, last = messages(blocks, MESSAGE_LIMIT - length(below))  # notes are no message of their own
    return [*parts, last + below]


def _line(event: FoundEvent) -> str:
    shown = event.shown
    when = dated(shown)
    star = "\\*" if when.endswith("*") else ""
    status = said_of(event)
    said = f" *({escape(status)})*" if status else ""
    text = escape(_shortened(" ".join(shown.text.split()), _TEXT))
    return f"**{escape(when.removesuffix('*'))}**{star}{said} {text} — {_source(event)}{reported_by(event)}"


def _source(event: FoundEvent) -> str:
    article = event.shown.article
    title = escape_label(_shortened(article.title, _TITLE)) or "(untitled)"
    address = (article.url and safe_address(text_fragment(article.url, event.shown.text))) or safe_address(article.url)
    details = [f"[{title}](<{address}>)" if address else title]
    if article.source and article.source.strip():
        details.append(escape(_shortened(article.source, _PUBLISHER)))
    details.append(written_day(article.published_on) if article.published_on else "date unknown")
    return ", ".join(details)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 2].rstrip() + " …"

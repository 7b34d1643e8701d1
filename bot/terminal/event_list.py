"""Events as text for a person: a line for each, in order of time."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bot.event_words import INFERRED, dated, nothing_found, reported_by, said_of
from bot.terminal.printing import about, printable
from retrieval.search.found_events import EventsFound, FoundEvent
from retrieval.search.wording import understood

_WITHIN = 0.5


def print_events(console: Console, found: EventsFound) -> None:
    """The events with their sources; or that there are none, with the nearest on either side."""
    heading = understood(found.query)
    console.print(Text(heading[0].upper() + heading[1:], style="bold"))
    console.print()
    if not found.events:
        console.print(Text(nothing_found(found)))
    reaching = False
    for n, event in enumerate(found.events, start=1):
        if found.query.is_dated and event.fits < _WITHIN and not reaching:
            reaching = True
            console.print(Text("Less exactly dated, or reaching into these days:", style="dim"))
        _print_event(console, n, event)
    for words, nearest in (("The nearest before:", found.before), ("The nearest after:", found.after)):
        if nearest is not None:
            console.print(Text(words, style="dim"))
            _print_event(console, None, nearest)
    if found.total > len(found.events):
        console.print(Text(f"{len(found.events)} of {found.total}: -k shows more.", style="dim"))
    if any(event.shown.inferred and event.shown.expression for event in found.events):
        console.print(Text(INFERRED, style="dim"))
    if found.unread:
        some = "An article has" if found.unread == 1 else f"{found.unread} articles have"
        console.print(Text(f"{some} not been read for events yet: run `onrecord reindex`.", style="dim"))


def _print_event(console: Console, n: int | None, event: FoundEvent) -> None:
    mark = f"[{n}] " if n else "    "
    line = Text(mark, style="dim")
    line.append(dated(event.shown), style="bold")
    status = said_of(event)
    if status:
        line.append(f" ({status})", style="italic")
    console.print(line)
    console.print(Text("    " + " ".join(printable(event.shown.text).split())))
    console.print(Text(f"    {about(event.shown.article)}{reported_by(event)}", style="dim"))
    place = event.shown.article.url or f"{event.shown.article.id}:{event.shown.start}-{event.shown.end}"
    console.print(Text(f"    {printable(place)}", style="dim"), soft_wrap=True)

"""What happened when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.commands.options import WholeNumber, json_option, server_option
from bot.commands.shared import new_console, open_library, readable_collections, take_in
from retrieval.errors import BadInput
from retrieval.settings import load_settings

if TYPE_CHECKING:
    from retrieval.search.found_events import EventsFound

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAYS = "DAYS"


def _dating_options(command: _Command) -> _Command:
    """The options that `events` and `timeline` share."""
    for option in reversed((
        click.option("--on", metavar=_DAYS, help='Happenings on these days: 2016-10-22, "October 2016", "last week" …'),
        click.option("--from", "first", metavar=_DAYS, help="Happenings from this day on."),
        click.option("--to", "last", metavar=_DAYS, help="Happenings up to this day."),
        click.option("--published-from", "published_first", metavar=_DAYS, help="Only articles published since."),
        click.option("--published-to", "published_last", metavar=_DAYS, help="Only articles published until."),
        server_option,
        json_option,
    )):  # fmt: skip
        command = option(command)
    return command


def _count_option(default: int) -> Callable[[_Command], _Command]:
    return click.option(
        "-k", "k", type=WholeNumber(1, 1000), default=default, show_default=True, help="How many at most."
    )


@click.command()
@click.option("--about", metavar="TOPIC", help="Only what is about this.")
@_dating_options
@_count_option(20)
def events(about: str | None, server: int | None, as_json: bool, **asked: Any) -> None:
    """List what happened when, by the days of the happening.

    DAYS are written as people write them: 2016-10-22, "22 October 2016", "Oct. 21-22", "early 2017", "last week".
    """
    _show(_find(about, server, **asked), as_json=as_json)


@click.command()
@click.argument("topic", required=False)
@_dating_options
@_count_option(30)
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Draw it into this file, too.")
def timeline(topic: str | None, server: int | None, as_json: bool, png: Path | None, **asked: Any) -> None:
    """Tell a topic in order of time, or all there is."""
    if png is not None and png.suffix.lower() != ".png":
        raise BadInput(f"The picture is a PNG file: name it {png.with_suffix('.png')}.")
    found = _find(topic, server, **asked)
    _show(found, as_json=as_json)
    if png is not None and not found.events:
        click.echo(f"There is nothing to draw, so {png} was not made.", err=True)
    elif png is not None:
        from bot.charts.timeline import draw

        draw(found, png)
        click.echo(f"Drew {png}.", err=True)


def _find(about: str | None, server: int | None, **asked: Any) -> EventsFound:
    settings = load_settings()
    with open_library(settings) as library:
        take_in(library)
        return library.events(about, collections=readable_collections(settings, server), **asked)


def _show(found: EventsFound, *, as_json: bool) -> None:
    if as_json:
        from bot.terminal.event_json import events_json
        from bot.terminal.machine import dump

        click.echo(dump(events_json(found)))
    else:
        from bot.terminal.event_list import print_events

        print_events(new_console(), found)

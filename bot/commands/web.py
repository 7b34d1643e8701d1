"""Pages and feeds: fetching them again, watching them, taking in what is new."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot.commands.options import WholeNumber, json_option, server_option
from bot.commands.shared import LEFT_OUT, collection_of, open_library, open_to_change, summary, tell
from retrieval.settings import load_settings

if TYPE_CHECKING:
    from retrieval.feeds import FeedReport


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option(
    "--older-than", "days", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="DAYS",
    help="Without ARTICLE: the pages that were last fetched longer ago.",
)  # fmt: skip
@server_option
@json_option
def refresh(articles: tuple[str, ...], days: float, server: int | None, as_json: bool) -> None:
    """Fetch pages that were added from the web again; what changed becomes a new revision."""
    from bot.terminal.progress import watched

    with open_to_change(load_settings()) as library, watched("Fetching") as watcher:
        report = library.refresh(
            articles, older_than=timedelta(days=days), collection=collection_of(server), watcher=watcher
        )
    tell(report, as_json=as_json)


@click.command()
@click.argument("url")
@click.option("--newest", type=WholeNumber(0, 100), default=0, help="Take in so many of the entries it has now.")
@server_option
def watch(url: str, newest: int, server: int | None) -> None:
    """Take in what appears in a feed (RSS, Atom, or a page that names one) from now on, at each `onrecord poll`."""
    from bot.terminal.printing import printable

    with open_library(load_settings()) as library:
        feed = library.watch(url, collection_of(server), newest=newest)
    click.echo(f"Watching {printable(feed.title)} ({feed.url}).")


@click.command()
@click.argument("feed")
@server_option
def unwatch(feed: str, server: int | None) -> None:
    """Stop watching a feed, named by its address or title; its articles stay."""
    with open_library(load_settings()) as library:
        stopped = library.unwatch(feed, collection_of(server))
    click.echo(f"No longer watching {stopped.url}.")


@click.command()
@server_option
@json_option
def feeds(server: int | None, as_json: bool) -> None:
    """List the watched feeds and how they fare."""
    with open_library(load_settings()) as library:
        found = library.feeds((collection_of(server),))
    if as_json:
        from bot.terminal.machine import dump, feeds_json

        click.echo(dump(feeds_json(found)))
    else:
        from bot.commands.shared import new_console
        from bot.terminal.printing import print_feeds

        print_feeds(new_console(), found)


@click.command()
@click.option("--all", "all_of_them", is_flag=True, help="Also the feeds that are not due yet.")
@json_option
def poll(all_of_them: bool, as_json: bool) -> None:
    """Take in what is new in the feeds that are due, of every server; once, as for cron."""
    from bot.terminal.progress import watched

    with open_to_change(load_settings()) as library, watched("Fetching") as watcher:
        reports = library.poll_feeds(all_of_them=all_of_them, watcher=watcher)
    if as_json:
        from bot.terminal.machine import dump, poll_json

        click.echo(dump(poll_json(reports)))
    else:
        for report in reports:
            _tell_of(report)
        if not reports:
            click.echo("No feed is due.")
    if any(report.failed for report in reports):
        sys.exit(LEFT_OUT)


def _tell_of(report: FeedReport) -> None:
    from bot.terminal.printing import printable

    name = printable(report.feed.title)
    for note in report.report.notes:
        click.echo(printable(note), err=True)
    if report.dead is not None:
        click.echo(f"{name}: given up, since {printable(report.dead)}. `onrecord watch {report.feed.url}` tries anew.")
    elif report.failed is not None:
        click.echo(f"{name}: could not be read, since {printable(report.failed)}; it is tried again later.")
    else:
        click.echo(f"{name}: {summary(report.report)}")

"""Changing what is in the store, and keeping it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.options import (
    Column,
    Published,
    json_option,
    server_option,
)
from bot.commands.shared import (
    collection_of,
    names_store,
    new_console,
    open_library,
    open_to_change,
    tell,
)
from retrieval.errors import BadInput
from retrieval.settings import load_settings


@click.command()
def init() -> None:
    """Make a store, with sample articles, where ONRECORD_STORE says."""
    from bot.terminal.samples import make_store

    folder = load_settings().store
    count = make_store(folder)
    click.echo(f"Made the store {folder.resolve()} with {count} sample files in {folder / 'articles'}.")


@click.command()
@click.argument("sources", nargs=-1, metavar="[PATH|URL]...")
@click.option("--published", type=Published(), help="The day, or the instant with its zone, of publication.")
@click.option("--source", "publisher", help="The publisher.")
@click.option("--title", help="The title.")
@click.option("--url", help="The address of the page that a file holds.")
@click.option(
    "--map",
    "columns",
    type=Column(),
    multiple=True,
    help="What JSON Lines or CSV call a field: title=headline.",
)
@server_option
@json_option
def add(
    sources: tuple[str, ...],
    published: date | datetime | None,
    publisher: str | None,
    title: str | None,
    url: str | None,
    columns: tuple[tuple[str, str], ...],
    server: int | None,
    as_json: bool,
) -> None:
    """Add files, folders and web pages; without any, take in what changed in the articles folder."""
    from bot.terminal.progress import watched
    from retrieval.reading.given import Given

    settings = load_settings()
    given = Given(published=published, source=publisher, title=title, url=url, columns=columns)
    if not sources and (server or given != Given()):
        raise BadInput("Name the files, folders or web pages to add.")
    with (
        open_to_change(settings, create=names_store(settings) and bool(sources)) as library,
        watched("Reading") as watcher,
    ):
        report = (
            library.add(sources, collection=collection_of(server), given=given, watcher=watcher)
            if sources
            else library.sync(watcher)
        )
    tell(report, as_json=as_json)


@click.command()
@click.argument("article")
@server_option
def remove(article: str, server: int | None) -> None:
    """Take an article out, with everything read in it."""
    with open_library(load_settings()) as library:
        library.remove(article, collection_of(server))
    click.echo(f"Removed {article}.")


@click.command()
@json_option
def status(as_json: bool) -> None:
    """Show what is in the store, what is pending and who serves the index."""
    with open_library(load_settings()) as library:
        state = library.status()
    if as_json:
        from bot.terminal.machine import dump, status_json

        click.echo(dump(status_json(state)))
    else:
        from bot.terminal.printing import print_status

        print_status(new_console(), state)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--restore", "restoring", is_flag=True, help="Make the store anew from FILE.")
def backup(file: Path, restoring: bool) -> None:
    """Copy the store to FILE, also while the bot runs; or make it anew from FILE."""
    settings = load_settings()
    if restoring:
        from retrieval.backup import restore

        restore(file, settings.store)
        with open_library(settings):  # which fills the index
            pass
        click.echo(f"Restored {file} to {settings.store.resolve()}.")
        return
    with open_library(settings) as library:
        library.backup(file)
    click.echo(f"Wrote {file}.")


@click.command()
def reindex() -> None:
    """Bring every article up to date with this OnRecord and its model, and fill the index anew."""
    from bot.terminal.progress import watched

    with open_to_change(load_settings()) as library, watched("Reading again") as watcher:
        count = library.reindex(watcher)
    click.echo(f"Read {count} article{'s' if count != 1 else ''} again; the index is filled anew.")

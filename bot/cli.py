"""The command `onrecord`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retrieval.errors import BadInput, OnRecordError, UserError
from retrieval.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from retrieval.ingestion import AddReport
    from retrieval.library import Library

_LEFT_OUT = 3  # exit status: something could not be read, the rest went in
_FAILED = 1
_OURS = 70  # EX_SOFTWARE of sysexits.h


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2016-10-31.", param, ctx)


class _Published(click.ParamType[date | datetime]):
    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        if isinstance(value, date):
            return value
        try:
            if len(value) == 10:
                return date.fromisoformat(value)
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write 2016-10-31, or 2016-10-31T08:00:00+09:00.", param, ctx)
        return instant if instant.tzinfo else instant.date()


_server = click.option("--server", type=click.IntRange(min=1), metavar="ID", help="The articles of a Discord server.")
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
_jsonl = click.option("--jsonl", is_flag=True, help='Questions as lines {"id", "question"} on standard input.')
_from = click.option("--from", "first", type=_Day(), help="Only articles published on this day or later.")
_to = click.option("--to", "last", type=_Day(), help="Only articles published on this day or earlier.")
_source = click.option("--source", help="Only articles of this publisher.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def cli() -> None:
    """Ask a collection of articles, and see where every word of the answer stands."""


@cli.command()
def init() -> None:
    """Make a store, with sample articles, where ONRECORD_STORE says."""
    from bot.terminal.samples import make_store

    folder = load_settings().store
    count = make_store(folder)
    click.echo(f"Made the store {folder.resolve()} with {count} sample files in {folder / 'articles'}.")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--published", type=_Published(), help="The day, or the instant with its zone, of publication.")
@click.option("--source", "publisher", help="The publisher.")
@click.option("--title", help="The title.")
@click.option("--url", help="The address of the page.")
@_server
@_json
def add(
    paths: tuple[Path, ...],
    published: date | datetime | None,
    publisher: str | None,
    title: str | None,
    url: str | None,
    server: int | None,
    as_json: bool,
) -> None:
    """Add files and folders; without a path, take in what changed in the articles folder."""
    from bot.terminal.progress import watched
    from retrieval.reading.given import Given

    settings = load_settings()
    given = Given(published=published, source=publisher, title=title, url=url)
    if not paths and (server or given != Given()):
        raise BadInput("Name the files or folders to add.")
    with _library(settings, create=_named_store(settings) and bool(paths)) as library, watched("Reading") as watcher:
        report = (
            library.add(paths, collection=_collection(server), given=given, watcher=watcher)
            if paths
            else library.sync(watcher)
        )
    if as_json:
        from bot.terminal.machine import dump, report_json

        click.echo(dump(report_json(report)))
    else:
        click.echo(_summary(report))
    if report.unreadable:
        sys.exit(_LEFT_OUT)


@cli.command()
@click.argument("article")
@_server
def remove(article: str, server: int | None) -> None:
    """Take an article out, with everything read in it."""
    with _library(load_settings()) as library:
        library.remove(article, _collection(server))
    click.echo(f"Removed {article}.")


@cli.command()
@_server
@_json
def articles(server: int | None, as_json: bool) -> None:
    """List the articles, newest first."""
    settings = load_settings()
    with _library(settings) as library:
        _sync(library)
        heads = library.articles(_readable(settings, server))
    if as_json:
        from bot.terminal.machine import articles_json, dump

        click.echo(dump(articles_json(heads)))
    else:
        from bot.terminal.printing import print_articles

        print_articles(_console(), heads)


@cli.command()
@click.argument("place", metavar="ARTICLE[:START-END]")
@click.option("--revision", type=click.IntRange(min=1), help="An earlier revision, as a citation may point to.")
@_server
@_json
def show(place: str, revision: int | None, server: int | None, as_json: bool) -> None:
    """Show an article, the cited words marked."""
    from bot.terminal.places import parse_place

    settings = load_settings()
    with _library(settings) as library:
        readable = _readable(settings, server)
        article_id, stretch = parse_place(place)
        head, article = library.article(article_id, readable, revision)
        if stretch and stretch[1] > len(article.text):
            raise BadInput(f"The article ends at {len(article.text)}: there is nothing at {stretch[0]}-{stretch[1]}.")
        alike = library.told_alike(head)
    if as_json:
        from bot.terminal.machine import article_json, dump

        click.echo(dump(article_json(head, article, stretch, alike)))
    else:
        from bot.terminal.printing import print_article

        print_article(_console(), head, article, stretch, alike)


@cli.command()
@click.argument("query", required=False)
@click.option("-k", "k", type=click.IntRange(1, 100), default=8, show_default=True, help="How many passages.")
@_from
@_to
@_source
@_server
@_json
@_jsonl
def search(
    query: str | None,
    k: int,
    first: date | None,
    last: date | None,
    source: str | None,
    server: int | None,
    as_json: bool,
    jsonl: bool,
) -> None:
    """Find the passages that answer."""
    from bot.terminal.machine import dump, passages_json
    from retrieval.schema import Window

    settings = load_settings()
    window, readable = Window(first, last, source), _readable(settings, server)
    with _library(settings) as library:
        _sync(library)
        if jsonl:
            _answer_lines(
                lambda text, given: passages_json(
                    text, library.search(text, collections=readable, window=window, k=k), given
                )
            )
            return
        text = _required(query)
        found = library.search(text, collections=readable, window=window, k=k)
    if as_json:
        click.echo(dump(passages_json(text, found)))
    else:
        from bot.terminal.printing import print_passages

        print_passages(_console(), found)


@cli.command()
@click.argument("question", required=False)
@_from
@_to
@_source
@_server
@_json
@_jsonl
def ask(
    question: str | None,
    first: date | None,
    last: date | None,
    source: str | None,
    server: int | None,
    as_json: bool,
    jsonl: bool,
) -> None:
    """Answer a question with cited sources."""
    from bot.terminal.machine import answer_json, dump
    from retrieval.schema import Window

    settings = load_settings()
    window, readable = Window(first, last, source), _readable(settings, server)
    with _library(settings) as library:
        _sync(library)
        if jsonl:
            _answer_lines(
                lambda text, given: answer_json(library.ask(text, collections=readable, window=window), given)
            )
            return
        answer = library.ask(_required(question), collections=readable, window=window)
    if as_json:
        click.echo(dump(answer_json(answer)))
    else:
        from bot.terminal.printing import print_answer

        print_answer(_console(), answer)


@cli.command()
@_server
def chat(server: int | None) -> None:
    """Ask one question after another."""
    from bot.terminal.chat import converse

    settings = load_settings()
    with _library(settings, serve=True) as library:
        _sync(library)
        converse(library, _readable(settings, server), _console())


@cli.command()
@_json
def status(as_json: bool) -> None:
    """Show what is in the store, what is pending and who serves the index."""
    with _library(load_settings()) as library:
        state = library.status()
    if as_json:
        from bot.terminal.machine import dump, status_json

        click.echo(dump(status_json(state)))
    else:
        from bot.terminal.printing import print_status

        print_status(_console(), state)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--restore", "restoring", is_flag=True, help="Make the store anew from FILE.")
def backup(file: Path, restoring: bool) -> None:
    """Copy the store to FILE, also while the bot runs; or make it anew from FILE."""
    settings = load_settings()
    if restoring:
        from bot.terminal.progress import watched
        from retrieval.backup import restore

        restore(file, settings.store)
        with _library(settings) as library, watched("Filling the index") as watcher:
            library.reindex(watcher)
        click.echo(f"Restored {file} to {settings.store.resolve()}.")
        return
    with _library(settings) as library:
        library.backup(file)
    click.echo(f"Wrote {file}.")


@cli.command()
def reindex() -> None:
    """Bring every article up to date with this OnRecord and its model, and fill the index anew."""
    from bot.terminal.progress import watched

    with _library(load_settings()) as library, watched("Reading again") as watcher:
        count = library.reindex(watcher)
    click.echo(f"Read {count} article{'s' if count != 1 else ''} again; the index is filled anew.")


@cli.command()
def settings() -> None:
    """List every setting, its default and what it is."""
    from bot.terminal.settings_table import settings_table

    click.echo(settings_table())


@cli.command()
def bot() -> None:
    """Run the Discord bot."""
    from bot.discord.run import run_bot

    settings = load_settings()
    with _library(settings):  # says at once, in a sentence, if there is no store or it is of another version
        pass
    sys.exit(run_bot(settings))


def main() -> None:
    """Run a command; what the user caused is one sentence, what we caused a traceback and an apology."""
    try:
        logging.basicConfig(level=load_settings().log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
        cli(standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(_FAILED)
    except BrokenPipeError:
        # The reader of our output left; say nothing more to it, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FAILED)
    except OnRecordError as error:
        logging.getLogger(__name__).debug("failed", exc_info=True)
        click.echo(str(error), err=True)
        sys.exit(_FAILED)
    except Exception:
        logging.getLogger(__name__).exception("OnRecord failed")
        click.echo("OnRecord itself failed, and the lines above say where. What was stored is safe.", err=True)
        sys.exit(_OURS)


@contextmanager
def _library(settings: Settings, *, serve: bool = False, create: bool = False) -> Iterator[Library]:
    from retrieval.library import Library
    from retrieval.storage.store import store_exists

    if create and not store_exists(settings.store):
        click.echo(f"Making a new store in {settings.store.resolve()}.", err=True)
    with Library(settings, serve=serve, create=create) as library:
        yield library


def _named_store(settings: Settings) -> bool:
    """Whether the user named the folder of the store, so that one may be made there."""
    return "store" in settings.model_fields_set


def _sync(library: Library) -> None:
    """Take in what changed in the articles folder before it is asked; a word of it where something did."""
    from bot.terminal.progress import watched

    with watched("Reading") as watcher:
        report = library.sync(watcher)
    if report.changed_anything:
        click.echo(f"{_summary(report)}\n", err=True)


def _summary(report: AddReport) -> str:
    from retrieval.storage.store import Outcome

    said = [f"{report.count(o)} {o.value}" for o in Outcome if report.count(o)]
    if report.removed:
        said.append(f"{report.removed} removed")
    if report.unreadable:
        said.append(f"{len(report.unreadable)} left out")
    return f"Articles: {', '.join(said) or 'nothing new'}."


def _answer_lines(answer: Any) -> None:
    """One result a line for the questions on standard input; a line that cannot be answered gets an error."""
    import json

    from bot.terminal.machine import dump, error_json

    failed = False
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        given = None
        try:
            try:
                asked = json.loads(line)
            except ValueError as error:
                raise BadInput(f'Line {number} is no JSON: write {{"id": …, "question": …}}.') from error
            given = asked.get("id") if isinstance(asked, dict) else None
            if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
                raise BadInput(f'Line {number} has no question: write {{"id": …, "question": …}}.')
            click.echo(dump(answer(asked["question"], given)))
        except UserError as error:
            failed = True
            click.echo(dump(error_json(str(error), given)))
    if failed:
        sys.exit(_FAILED)


def _required(text: str | None) -> str:
    if text is None:
        raise BadInput("Ask something: onrecord ask 'who said what?'")
    return text


def _collection(server: int | None) -> str:
    from retrieval.schema import OPERATOR, server_collection

    return OPERATOR if server is None else server_collection(server)


def _readable(settings: Settings, server: int | None) -> tuple[str, ...]:
    """What the members of a server may read; without one, what the operator reads here."""
    from retrieval.schema import OPERATOR, server_collection

    if server is None:
        return (OPERATOR,)
    own = server_collection(server)
    return (OPERATOR, own) if settings.servers_read_operator else (own,)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


if __name__ == "__main__":
    main()

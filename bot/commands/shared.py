"""What several commands do: open the library, take in the articles folder, answer line by line."""

from __future__ import annotations

import difflib
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.running import give_way
from retrieval.errors import BadInput, NotFound, OnRecordError
from retrieval.schema import OPERATOR, server_collection
from retrieval.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from retrieval.library import Library
    from retrieval.reports import AddReport

_log = logging.getLogger(__name__)

FAILED = 1
LEFT_OUT = 3  # exit status: something could not be read, the rest went in


@contextmanager
def open_library(settings: Settings, *, serve: bool = False, create: bool = False) -> Iterator[Library]:
    """The store's library; says so where it makes a new store."""
    from retrieval.library import Library
    from retrieval.storage.store import store_exists

    if create and not store_exists(settings.store):
        click.echo(f"Making a new store in {settings.store.resolve()}.", err=True)
    with Library(settings, serve=serve, create=create) as library:
        yield library


@contextmanager
def open_to_change(settings: Settings, *, create: bool = False) -> Iterator[Library]:
    """The store's library for work that takes a while: the index is served, and a bot beside it goes first."""
    give_way(settings.store)
    with open_library(settings, serve=True, create=create) as library:
        yield library


def names_store(settings: Settings) -> bool:
    """Whether the user named the folder of the store, so that one may be made there."""
    return "store" in settings.model_fields_set


def take_in(library: Library) -> None:
    """Take in what changed in the articles folder before it is asked; a word of it where something did."""
    from bot.terminal.progress import watched

    with watched("Reading") as watcher:
        report = library.sync(watcher)
    if report.changed_anything:
        click.echo(f"{summary(report)}\n", err=True)


def summary(report: AddReport) -> str:
    """What became of what was added, on one line."""
    from retrieval.storage.store import Outcome

    said = [f"{report.count(o)} {o.value}" for o in Outcome if report.count(o)]
    if report.removed:
        said.append(f"{report.removed} removed")
    if report.unreadable:
        said.append(f"{sum(error.count for error in report.unreadable)} left out")
    return f"Articles: {', '.join(said) or 'nothing new'}."


def tell(report: AddReport, *, as_json: bool = False) -> None:
    """Print what became of what was added; ends with the exit status that says so where something was left out."""
    if as_json:
        from bot.terminal.machine import dump, report_json

        click.echo(dump(report_json(report)))
    else:
        from bot.terminal.printing import printable

        for note in report.notes:
            click.echo(printable(note), err=True)
        for url in report.gone:
            click.echo(f"Gone from the web, and kept: {printable(url)}", err=True)
        click.echo(summary(report))
    if report.unreadable:
        sys.exit(LEFT_OUT)


def answer_lines(answer: Any) -> None:
    """One result a line for the questions on standard input; a line that cannot be answered gets an error."""

    from bot.terminal.machine import dump, error_json

    failed = False
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        given = None
        try:
            try:
                asked = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadInput(f'Line {number} is no JSON: write {{"id": …, "question": …}}.') from error
            given = asked.get("id") if isinstance(asked, dict) else None
            if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
                raise BadInput(f'Line {number} has no question: write {{"id": …, "question": …}}.')
            click.echo(dump(answer(asked["question"], given)))
        except OnRecordError as error:
            failed = True
            click.echo(dump(error_json(str(error), given)))
        except BrokenPipeError:  # nobody reads on
            raise
        except Exception:  # noqa: BLE001 - the log has the traceback, and the other questions are still to be answered
            failed = True
            _log.exception("line %d failed", number)
            click.echo(dump(error_json("OnRecord itself failed on this line; its log says where.", given)))
    if failed:
        sys.exit(FAILED)


def one_way_to_ask(text: str | None, *, as_json: bool, jsonl: bool) -> None:
    """UsageError where a question is given besides those on standard input, or one object besides many lines."""
    if jsonl and text is not None:
        raise click.UsageError("With --jsonl the questions stand on standard input: leave out the one given here.")
    if jsonl and as_json:
        raise click.UsageError("--json writes one object, --jsonl a line for each: give one of the two.")


def required(text: str | None) -> str:
    """What was asked; BadInput where nothing was."""
    if text is None:
        raise BadInput("Ask something: onrecord ask 'who said what?'")
    return text


def collection_of(server: int | None) -> str:
    """The collection that a command changes."""

    return OPERATOR if server is None else server_collection(server)


def readable_collections(settings: Settings, server: int | None) -> tuple[str, ...]:
    """What the members of a server may read; without one, what the operator reads here."""

    if server is None:
        return (OPERATOR,)
    own = server_collection(server)
    return (OPERATOR, own) if settings.servers_read_operator else (own,)


def known_publisher(library: Library, source: str | None, collections: Sequence[str]) -> None:
    """NotFound where a publisher is asked for by whom no article is."""
    if source is None:
        return
    there = {name.casefold(): name for name in library.sources(collections)}
    if source.strip().casefold() not in there:
        near = difflib.get_close_matches(source.strip().casefold(), there, n=1)
        hint = f"did you mean {there[near[0]]}?" if near else "`onrecord articles` shows by whom they are."
        raise NotFound(f"No article is by {source!r}: {hint}")


def new_console() -> Console:
    """Standard output, for text that is shown as it stands: no markup, no emoji codes."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)

"""Asking and searching."""

from __future__ import annotations

from datetime import date

import click

from bot.commands.options import (
    WholeNumber,
    from_option,
    json_option,
    jsonl_option,
    server_option,
    source_option,
    to_option,
)
from bot.commands.shared import (
    answer_lines,
    known_publisher,
    new_console,
    one_way_to_ask,
    open_library,
    readable_collections,
    required,
    take_in,
)
from retrieval.settings import load_settings


@click.command()
@click.argument("question", required=False)
@from_option
@to_option
@source_option
@server_option
@click.option("--why", is_flag=True, help="Also what a language model wrote that was left out, and why.")
@json_option
@jsonl_option
def ask(
    question: str | None,
    first: date | None,
    last: date | None,
    source: str | None,
    server: int | None,
    why: bool,
    as_json: bool,
    jsonl: bool,
) -> None:
    """Answer a question with cited sources."""
    from bot.terminal.machine import answer_json, dump
    from retrieval.schema import Window

    one_way_to_ask(question, as_json=as_json, jsonl=jsonl)

    settings = load_settings()
    window, readable = Window(first, last, source), readable_collections(settings, server)
    with open_library(settings) as library:
        take_in(library)
        known_publisher(library, source, readable)
        if jsonl:
            answer_lines(lambda text, given: answer_json(library.ask(text, collections=readable, window=window), given))
            return
        answer = library.ask(required(question), collections=readable, window=window)
    if as_json:
        click.echo(dump(answer_json(answer)))
    else:
        from bot.terminal.printing import print_answer, print_left_out

        console = new_console()
        print_answer(console, answer)
        if why:
            console.print()
            print_left_out(console, answer)


@click.command()
@click.argument("query", required=False)
@click.option("-k", "k", type=WholeNumber(1, 100), default=8, show_default=True, help="How many passages.")
@from_option
@to_option
@source_option
@server_option
@json_option
@jsonl_option
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

    one_way_to_ask(query, as_json=as_json, jsonl=jsonl)

    settings = load_settings()
    window, readable = Window(first, last, source), readable_collections(settings, server)
    with open_library(settings) as library:
        take_in(library)
        known_publisher(library, source, readable)
        if jsonl:
            answer_lines(
                lambda text, given: passages_json(
                    text, library.search(text, collections=readable, window=window, k=k), given
                )
            )
            return
        text = required(query)
        found = library.search(text, collections=readable, window=window, k=k)
    if as_json:
        click.echo(dump(passages_json(text, found)))
    else:
        from bot.terminal.printing import print_passages

        print_passages(new_console(), found)


@click.command()
@server_option
def chat(server: int | None) -> None:
    """Ask one question after another; what was asked before is remembered until /new."""
    from bot.terminal.chat import converse

    settings = load_settings()
    with open_library(settings, serve=True) as library:
        take_in(library)
        converse(library, readable_collections(settings, server), new_console())

"""Who said what: quotations found, checked, and read out of texts that are not stored."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

import click

from bot.commands.options import Day, WholeNumber, json_option, server_option, source_option
from bot.commands.shared import FAILED, known_publisher, new_console, open_library, readable_collections, take_in
from retrieval.errors import BadInput, UserError
from retrieval.settings import load_settings

_KINDS = ("direct", "indirect", "mixed")


@click.command()
@click.option("--speaker", help="Only what this person or body said: a name, a surname, or what they are.")
@click.option("--about", help="Only what was said about this, nearest first.")
@click.option("--from", "first", type=Day(), help="Only what was said (else published) on this day or later.")
@click.option("--to", "last", type=Day(), help="Only what was said (else published) on this day or earlier.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only in quotation marks, only without, or partly in them.")
@source_option
@click.option("-k", "k", type=WholeNumber(min=1), help="At most so many; otherwise all.")
@server_option
@json_option
def quotes(
    speaker: str | None,
    about: str | None,
    first: date | None,
    last: date | None,
    kind: str | None,
    source: str | None,
    k: int | None,
    server: int | None,
    as_json: bool,
) -> None:
    """Find what was said, by whom, about what, when."""
    from bot.terminal.machine import dump
    from retrieval.schema import QuotationKind, QuotationQuery

    if first and last and first > last:
        raise BadInput(f"--from {first} is later than --to {last}: swap the two.")
    settings = load_settings()
    query = QuotationQuery(speaker, about, first, last, QuotationKind(kind) if kind else None, source)
    with open_library(settings) as library:
        take_in(library)
        readable = readable_collections(settings, server)
        known_publisher(library, source, readable)
        found = library.quotations(query, collections=readable, k=k)
    if as_json:
        from bot.terminal.quotation_machine import quotations_json

        click.echo(dump(quotations_json(found)))
    else:
        from bot.terminal.quotation_printing import print_quotations

        print_quotations(new_console(), found)


@click.command()
@click.argument("name", required=False)
@server_option
@json_option
def speakers(name: str | None, server: int | None, as_json: bool) -> None:
    """List who is quoted, or who NAME stands for: other names, and descriptions from when to when."""
    from bot.terminal.machine import dump

    settings = load_settings()
    with open_library(settings) as library:
        take_in(library)
        found = library.speakers(readable_collections(settings, server), name)
    if as_json:
        from bot.terminal.quotation_machine import speakers_json

        click.echo(dump(speakers_json(found)))
    else:
        from bot.terminal.quotation_printing import print_speakers

        print_speakers(new_console(), found)


@click.command()
@click.argument("text")
@click.option("--speaker", help="Who is said to have said it.")
@server_option
@json_option
def verify(text: str, speaker: str | None, server: int | None, as_json: bool) -> None:
    """Check whether somebody said TEXT, and who."""
    from bot.terminal.machine import dump

    settings = load_settings()
    with open_library(settings) as library:
        take_in(library)
        verdict = library.verify(text, speaker=speaker, collections=readable_collections(settings, server))
    if as_json:
        from bot.terminal.quotation_machine import verdict_json

        click.echo(dump(verdict_json(verdict)))
    else:
        from bot.terminal.quotation_printing import print_verdict

        print_verdict(new_console(), verdict)


@click.command()
@click.option(
    "--jsonl", is_flag=True, required=True, help='Texts as lines {"id", "text", "published"} on standard input.'
)
def annotate(jsonl: bool) -> None:
    """Read quotations and time spans out of texts, without a store."""
    from bot.terminal.machine import dump, error_json
    from bot.terminal.quotation_machine import annotation_json
    from retrieval.annotation.said import DatedQuotationAnnotator
    from retrieval.schema import Article

    annotator, failed = DatedQuotationAnnotator(load_settings().parser), False
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        given: object = None
        try:
            asked = _parsed(line, number)
            given = asked.get("id")
            text, published = _text(asked, number), _published(asked.get("published"), number)
            article = Article(str(given), text, "", published=published)
            click.echo(dump(annotation_json(given, *annotator.read(article))))
        except UserError as error:
            failed = True
            click.echo(dump(error_json(str(error), given)))
    if failed:
        sys.exit(FAILED)


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f'Line {number} is no JSON: write {{"id": …, "text": …, "published": …}}.') from error
    return asked if isinstance(asked, dict) else {}


def _text(asked: dict[str, Any], number: int) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise BadInput(f'Line {number} has no text: write {{"id": …, "text": …, "published": …}}.')
    return text


def _published(value: object, number: int) -> date | datetime | None:
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str):
            raise ValueError(value)
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError as error:
        raise BadInput(f"Line {number} was published on {value!r}: write 2016-10-31, a date-time, or null.") from error

"""Options and their types that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click


class Day(click.ParamType[date]):
    """A day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2016-10-31.", param, ctx)


class Published(click.ParamType[date | datetime]):
    """A day, or an instant with its zone."""

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


class Column(click.ParamType[tuple[str, str]]):
    """One of our fields and what a dump calls it."""

    name = "FIELD=COLUMN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        from retrieval.reading.dumps import FIELDS

        if isinstance(value, tuple):
            return value
        field, _, column = (part.strip() for part in value.partition("="))
        if field not in FIELDS or not column:
            self.fail(f"{value!r} names no field: write one of {', '.join(FIELDS)}, as in title=headline.", param, ctx)
        return field, column


class WholeNumber(click.IntRange):
    """An integer within bounds; its name stands in the message for what is none."""

    name = "whole number"


server_option = click.option(
    "--server", type=WholeNumber(min=1), metavar="ID", help="The articles of a Discord server."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
jsonl_option = click.option("--jsonl", is_flag=True, help='Questions as lines {"id", "question"} on standard input.')
from_option = click.option("--from", "first", type=Day(), help="Only articles published on this day or later.")
to_option = click.option("--to", "last", type=Day(), help="Only articles published on this day or earlier.")
source_option = click.option("--source", help="Only articles of this publisher.")

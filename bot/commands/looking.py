"""Looking at what is in the store."""

from __future__ import annotations

import click

from bot.commands.options import (
    WholeNumber,
    json_option,
    server_option,
)
from bot.commands.shared import (
    new_console,
    open_library,
    readable_collections,
    take_in,
)
from retrieval.errors import BadInput
from retrieval.settings import load_settings


@click.command()
@server_option
@json_option
def articles(server: int | None, as_json: bool) -> None:
    """List the articles, newest first."""
    settings = load_settings()
    with open_library(settings) as library:
        take_in(library)
        heads = library.articles(readable_collections(settings, server))
    if as_json:
        from bot.terminal.machine import articles_json, dump

        click.echo(dump(articles_json(heads)))
    else:
        from bot.terminal.printing import print_articles

        print_articles(new_console(), heads)


@click.command()
@click.argument("place", metavar="ARTICLE[:START-END]")
@click.option("--revision", type=WholeNumber(min=1), help="An earlier revision, as a citation may point to.")
@server_option
@json_option
def show(place: str, revision: int | None, server: int | None, as_json: bool) -> None:
    """Show an article, the cited words marked."""
    from bot.terminal.places import parse_place

    settings = load_settings()
    with open_library(settings) as library:
        readable = readable_collections(settings, server)
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

        print_article(new_console(), head, article, stretch, alike)

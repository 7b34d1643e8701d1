"""Running the bot, and its settings."""

from __future__ import annotations

import sys

import click

from bot.commands.shared import open_library
from retrieval.settings import load_settings


@click.command()
def bot() -> None:
    """Run the Discord bot."""
    from bot.discord.run import run_bot

    settings = load_settings()
    with open_library(settings):  # says at once, in a sentence, if there is no store or it is of another version
        pass
    sys.exit(run_bot(settings))


@click.command()
def settings() -> None:
    """List every setting, its default and what it is."""
    from bot.terminal.settings_table import settings_table

    click.echo(settings_table())

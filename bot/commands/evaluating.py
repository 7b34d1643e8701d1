"""Measuring: how well the articles at hand are answered from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import json_option, server_option
from bot.commands.shared import new_console, open_library, readable_collections, take_in
from retrieval.errors import BadInput
from retrieval.settings import Settings, load_settings

if TYPE_CHECKING:
    from retrieval.evaluation import Labelled, Measures


@click.command()
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model/--no-model", "with_model", default=True, help="Whether to run with the language model, too.")
@server_option
@json_option
def evaluate(questions: Path, with_model: bool, server: int | None, as_json: bool) -> None:
    """Ask labelled questions and measure the answers.

    QUESTIONS has one JSON object a line: a "question", the strings that are "expected" in its answer or the ids of the
    "articles" that answer it, and whether it is "answerable" (true without it).
    """
    from bot.terminal.evaluation_printing import measures_json, print_measures
    from bot.terminal.machine import dump
    from retrieval.evaluation import read_labelled

    settings = load_settings()
    try:
        labelled = read_labelled(questions.read_text(encoding="utf-8").split("\n"))
    except UnicodeDecodeError as error:
        raise BadInput(f"{questions} is not UTF-8: save it as UTF-8 and try again.") from error
    runs: dict[str, Measures] = {}
    for name, run in _runs(settings, with_model):
        runs[name] = _measured(run, labelled, server, name)
    if as_json:
        click.echo(dump({"runs": measures_json(runs)}))
    else:
        print_measures(new_console(), runs)


def _runs(settings: Settings, with_model: bool) -> list[tuple[str, Settings]]:
    runs = [("without a model", settings.model_copy(update={"model": None}))]
    if settings.model and with_model:
        runs.append((settings.model, settings))
    return runs


def _measured(settings: Settings, labelled: list[Labelled], server: int | None, name: str) -> Measures:
    from bot.terminal.progress import counted
    from retrieval.evaluation import ask_all, measure

    readable = readable_collections(settings, server)
    with open_library(settings) as library:
        take_in(library)
        outcomes = ask_all(
            labelled,
            lambda text: library.ask(text, collections=readable),
            lambda text, k: library.search(text, collections=readable, k=k),
        )
        return measure(list(counted(outcomes, len(labelled), name)))

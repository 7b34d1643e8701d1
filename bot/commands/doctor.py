"""Looking for what is wrong, and mending the index."""

from __future__ import annotations

import sys

import click

from bot.commands.shared import FAILED, open_library
from retrieval.settings import load_settings


@click.command()
@click.option("--deep", is_flag=True, help="Compare every vector with the catalogue's, and mend the index.")
def doctor(deep: bool) -> None:
    """Check everything that can be checked without connecting; each thing that is wrong says what to do."""
    fine = _mend() if deep else _examine()
    if not fine:
        sys.exit(FAILED)


def _examine() -> bool:
    from bot.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok ' if finding.fine else 'BAD'}  {finding.what}: {finding.said}")
    return all(finding.fine for finding in findings)


def _mend() -> bool:
    # Served, since a damaged index can take the process that opens it down with it.
    with open_library(load_settings(), serve=True) as library:
        findings = library.mend()
    for finding in findings:
        again = finding.done.removesuffix(".") in finding.found  # a reason that still stands is said once
        click.echo(finding.found if again else f"{finding.found} {finding.done}")
    if not findings:
        click.echo("Nothing is wrong: the index holds what the catalogue says.")
    return all(finding.mended for finding in findings)

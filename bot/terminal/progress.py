"""How far long work is: a bar with a rate and an estimate, where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as ProgressTask
from rich.text import Text

from bot.terminal.printing import printable
from retrieval.errors import Unreadable
from retrieval.reports import Watcher

T = TypeVar("T")


class _Rate(ProgressColumn):
    def render(self, task: ProgressTask) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f} articles/s" if speed else "")


@contextmanager
def watched(title: str) -> Iterator[Watcher]:
    """A watcher whose bar stands on standard error while that and standard output are a terminal.

    What cannot be read is named there, a line each, either way.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not _looked_at():
        yield Watcher(unreadable=lambda error: _name(console, error))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None, start=True)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield Watcher(progress=progress, unreadable=lambda error: _name(bar.console, error))


def counted(items: Iterable[T], total: int, title: str) -> Iterator[T]:
    """The items, one after the other, with a bar on standard error while that and standard output are a terminal."""
    if not _looked_at():
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        yield from bar.track(items, total=total, description=title)


def _looked_at() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))  # None where it is closed


def _name(console: Console, error: Unreadable) -> None:
    console.print(Text(f"Left out: {printable(str(error))}"))

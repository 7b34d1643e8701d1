"""A conversation in the terminal."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence

from rich.console import Console

from bot.terminal.printing import print_answer
from retrieval.errors import OnRecordError
from retrieval.library import Library
from retrieval.schema import Turn

_REMEMBERED = 20  # turns that a question carries with it
_LEAVE = frozenset({"/quit", "/exit", "quit", "exit"})
_HELP = "Ask what the articles say: who said what, what happened when. /quit or Ctrl-D leaves."

_log = logging.getLogger(__name__)


def converse(library: Library, collections: Sequence[str], console: Console) -> None:
    """Answer questions until the user leaves."""
    count = len(library.articles(collections))
    console.print(f"{count} article{'s' if count != 1 else ''}. {_HELP}")
    # The models load while the first question is being typed.
    threading.Thread(target=_warm_up, args=(library,), name="warm-up", daemon=True).start()
    read = _reader(library)
    turns: list[Turn] = []
    while (asked := read()) is not None:
        text = asked.strip()
        if text.casefold() in _LEAVE:
            break
        if text in ("", "/help"):
            if text:
                console.print(_HELP)
            continue
        try:
            answer = library.ask(text, collections=collections, turns=turns[-_REMEMBERED:])
        except OnRecordError as error:
            console.print(str(error))
            continue
        print_answer(console, answer)
        console.print()
        turns.append(Turn(text, answer.text))


def _reader(library: Library) -> Callable[[], str | None]:
    """Reads one line, None at the end: with editing and history at a terminal, plainly elsewhere."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return lambda: sys.stdin.readline() or None
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    session: PromptSession[str] = PromptSession(history=FileHistory(library.settings.store / "chat_history"))

    def read() -> str | None:
        while True:
            try:
                return session.prompt("> ")
            except KeyboardInterrupt:  # gives up the line, not the conversation
                continue
            except EOFError:
                return None

    return read


def _warm_up(library: Library) -> None:
    try:
        library.warm_up()
    except OnRecordError:
        _log.debug("warming up failed; the first question will say why", exc_info=True)

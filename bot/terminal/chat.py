"""A conversation in the terminal."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable, Sequence

from rich.console import Console

from bot.terminal.printing import print_answer, print_left_out, print_sources
from bot.terminal.telling import TellingConsole
from retrieval.errors import OnRecordError
from retrieval.library import Library
from retrieval.schema import Answer, ConversationKey, Turn

_LEAVE = frozenset({"/quit", "/exit", "quit", "exit"})
_HELP = (
    "Ask what the articles say: who said what, what happened when. A question may lean on the one before, as “and in"
    " 2013?” does. /new begins another conversation, /why tells what a language model wrote that was left out, /quit or"
    " Ctrl-D leaves."
)
_COMMAND = re.compile(r"/[a-z-]{1,30}", re.IGNORECASE)
_FORGOTTEN = "That conversation is forgotten; this is a new one."
_CONTINUED = "This goes on where you left off; /new begins another conversation."
_WHO = "terminal"

_log = logging.getLogger(__name__)


def converse(library: Library, collections: Sequence[str], console: Console) -> None:
    """Answer questions until the user leaves; the store keeps the conversation, one for each choice of articles."""
    key = ConversationKey(f"{_WHO} {' '.join(collections)}")
    count = len(library.articles(collections))
    console.print(f"{count} article{'s' if count != 1 else ''}. {_HELP}")
    if library.conversation(key):
        console.print(_CONTINUED)
    # The models load while the first question is being typed.
    warming = threading.Thread(target=_warm_up, args=(library,), name="warm-up", daemon=True)
    warming.start()
    try:
        _converse(library, collections, console, key)
    finally:
        warming.join()  # a process that ends while torch is being loaded is aborted


def _converse(library: Library, collections: Sequence[str], console: Console, key: ConversationKey) -> None:
    read = _reader(library)
    last: Answer | None = None
    while (asked := read()) is not None:
        text = asked.strip()
        if text.casefold() in _LEAVE:
            break
        match text:
            case "":
                continue
            case "/help":
                console.print(_HELP)
            case "/new":
                library.forget(key)
                console.print(_FORGOTTEN)
            case "/why" if last is not None:
                print_left_out(console, last)
            case "/why":
                console.print("Nothing was asked yet.")
            case _ if _COMMAND.fullmatch(text):
                console.print(f"There is no {text} here. {_HELP}")
            case _:
                last = _answer(library, collections, console, key, text) or last


def _answer(
    library: Library, collections: Sequence[str], console: Console, key: ConversationKey, text: str
) -> Answer | None:
    """Show the answer to a question and remember the turn; None where there is none."""
    telling = TellingConsole(console) if console.is_terminal else None
    try:
        turns = library.conversation(key)
        answer = library.ask(text, collections=collections, turns=turns, asker=_WHO, listener=telling)
    except OnRecordError as error:
        console.print(str(error))
        return None
    finally:
        if telling is not None:
            telling.end()
    if telling is not None and telling.told:
        print_sources(console, answer)
    else:
        print_answer(console, answer)
    console.print()
    library.remember(key, Turn(answer.question.text, answer.text, answer.cited))
    return answer


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

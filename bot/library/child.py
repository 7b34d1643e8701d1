"""What runs inside the library's process: open it, read the articles folder, answer until told to end."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing.connection import Connection
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from bot.library.messages import Cancelled, Failed, Ready, Replied, Request, ToChild
from bot.library.reports import Feed, FeedNews, TakenIn
from bot.library.workers import Outbox, RequestWorkers
from bot.logs import set_up
from retrieval.answering.listening import AnswerListener
from retrieval.errors import LibraryFailed, OnRecordError, Stopped, UserError
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Speaker, Turn, Window
from retrieval.schema.community import SentFile
from retrieval.search.verdicts import Verdict
from retrieval.settings import Settings

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents
    from retrieval.status import Status

_log = logging.getLogger(__name__)

LEAVE = getattr(signal, "SIGUSR1", signal.SIGTERM)
"""Asks this process to leave what it is doing and to close the library."""

THREADS = 8
"""Requests done at once: a language model that is slow to answer leaves the others free."""

_GIVING_WAY = 5  # of 20: a busy processor is the parent's first, which has to acknowledge what people do
_LAST_WORDS = 0.5  # seconds for running requests to stop in, before the library is closed under them
_ORPHANED = 2.0  # seconds to finish in once the parent is gone or said to end


class ServedLibrary(Protocol):
    """The part of the library that this process calls."""

    def ask(
        self,
        text: str,
        *,
        collections: Sequence[str],
        window: Window,
        turns: Sequence[Turn],
        asker: str | None,
        written: bool,
        today: date | None,
        listener: AnswerListener | None = None,
    ) -> Answer: ...  # pragma: no cover

    def forget_person(self, person: str) -> int: ...  # pragma: no cover

    def drawn_events(
        self,
        about: str | None,
        *,
        on: str | None,
        first: str | None,
        last: str | None,
        today: date | None,
        collections: Sequence[str],
        k: int,
        picture: bool,
    ) -> DrawnEvents: ...  # pragma: no cover

    def take_in(
        self, sources: Sequence[str | SentFile], *, collection: str, listener: Any = None
    ) -> TakenIn: ...  # pragma: no cover

    def fetch_again(
        self, ids: Sequence[str], *, collection: str, listener: Any = None
    ) -> TakenIn: ...  # pragma: no cover

    def remove(self, article_id: str, collection: str) -> None: ...  # pragma: no cover

    def watch_feed(self, url: str, *, collection: str) -> Feed: ...  # pragma: no cover

    def unwatch_feed(self, url: str, *, collection: str) -> Feed: ...  # pragma: no cover

    def watched_feeds(self, collections: Sequence[str]) -> list[Feed]: ...  # pragma: no cover

    def poll(self) -> list[FeedNews]: ...  # pragma: no cover

    def forget_collections(self, names: Sequence[str]) -> int: ...  # pragma: no cover

    def status(self) -> Status: ...  # pragma: no cover

    def sync(self) -> object: ...  # pragma: no cover

    def warm_up(self) -> None: ...  # pragma: no cover

    def sources(self, collections: Sequence[str]) -> list[str]: ...  # pragma: no cover

    def speakers(self, collections: Sequence[str]) -> list[Speaker]: ...  # pragma: no cover

    def quotations(
        self, query: QuotationQuery, *, collections: Sequence[str], k: int | None
    ) -> list[FoundQuotation]: ...  # pragma: no cover

    def verify(self, text: str, *, speaker: str | None, collections: Sequence[str]) -> Verdict: ...  # pragma: no cover

    def close(self) -> None: ...  # pragma: no cover


Factory = Callable[[Settings], ServedLibrary]
"""Opens a library; a function at the top of a module, since the child finds it by its name."""


def open_library(settings: Settings) -> ServedLibrary:
    """The real library, which serves its index to other processes while it is open."""
    from bot.tended_library import TendedLibrary  # what it needs is heavy, so only the child imports it

    library: ServedLibrary = TendedLibrary(settings, serve=True)
    return library


def serve(pipe: Connection, settings: Settings, factory: Factory) -> None:
    """Answer the requests that come through `pipe`, several at once, until None comes or the parent is gone."""
    # a terminal or a service manager sends these to both processes; the parent then ends this one when it is time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(LEAVE, _leave)
    set_up(settings.log_level)
    if hasattr(os, "nice"):
        os.nice(_GIVING_WAY)
    outbox, ending = Outbox(pipe), threading.Event()
    workers = RequestWorkers(outbox, THREADS)
    threading.Thread(target=_receive, args=(pipe, workers, ending), name="requests", daemon=True).start()
    try:
        library = factory(settings)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to know
        outbox.send(Failed(_sendable(error)))
        return
    try:
        try:
            library.sync()
            library.warm_up()
        except Exception as error:  # noqa: BLE001
            outbox.send(Failed(_sendable(error)))
            return
        gc.collect()
        gc.freeze()  # the models are no garbage, and looking through them holds up every answer
        workers.start(lambda request, listener: _reply(library, request, listener))
        outbox.send(Ready())
        ending.wait()
    finally:
        signal.signal(LEAVE, signal.SIG_IGN)  # no hurry may leave it half closed; who cannot wait kills
        workers.leave(_LAST_WORDS)
        library.close()


def _reply(library: ServedLibrary, request: Request, listener: AnswerListener) -> bytes:
    arguments = {**request.arguments, "listener": listener} if request.heard else request.arguments
    try:
        return pickle.dumps(Replied(request.id, getattr(library, request.method)(**arguments)))
    except Stopped:
        return pickle.dumps(Replied(request.id, error=Stopped("the asker stopped it")))
    except Exception as error:  # noqa: BLE001
        return pickle.dumps(Replied(request.id, error=_sendable(error)))


def _sendable(error: Exception) -> OnRecordError:
    """`error` as something the parent can be handed; what is not of the tree is logged and gets an id."""
    if not isinstance(error, OnRecordError):
        error_id = secrets.token_hex(4)
        _log.error("error id %s", error_id, exc_info=error)
        return LibraryFailed(error_id)
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - an error with a constructor of its own may not come apart and together again
        return UserError(str(error)) if isinstance(error, UserError) else OnRecordError(str(error))
    return error


def _receive(pipe: Connection, workers: RequestWorkers, ending: threading.Event) -> None:
    """Pass on what comes; when the parent is gone or says to end, see to it that this process ends soon."""
    while True:
        message: ToChild
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            message = None
        if message is None:
            break
        if isinstance(message, Cancelled):
            workers.cancel(message.id)
        else:
            workers.take(message)
    ending.set()
    time.sleep(_ORPHANED)
    os.kill(os.getpid(), LEAVE)
    time.sleep(_ORPHANED)
    os._exit(1)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)

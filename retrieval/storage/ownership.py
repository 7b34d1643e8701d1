"""One process owns the embedded Chroma; this decides who, and how every other process reaches it.

PersistentClient is not safe across processes: another process's writes never reach its queries. So a short command that
is alone opens the folder under a lock; a long-lived one runs Chroma's server over it as its child and leaves the
address in the store; every other process uses that address; and a Chroma server given by URL needs none of this.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock, Timeout

from retrieval.errors import IndexUnavailable, NotConfigured, StoreBusy
from retrieval.storage.chroma_server import ChromaServer, ServerNote, end_orphan, read_note

if TYPE_CHECKING:
    from chromadb.api.client import Client

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 30.0  # for another short command to finish
_POLL_SECONDS = 0.1


class IndexOwner:
    """Access to the vectors of the store in `store`: a Chroma client that works, whoever owns the folder.

    `serve`: this process is long-lived and, where no other process serves, serves the index to all. `url`: a Chroma
    server that is used instead. Nothing is opened before the first call of `client`.
    """

    def __init__(self, store: Path, *, url: str | None = None, serve: bool = False) -> None:
        self._folder = store / "vectors"
        self._note_path = store / "index.json"
        self._lock = FileLock(store / "index.lock", thread_local=False)
        self._url, self._serve = url, serve
        self._server: ChromaServer | None = None
        self._client: Client | None = None
        self._guard = threading.Lock()

    def client(self, patience: float | None = None) -> Client:
        """A client of the vectors, the same at each call until `reconnect`.

        Raises StoreBusy if another command holds the folder for longer than `patience` (seconds; 30 where it is None),
        IndexUnavailable if a server does not answer.
        """
        with self._guard:
            if self._client is None:
                self._client = self._connect(_WAIT_SECONDS if patience is None else patience)
            return self._client

    def reconnect(self, failed: Client) -> Client:
        """A client in place of `failed`, whose server is gone; the index may have found another owner since."""
        with self._guard:
            if self._client is failed:
                self._release()
                self._client = self._connect(_WAIT_SECONDS)
            assert self._client is not None
            return self._client

    def served_at(self) -> ServerNote | None:
        """Who serves the index at the moment, None if nobody does."""
        note = read_note(self._note_path)
        return note if note is not None and note.answers() else None

    def close(self) -> None:
        """End what this process owns."""
        with self._guard:
            self._release()

    def _connect(self, patience: float) -> Client:
        if self._url is not None:
            return _http_client(self._url)
        deadline = time.monotonic() + patience
        while True:
            # Whoever owns the index holds the lock while it lives; what a dead owner left, the next one puts in order.
            with contextlib.suppress(Timeout):
                self._lock.acquire(timeout=0)
                return self._own()
            if (note := self.served_at()) is not None:
                return _http_client(note.url)
            if time.monotonic() > deadline:
                raise StoreBusy(
                    f"Another onrecord command has been using {self._folder} for {patience:.0f} s:"
                    " wait for it to finish and try again."
                )
            time.sleep(_POLL_SECONDS)

    def _own(self) -> Client:
        try:
            end_orphan(self._note_path)
            self._folder.mkdir(exist_ok=True)
            if self._serve:
                self._server = ChromaServer(self._folder, self._note_path)
                return _http_client(self._server.note.url)
            return _persistent_client(self._folder)
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        if self._client is not None:
            _close(self._client)
            self._client = None
        if self._server is not None:
            self._server.stop()
            self._server = None
        self._lock.release()


def _close(client: Client) -> None:
    # Chroma's own close leaves the connections of its two HTTP sessions open.
    sessions = [
        getattr(api, "_session", None) for api in (client._server, getattr(client._admin_client, "_server", None))
    ]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()


def _http_client(url: str) -> Client:
    import chromadb
    import httpx
    from chromadb.config import Settings as ChromaSettings
    from chromadb.errors import ChromaError

    parts = httpx.URL(url)
    if parts.scheme not in ("http", "https") or not parts.host:
        raise NotConfigured(f"ONRECORD_CHROMA_URL is {url!r}: give an address such as http://localhost:8000.")
    secure = parts.scheme == "https"
    try:
        client = chromadb.HttpClient(
            host=parts.host,
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ValueError, ChromaError, httpx.HTTPError) as error:
        raise IndexUnavailable(f"The Chroma server at {url} does not answer: {error}") from error
    return cast("Client", client)


def _persistent_client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return cast("Client", chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False)))

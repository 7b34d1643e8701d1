"""One process owns the embedded Chroma; this decides who, and how every other process reaches it.

PersistentClient is not safe across processes: another process's writes never reach its queries. So a short command that
is alone opens the folder under a lock; a long-lived one runs Chroma's server over it as its child and leaves the
address in the store; every other process uses that address; and a Chroma server given by URL needs none of this.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock, Timeout

from retrieval.errors import IndexUnavailable, NotConfigured, StoreBusy
from retrieval.storage.index.chroma_server import ChromaServer, ServerNote, end_orphans, read_note

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 30.0  # for another short command to finish
_POLL_SECONDS = 0.1
_REST_SECONDS = 10.0  # after an index that did not start, before whoever has no patience tries it again
# Chroma's own client waits for ever: a server that is stopped or swapped out must not hold up who has another way.
_REQUEST_SECONDS = 60.0
_HEARTBEAT_SECONDS = 5.0


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
        self._failed: tuple[float, IndexUnavailable] | None = None  # when an index did not start, and why
        self._guard = threading.Lock()
        self._closed = False

    @property
    def shared(self) -> bool:
        """Whether the index may hold other stores' vectors: that of a Chroma server given by URL."""
        return self._url is not None

    def client(self, patience: float | None = None) -> Client:
        """A client of the vectors, the same at each call until `reconnect`.

        Raises StoreBusy if another command holds the folder for longer than `patience` (seconds; 30 where it is None),
        IndexUnavailable if a server does not answer or the folder cannot be read; with a `patience`, for some seconds
        after that without trying again.
        """
        with self._guard:
            return self._connected(patience)

    def reconnect(self, failed: Client, patience: float | None = None) -> Client:
        """A client in place of `failed`, whose server is gone; the index may have found another owner since."""
        with self._guard:
            if self._client is failed:
                self._release()
            return self._connected(patience)

    def renew(self) -> None:
        """Delete the folder of vectors; IndexUnavailable where another process or a server has it."""
        with self._guard:
            if self._url is not None:
                raise IndexUnavailable(f"The Chroma server at {self._url} has the index, so it is mended there.")
            self._release()
            try:
                self._lock.acquire(timeout=_WAIT_SECONDS)
            except Timeout as error:
                raise IndexUnavailable(
                    f"Another onrecord process has {self._folder}, which cannot be read: stop it first."
                ) from error
            try:
                end_orphans(self._note_path)
                if self._folder.exists():
                    shutil.rmtree(self._folder)
                self._failed = None
            finally:
                self._lock.release()

    def served_at(self) -> ServerNote | None:
        """Who serves the index at the moment, None if nobody does."""
        note = read_note(self._note_path)
        return note if note is not None and note.answers() else None

    def close(self) -> None:
        """End what this process owns, for good: a thread that still asks for the index starts no server any more."""
        with self._guard:
            self._closed = True
            self._release()

    def _connected(self, patience: float | None) -> Client:
        if self._closed:
            raise IndexUnavailable(f"The vectors in {self._folder} are closed.")
        if self._client is None:
            if patience is not None and self._failed is not None:
                since, error = self._failed
                if time.monotonic() - since < _REST_SECONDS:
                    raise error
            try:
                self._client = self._connect(_WAIT_SECONDS if patience is None else patience)
            except IndexUnavailable as error:
                self._failed = time.monotonic(), error
                raise
            self._failed = None
        return self._client

    def _connect(self, patience: float) -> Client:
        if self._url is not None:
            return _http_client(self._url)
        deadline = time.monotonic() + patience
        while True:
            # Whoever owns the index holds the lock while it lives; what a dead owner left, the next one puts in order.
            try:
                self._lock.acquire(timeout=0)
                return self._own()
            except Timeout:
                pass
            except OSError as error:
                raise IndexUnavailable(f"The vectors in {self._folder} cannot be opened: {error.strerror}.") from error
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
            end_orphans(self._note_path)
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
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _sessions(client: Client) -> list[httpx.Client]:
    apis = (client._server, getattr(client._admin_client, "_server", None))
    return [session for api in apis if (session := getattr(api, "_session", None)) is not None]


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
        # Asked first with a time limit, which Chroma's client has none of.
        httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_HEARTBEAT_SECONDS, trust_env=False)
        client = cast(
            "Client",
            chromadb.HttpClient(
                host=parts.host,
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                settings=ChromaSettings(anonymized_telemetry=False),
            ),
        )
    except (ValueError, ChromaError, httpx.HTTPError) as error:
        raise IndexUnavailable(f"The Chroma server at {url} does not answer: {error}") from error
    for session in _sessions(client):
        session.timeout = httpx.Timeout(_REQUEST_SECONDS)
    return client


def _persistent_client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from chromadb.errors import ChromaError

    try:
        return cast("Client", chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False)))
    except (ValueError, ChromaError) as error:
        raise IndexUnavailable(
            f"The vectors in {folder} cannot be read ({error}): `onrecord doctor --deep` makes them anew."
        ) from error

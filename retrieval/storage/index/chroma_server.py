"""`chroma run` on loopback as a child of ours, and the note in the store by which other processes find it."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from retrieval.errors import IndexUnavailable

_log = logging.getLogger(__name__)

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_ATTEMPTS = 3  # another program may take the free port between our asking for it and Chroma's binding it

# The pool bounds what the server keeps open: without it a server never closes a collection it has opened.
_CONFIG = """\
persist_path: {folder}
listen_address: "127.0.0.1"
port: {port}
segment_manager:
  hnsw_index_pool_cache_config:
    memory:
      capacity: 100
"""
_RUN = "import sys, chromadb_rust_bindings; chromadb_rust_bindings.cli(['chroma', 'run', sys.argv[1]])"


@dataclass(frozen=True, slots=True)
class ServerNote:
    """Who serves the index, as left in the store.

    `config` is the file that the server was started with. It stands in the command line of no other process, so it
    tells the server from a later process of the same number, whatever became of the clock.
    """

    pid: int
    port: int
    config: str

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    def process(self) -> psutil.Process | None:
        """The server's process, None if it has ended."""
        try:
            process = psutil.Process(self.pid)
            return process if _serves(process.cmdline(), self.config) else None
        except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError, OverflowError):
            return None

    def answers(self) -> bool:
        """Whether the server is there and answers."""
        if self.process() is None:
            return False
        import httpx  # a command that searches nothing does without it

        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=5.0, trust_env=False).status_code == 200
        return False


def read_note(path: Path) -> ServerNote | None:
    """The note that a serving process left, None if there is none or it is torn."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return ServerNote(int(note["pid"]), int(note["port"]), str(note["config"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def end_orphans(path: Path) -> None:
    """End the servers of killed processes that still run over the store. Call it with the index lock held.

    Looked for among all processes: one that was killed while its server started has left no note at `path`.
    """
    config = str(_config_file(path))
    for process in psutil.process_iter(["cmdline"]):
        if _serves(process.info["cmdline"], config):
            _log.warning("ending the index server %d that a killed process left behind", process.pid)
            _end(process)
    path.unlink(missing_ok=True)


class ChromaServer:
    """A running `chroma run` over `folder`; its note stands at `note_path` while it runs."""

    def __init__(self, folder: Path, note_path: Path) -> None:
        self._note_path = note_path
        self._config = _config_file(note_path)
        self._process, self.note = self._start(folder)
        try:
            temporary = note_path.with_suffix(".new")
            temporary.write_text(json.dumps(asdict(self.note)), encoding="utf-8")
            temporary.replace(note_path)
        except OSError:  # a full disk: a server that nobody can find must not stay
            self.stop()
            raise

    def stop(self) -> None:
        """End the server and take the note away."""
        self._note_path.unlink(missing_ok=True)
        self._config.unlink(missing_ok=True)
        _reap(self._process)

    def _start(self, folder: Path) -> tuple[subprocess.Popen[bytes], ServerNote]:
        for _ in range(_ATTEMPTS):
            port = _free_port()
            self._config.write_text(_CONFIG.format(folder=json.dumps(str(folder.resolve())), port=port), "utf-8")
            process = subprocess.Popen(
                [sys.executable, "-c", _RUN, str(self._config)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C at the terminal is for us; we end the server in order
            )
            note = ServerNote(process.pid, port, str(self._config))
            deadline = time.monotonic() + _START_SECONDS
            try:
                while process.poll() is None and time.monotonic() < deadline:
                    if note.answers() and _listens(process.pid, port):
                        return process, note
                    time.sleep(0.02)
            except BaseException:  # a server that nobody waits for any more must not stay
                _reap(process)
                raise
            _reap(process)
        raise IndexUnavailable(
            f"Chroma's server did not start over {folder}: `onrecord doctor --deep` makes the vectors anew."
        )


def _config_file(note_path: Path) -> Path:
    return note_path.resolve().with_suffix(".yaml")


def _serves(command: list[str] | None, config: str) -> bool:
    """Whether a command line is that of a server which was started with the file `config`."""
    return command is not None and _RUN in command and config in command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(pid: int, port: int) -> bool:
    """Whether it is this process that listens at `port`, not a stranger who was quicker."""
    with contextlib.suppress(psutil.Error):
        return any(
            c.status == psutil.CONN_LISTEN and c.laddr.port == port
            for c in psutil.Process(pid).net_connections(kind="tcp4")
        )
    return False


def _reap(process: subprocess.Popen[bytes]) -> None:
    """End a child of ours, where it still runs, and take its status."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(_STOP_SECONDS)

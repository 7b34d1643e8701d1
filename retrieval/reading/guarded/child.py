"""The child's side: read standard input with one parser, under limits it sets itself, and write JSON."""

from __future__ import annotations

import importlib
import json
import logging
import sys
from typing import Any

PARSERS = {
    "pdf": "retrieval.reading.guarded.pdf",
    "docx": "retrieval.reading.guarded.docx",
    "feed": "retrieval.reading.guarded.feed",
    "page": "retrieval.reading.guarded.page",
}
"""The module of each kind; its function `parse` takes the bytes and raises ValueError with a reason for the user."""


def main(kind: str, memory: int, seconds: int) -> None:
    """Parse under the limits, and write what came of it."""
    _limit(memory, seconds)
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(answer(kind, sys.stdin.buffer.read())))


def answer(kind: str, data: bytes) -> dict[str, Any]:
    """What a parser found, or `unreadable` with the reason."""
    try:
        found: dict[str, Any] = importlib.import_module(PARSERS[kind]).parse(data)
    except ValueError as error:
        return {"unreadable": str(error) if str(error).startswith("it ") else "it is damaged"}
    except (MemoryError, RecursionError):
        return {"unreadable": "it takes too much memory to read"}
    except Exception:  # noqa: BLE001  a parser of untrusted input that raises whatever it stumbles on
        return {"unreadable": "it is damaged"}
    return found


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the parent's clock alone ends a child
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

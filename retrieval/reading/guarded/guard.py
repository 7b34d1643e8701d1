"""The parent's side: hand bytes to a child with bounded memory and time, and take what it read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any, Literal

Kind = Literal["pdf", "docx", "feed", "page"]

MEMORY = 1024**3  # bytes of the child's address space
SECONDS = {"pdf": 90, "docx": 45, "feed": 20, "page": 90}


class Unparsed(Exception):
    """What the child could not read; ``str()`` is the reason, for the user."""


def parse(kind: Kind, data: bytes) -> dict[str, Any]:
    """What the parser of `kind` finds in `data`, as plain values; raises Unparsed.

    The parsers are well-kept, and still a hostile file can make one loop or fill the memory; then it is the child that
    is ended, and the file is named as unreadable.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")},
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "retrieval.reading.guarded.child", kind, str(MEMORY), str(SECONDS[kind])]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS[kind] * 1.5, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unparsed("it takes too long to read") from None
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise Unparsed("it takes too much time or memory to read") from None
    if not isinstance(found, dict) or "unreadable" in found:
        raise Unparsed(str(found.get("unreadable")) if isinstance(found, dict) else "it cannot be read")
    return found

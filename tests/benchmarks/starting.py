"""How long the commands take from nothing, with the files in the disk's cache."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.terminal.samples import make_store

_TIMES = 3
_COMMANDS = (
    ("articles",),
    ("quotes", "--speaker", "Trevassick"),
    ("events", "--on", "9 March 2026"),
    ("ask", "How many cracks were found in the bridge?"),
)


def start() -> None:
    """Run each command a few times over the samples, and print the best and the worst."""
    table = Table("", "best, s", "worst, s")
    with tempfile.TemporaryDirectory() as temporary:
        store = Path(temporary) / "store"
        make_store(store)
        environment = {**os.environ, "ONRECORD_STORE": str(store)}
        onrecord = [str(Path(sys.executable).with_name("onrecord"))]
        subprocess.run(
            [*onrecord, "ask", "When did the strike begin?"], env=environment, check=True, capture_output=True
        )
        for command in _COMMANDS:
            times = []
            for _ in range(_TIMES):
                began = time.perf_counter()
                subprocess.run([*onrecord, *command], env=environment, check=True, capture_output=True)
                times.append(time.perf_counter() - began)
            table.add_row(f"onrecord {command[0]}", f"{min(times):.2f}", f"{max(times):.2f}")
    Console().print(table)

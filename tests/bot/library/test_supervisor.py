"""The library's process is kept alive: it starts, it dies and comes back, it ends in time."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from retrieval.errors import LibraryFailed, NotReady, WrongModel
from tests import canned_library
from tests.bot.library.processes import StartLibrary, ask, until


async def test_until_it_is_ready_the_asker_is_asked_to_wait(start_library: StartLibrary) -> None:
    process = start_library(canned_library.slow, patience=0.05)
    with pytest.raises(NotReady, match="still warming up"):
        await ask(process, "when?")
    await process.ready()
    assert process.is_ready
    assert (await ask(process, "when?")).sentences


async def test_a_short_wait_for_it_to_be_ready_is_not_noticed(start_library: StartLibrary) -> None:
    assert (await ask(start_library(canned_library.slow), "when?")).sentences


async def test_after_a_death_those_who_wait_are_told_and_the_next_are_answered(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    first = process.pid
    results = await asyncio.gather(ask(process, "die"), ask(process, "when?"), return_exceptions=True)
    assert all(isinstance(result, NotReady) and "started again" in str(result) for result in results)
    assert (await ask(process, "when?")).sentences
    assert process.pid != first


async def test_a_child_that_is_killed_from_outside_comes_back(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    await until(lambda: not process.is_ready)
    assert (await ask(process, "when?")).sentences


async def test_a_request_that_hangs_is_given_up_and_the_child_replaced(start_library: StartLibrary) -> None:
    process = start_library(longest=0.2)
    with pytest.raises(NotReady):
        await ask(process, "sleep 60")
    assert (await ask(process, "when?")).sentences


async def test_a_reason_not_to_start_reaches_whoever_runs_the_bot(start_library: StartLibrary) -> None:
    with pytest.raises(WrongModel, match="onrecord reindex"):
        await start_library(canned_library.refusing).ready()
    with pytest.raises(LibraryFailed):
        await start_library(canned_library.failing).ready()


async def test_a_child_that_dies_at_its_start_is_started_once_more_and_no_oftener(
    start_library: StartLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LibraryFailed):
        await start_library(canned_library.dying).ready()
    assert caplog.text.count("starting another") == 1


async def test_it_is_closed_in_order(start_library: StartLibrary, tmp_path: Path) -> None:
    process = start_library()
    await process.ready()
    pid = process.pid
    await process.close()
    assert (tmp_path / "closed").exists()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    with pytest.raises(NotReady, match="switched off"):
        await ask(process, "when?")


@pytest.mark.parametrize("question", [None, "sleep 600", "hold 600"])
async def test_it_is_closed_whatever_it_does(start_library: StartLibrary, question: str | None) -> None:
    process = start_library(canned_library.endless if question is None else canned_library.quick)
    waiting = None
    if question is not None:
        await process.ready()
        waiting = asyncio.ensure_future(ask(process, question))
    await until(lambda: process.pid is not None)
    await asyncio.sleep(0.2)
    pid = process.pid
    await asyncio.wait_for(process.close(), 60.0)
    assert pid is not None
    assert not psutil.pid_exists(pid)
    if waiting is not None:
        with pytest.raises(NotReady, match="switched off"):
            await waiting


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.005, 0.02, 0.05, 0.1, 0.2])
async def test_closed_while_it_starts_it_leaves_no_child(start_library: StartLibrary, seconds: float) -> None:
    before = {child.pid for child in psutil.Process().children()}
    process = start_library(canned_library.slow)
    await asyncio.sleep(seconds)
    await process.close()
    mine = [
        c for c in psutil.Process().children() if c.pid not in before and "resource_tracker" not in str(c.cmdline())
    ]
    assert not mine


ORPHAN = """
import asyncio, sys
from tests import canned_library
from bot.library.process import LibraryProcess
from retrieval.settings import Settings

async def main():
    process = LibraryProcess(Settings(store=sys.argv[1], _env_file=None), factory=canned_library.quick)
    process.start()
    await process.ready()
    print(process.pid, flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(await asyncio.to_thread(parent.stdout.readline))
        assert psutil.pid_exists(pid)
        parent.kill()
    await until(lambda: not psutil.pid_exists(pid), 10.0)
    assert (tmp_path / "closed").exists()

"""The library in its own process: it answers, it dies and comes back, it ends in time."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio

from bot.library_child import THREADS
from bot.library_messages import ArticlesRead, Progress, SentenceVerified, StageReached
from bot.library_process import LibraryProcess
from retrieval.errors import BadInput, IndexUnavailable, LibraryFailed, NotFound, NotReady, UserError, WrongModel
from retrieval.schema import Answer, QuotationQuery, Window
from retrieval.search.verdicts import VerdictKind
from retrieval.settings import Settings
from tests import canned_library

Start = Callable[..., LibraryProcess]


@pytest_asyncio.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Start a library's process; it is closed in the end."""
    processes: list[LibraryProcess] = []

    def begin(factory: Any = canned_library.quick, **options: Any) -> LibraryProcess:
        settings = Settings(store=tmp_path, discord_token="a.secret.token", _env_file=None)
        process = LibraryProcess(settings, factory=factory, **{"patience": 10.0, "backoff": (0.05,), **options})
        processes.append(process)
        process.start()
        return process

    yield begin
    await asyncio.gather(*(process.close() for process in processes))


def ask(process: LibraryProcess, text: str) -> Awaitable[Answer]:
    return process.ask(text, collections=("operator", "server-5"), window=Window(), turns=())


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


async def test_a_question_is_answered_in_another_process(start: Start) -> None:
    process = start()
    answer = await ask(process, "when?")
    assert "was asked 'when?' in operator, server-5." in answer.text
    assert f"pid {process.pid} " in answer.text
    assert process.pid != os.getpid()


async def test_events_and_their_picture_come_from_the_other_process(start: Start) -> None:
    drawn = await start().drawn_events("the quay", on="2016", collections=("operator",), k=3, picture=True)
    assert drawn.found.query.about == "the quay"
    assert drawn.picture is not None
    assert drawn.picture.alternative == "2016"


async def test_many_questions_at_once_each_get_their_own_answer(start: Start) -> None:
    process = start()
    answers = await asyncio.gather(*(ask(process, f"question {i}?") for i in range(60)))
    assert all(f"'question {i}?'" in answer.text for i, answer in enumerate(answers))


async def test_errors_come_through_as_themselves(start: Start) -> None:
    process = start()
    with pytest.raises(BadInput, match="That cannot be asked"):
        await ask(process, "refuse")
    with pytest.raises(IndexUnavailable):
        await ask(process, "unreachable")
    with pytest.raises(UserError, match=r"a\.md, line 3: not UTF-8"):
        await ask(process, "unreadable")


@pytest.mark.parametrize("question", ["fail", "unpicklable"])
async def test_what_we_caused_comes_as_an_id_and_the_traceback_stays_in_the_log(
    start: Start, capfd: pytest.CaptureFixture[str], question: str
) -> None:
    process = start()
    with pytest.raises(LibraryFailed) as failed:
        await ask(process, question)
    await process.close()
    log = capfd.readouterr().err
    assert f"error id {failed.value.error_id}" in log
    assert "Traceback" in log


async def test_until_it_is_ready_the_asker_is_asked_to_wait(start: Start) -> None:
    process = start(canned_library.slow, patience=0.05)
    with pytest.raises(NotReady, match="still warming up"):
        await ask(process, "when?")
    await process.ready()
    assert process.is_ready
    assert (await ask(process, "when?")).sentences


async def test_a_short_wait_for_it_to_be_ready_is_not_noticed(start: Start) -> None:
    assert (await ask(start(canned_library.slow), "when?")).sentences


async def test_after_a_death_those_who_wait_are_told_and_the_next_are_answered(start: Start) -> None:
    process = start()
    await process.ready()
    first = process.pid
    results = await asyncio.gather(ask(process, "die"), ask(process, "when?"), return_exceptions=True)
    assert all(isinstance(result, NotReady) and "started again" in str(result) for result in results)
    assert (await ask(process, "when?")).sentences
    assert process.pid != first


async def test_a_child_that_is_killed_from_outside_comes_back(start: Start) -> None:
    process = start()
    await process.ready()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    await until(lambda: not process.is_ready)
    assert (await ask(process, "when?")).sentences


async def test_a_request_that_hangs_is_given_up_and_the_child_replaced(start: Start) -> None:
    process = start(longest=0.2)
    with pytest.raises(NotReady):
        await ask(process, "sleep 60")
    assert (await ask(process, "when?")).sentences


async def test_a_reason_not_to_start_reaches_whoever_runs_the_bot(start: Start) -> None:
    with pytest.raises(WrongModel, match="onrecord reindex"):
        await start(canned_library.refusing).ready()
    with pytest.raises(LibraryFailed):
        await start(canned_library.failing).ready()


async def test_a_child_that_dies_at_its_start_is_started_once_more_and_no_oftener(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LibraryFailed):
        await start(canned_library.dying).ready()
    assert caplog.text.count("starting another") == 1


async def test_an_answer_nobody_waits_for_any_more_holds_up_nobody(start: Start) -> None:
    process = start()
    await process.ready()
    waiting = [asyncio.ensure_future(ask(process, "sleep 0.3")) for _ in range(20)]
    await asyncio.sleep(0.05)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    begun = time.monotonic()
    assert (await ask(process, "when?")).sentences
    assert time.monotonic() - begun < 2.0


async def test_publishers_are_completed_from_a_cache_and_never_wait_for_an_answer(start: Start) -> None:
    process = start()
    await process.ready()
    assert await process.sources(("operator",), "lorn") == ["The Lorn Times"]
    busy = [asyncio.ensure_future(ask(process, "sleep 1")) for _ in range(THREADS)]
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    assert await process.sources(("operator",), "") == ["Tarn Valley Gazette", "The Lorn Times"]
    assert time.monotonic() - begun < 0.1
    assert await process.sources(("server-5",), "") == []
    assert time.monotonic() - begun < 0.9
    await asyncio.gather(*busy)


async def test_speakers_are_completed_by_their_other_names_and_without_accents(start: Start) -> None:
    process = start()
    await process.ready()
    assert await process.speakers(("operator",), "calder-r") == ["Ines Calder"]
    assert await process.speakers(("operator",), "INES") == ["Ines Calder"]
    assert await process.speakers(("operator",), "x") == []


async def test_quotations_and_verdicts_come_through(start: Start) -> None:
    process = start()
    (found,) = await process.quotations(QuotationQuery("Calder"), collections=("operator", "server-5"))
    assert found.text == "asked of Calder in operator, server-5"
    assert (await process.verify("x", collections=("operator",))).kind is VerdictKind.NOT_FOUND


async def test_a_slow_answer_holds_up_nobody(start: Start) -> None:
    process = start()
    await process.ready()
    slow = [asyncio.ensure_future(ask(process, "sleep 30")) for _ in range(THREADS - 1)]
    await asyncio.sleep(0.05)
    assert (await asyncio.wait_for(ask(process, "when?"), 5.0)).sentences
    assert not any(task.done() for task in slow)
    for task in slow:
        task.cancel()


async def test_stages_and_sentences_are_told_while_an_answer_is_made(start: Start) -> None:
    process = start()
    told: list[Progress] = []
    await process.ask(
        "when?", collections=("operator",), window=Window(), turns=(), asker="ann", on_progress=told.append
    )
    assert isinstance(told[0], StageReached)
    assert isinstance(told[1], SentenceVerified)
    assert told[1].citations[0].n == 1


async def test_who_fails_to_hear_of_progress_still_gets_the_answer(start: Start) -> None:
    def fail(_progress: Progress) -> None:
        raise RuntimeError("the message is gone")

    process = start()
    for _ in range(2):
        answer = await process.ask("when?", collections=("a",), window=Window(), turns=(), on_progress=fail)
        assert answer.sentences


async def test_cancelling_the_task_stops_the_work(start: Start, tmp_path: Path) -> None:
    process = start()
    await process.ready()
    heard: list[Progress] = []
    waiting = asyncio.ensure_future(
        process.ask("until stopped", collections=("a",), window=Window(), turns=(), on_progress=heard.append)
    )
    await until(lambda: bool(heard))
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await until((tmp_path / "stopped").exists)


async def test_a_person_is_forgotten_in_the_other_process(start: Start) -> None:
    assert await start().forget_person("bob") == 3


async def test_the_event_loop_is_never_held(start: Start) -> None:
    held: list[float] = []

    async def tick() -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.005)
            held.append(time.monotonic() - begun - 0.005)

    ticking = asyncio.create_task(tick())
    process = start()
    await process.ready()
    await asyncio.gather(*(ask(process, "hold 0.1") for _ in range(5)))
    await process.close()
    ticking.cancel()
    assert sorted(held)[-2] < 0.1  # one stall is left to the machine's own scheduler


async def test_it_is_closed_in_order(start: Start, tmp_path: Path) -> None:
    process = start()
    await process.ready()
    pid = process.pid
    await process.close()
    assert (tmp_path / "closed").exists()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    with pytest.raises(NotReady, match="switched off"):
        await ask(process, "when?")


@pytest.mark.parametrize("question", [None, "sleep 60", "hold 60"])
async def test_it_is_closed_within_five_seconds_whatever_it_does(start: Start, question: str | None) -> None:
    process = start(canned_library.endless if question is None else canned_library.quick)
    waiting = None
    if question is not None:
        await process.ready()
        waiting = asyncio.ensure_future(ask(process, question))
    await until(lambda: process.pid is not None)
    await asyncio.sleep(0.2)
    pid = process.pid
    begun = time.monotonic()
    await process.close()
    assert time.monotonic() - begun < 5.0
    assert pid is not None
    assert not psutil.pid_exists(pid)
    if waiting is not None:
        with pytest.raises(NotReady, match="switched off"):
            await waiting


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.005, 0.02, 0.05, 0.1, 0.2])
async def test_closed_while_it_starts_it_leaves_no_child(start: Start, seconds: float) -> None:
    before = {child.pid for child in psutil.Process().children()}
    process = start(canned_library.slow)
    await asyncio.sleep(seconds)
    await process.close()
    mine = [
        c for c in psutil.Process().children() if c.pid not in before and "resource_tracker" not in str(c.cmdline())
    ]
    assert not mine


ORPHAN = """
import asyncio, sys
from tests import canned_library
from bot.library_process import LibraryProcess
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


def test_the_bots_process_imports_nothing_heavy() -> None:
    code = (
        "import sys, bot.discord.client, bot.discord.run, bot.library_process;"
        "print([m for m in ('torch', 'chromadb', 'sentence_transformers', 'spacy', 'transformers', 'trafilatura')"
        " if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"


async def test_changes_of_the_articles_and_how_they_come_along_come_through(start: Start) -> None:
    process = start()
    heard: list[Progress] = []
    taken = await process.take_in(("https://a.example/x",), collection="server-5", on_progress=heard.append)
    assert taken.counts == {"added": 1}
    assert heard == [ArticlesRead(1, 2)]
    assert (await process.fetch_again(("a", "b"), collection="server-5")).counts == {"unchanged": 2}
    with pytest.raises(NotFound, match="no article 'a1' in server-5"):
        await process.remove("a1", "server-5")
    assert (await process.watch_feed("https://lorn.example/feed", collection="server-5")).title == "Canned news"
    assert (await process.unwatch_feed("https://lorn.example/feed", collection="server-5")).collection == "server-5"
    assert len(await process.watched_feeds(("operator", "server-5"))) == 2
    assert await process.poll() == []
    assert await process.forget_collections(("server-5",)) == 1
    assert (await process.status()).articles == {"operator": 20}

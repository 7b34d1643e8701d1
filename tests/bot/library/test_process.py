"""The library in its own process: what is asked of it comes through, and holds up nobody."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.library.child import THREADS
from bot.library.jobs import Jobs
from bot.library.messages import ArticlesRead, Progress, Progressed, Request, SentenceVerified, StageReached
from retrieval.errors import BadInput, IndexUnavailable, LibraryFailed, NotFound, UserError
from retrieval.schema import QuotationQuery, Window
from retrieval.search.verdicts import VerdictKind
from tests.bot.library.processes import StartLibrary, ask, until


async def test_a_question_is_answered_in_another_process(start_library: StartLibrary) -> None:
    process = start_library()
    answer = await ask(process, "when?")
    assert "was asked 'when?' in operator, server-5." in answer.text
    assert f"pid {process.pid} " in answer.text
    assert process.pid != os.getpid()


async def test_events_and_their_picture_come_from_the_other_process(start_library: StartLibrary) -> None:
    drawn = await start_library().drawn_events("the quay", on="2016", collections=("operator",), k=3, picture=True)
    assert drawn.found.query.about == "the quay"
    assert drawn.picture is not None
    assert drawn.picture.alternative == "2016"


async def test_many_questions_at_once_each_get_their_own_answer(start_library: StartLibrary) -> None:
    process = start_library()
    answers = await asyncio.gather(*(ask(process, f"question {i}?") for i in range(60)))
    assert all(f"'question {i}?'" in answer.text for i, answer in enumerate(answers))


async def test_errors_come_through_as_themselves(start_library: StartLibrary) -> None:
    process = start_library()
    with pytest.raises(BadInput, match="That cannot be asked"):
        await ask(process, "refuse")
    with pytest.raises(IndexUnavailable):
        await ask(process, "unreachable")
    with pytest.raises(UserError, match=r"a\.md, line 3: not UTF-8"):
        await ask(process, "unreadable")


@pytest.mark.parametrize("question", ["fail", "unpicklable"])
async def test_what_we_caused_comes_as_an_id_and_the_traceback_stays_in_the_log(
    start_library: StartLibrary, capfd: pytest.CaptureFixture[str], question: str
) -> None:
    process = start_library()
    with pytest.raises(LibraryFailed) as failed:
        await ask(process, question)
    await process.close()
    log = capfd.readouterr().err
    assert f"error id {failed.value.error_id}" in log
    assert "Traceback" in log


async def test_an_answer_nobody_waits_for_any_more_holds_up_nobody(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    waiting = [asyncio.ensure_future(ask(process, "until stopped")) for _ in range(20)]
    await asyncio.sleep(0.05)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert (await asyncio.wait_for(ask(process, "when?"), 60.0)).sentences


async def test_publishers_are_completed_from_a_cache_and_never_wait_for_an_answer(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    assert await process.sources(("operator",), "lorn") == ["The Lorn Times"]
    busy = [asyncio.ensure_future(ask(process, "sleep 600")) for _ in range(THREADS)]
    await asyncio.sleep(0.05)
    assert await asyncio.wait_for(process.sources(("operator",), ""), 60.0) == ["Tarn Valley Gazette", "The Lorn Times"]
    assert await asyncio.wait_for(process.sources(("server-5",), ""), 60.0) == []
    assert not any(task.done() for task in busy)
    for task in busy:
        task.cancel()


async def test_speakers_are_completed_by_their_other_names_and_without_accents(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    assert await process.speakers(("operator",), "calder-r") == ["Ines Calder"]
    assert await process.speakers(("operator",), "INES") == ["Ines Calder"]
    assert await process.speakers(("operator",), "x") == []


async def test_quotations_and_verdicts_come_through(start_library: StartLibrary) -> None:
    process = start_library()
    (found,) = await process.quotations(QuotationQuery("Calder"), collections=("operator", "server-5"))
    assert found.text == "asked of Calder in operator, server-5"
    assert (await process.verify("x", collections=("operator",))).kind is VerdictKind.NOT_FOUND


async def test_a_slow_answer_holds_up_nobody(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    slow = [asyncio.ensure_future(ask(process, "sleep 600")) for _ in range(THREADS - 1)]
    await asyncio.sleep(0.05)
    assert (await asyncio.wait_for(ask(process, "when?"), 60.0)).sentences
    assert not any(task.done() for task in slow)
    for task in slow:
        task.cancel()


async def test_stages_and_sentences_are_told_while_an_answer_is_made(start_library: StartLibrary) -> None:
    process = start_library()
    told: list[Progress] = []
    await process.ask(
        "when?", collections=("operator",), window=Window(), turns=(), asker="ann", on_progress=told.append
    )
    assert isinstance(told[0], StageReached)
    assert isinstance(told[1], SentenceVerified)
    assert told[1].citations[0].n == 1


async def test_who_fails_to_hear_of_progress_still_gets_the_answer(start_library: StartLibrary) -> None:
    def fail(_progress: Progress) -> None:
        raise RuntimeError("the message is gone")

    process = start_library()
    for _ in range(2):
        answer = await process.ask("when?", collections=("a",), window=Window(), turns=(), on_progress=fail)
        assert answer.sentences


async def test_cancelling_the_task_stops_the_work(start_library: StartLibrary, tmp_path: Path) -> None:
    process = start_library()
    await process.ready()
    heard: list[Progress] = []
    waiting = asyncio.ensure_future(
        process.ask("until stopped", collections=("a",), window=Window(), turns=(), on_progress=heard.append)
    )
    await until(lambda: bool(heard))
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await until((tmp_path / "stopped").exists)


async def test_a_person_is_forgotten_in_the_other_process(start_library: StartLibrary) -> None:
    assert await start_library().forget_person("bob") == 3


async def test_the_event_loop_turns_while_the_other_process_holds_its_own(start_library: StartLibrary) -> None:
    process = start_library()
    await process.ready()
    holding = asyncio.ensure_future(ask(process, "hold 2"))
    turns = 0
    while not holding.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns > 20  # of some 400; a loop that is held turns once
    await process.close()


def test_the_bots_process_imports_nothing_heavy() -> None:
    code = (
        "import sys, bot.discord.client, bot.discord.run, bot.library.process;"
        "print([m for m in ('torch', 'chromadb', 'sentence_transformers', 'spacy', 'transformers', 'trafilatura')"
        " if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"


async def test_changes_of_the_articles_and_how_they_come_along_come_through(start_library: StartLibrary) -> None:
    process = start_library()
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


async def test_a_change_that_still_tells_how_far_it_is_is_not_taken_for_hanging() -> None:
    jobs, hanging = Jobs(longest=0.1, at_once=3), asyncio.Event()
    sent: list[Request] = []
    handing = asyncio.create_task(jobs.hand_out(sent.append, hanging.set))  # type: ignore[arg-type]
    changes = [asyncio.create_task(jobs.request(name, {}, lambda _: None, 1.0)) for name in ("fetch_again", "poll")]
    while len(sent) < 2:
        await asyncio.sleep(0.01)
    for done in range(15):
        await asyncio.sleep(0.1)
        jobs.take(Progressed(sent[0].id, ArticlesRead(done, 15)))
    assert not hanging.is_set()
    await asyncio.wait_for(hanging.wait(), 10)  # neither is heard of any more
    jobs.fail_all("It ended.")
    await asyncio.gather(*changes, return_exceptions=True)
    handing.cancel()

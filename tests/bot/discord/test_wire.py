"""The real client in a real process, against a Discord on loopback: login, answers, a cut connection."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.bot.discord.bot_process import TOKEN, StartBot, ended, ready
from tests.loopback_discord import LoopbackDiscord, answered, custom_ids, text_of
from tests.loopback_web import HARBOUR, article_page, loopback_web


@pytest.mark.parametrize("compression", ["zstd-stream", "zlib-stream"])
async def test_it_logs_in_answers_is_cut_off_resumes_and_ends_in_order(
    discord: LoopbackDiscord, start_bot: StartBot, compression: str
) -> None:
    more = {"TEST_ZLIB": "1", "ONRECORD_LOG_LEVEL": "DEBUG"} if compression == "zlib-stream" else {}
    process = await start_bot(**more)
    await ready(discord)
    assert discord.compressions == [compression]
    (session,) = discord.sessions.values()
    assert session.identify["intents"] == 1 << 0 | 1 << 9 | 1 << 12  # servers, their messages, direct messages
    assert session.identify["shard"] == [0, 1]

    asked = await discord.slash("ask", question="When did the bridge reopen?", private=True)
    await discord.until(lambda: answered(asked))
    assert asked["callbacks"] == [{"type": 5, "data": {"flags": 64}}]
    (shown,) = asked["followups"]
    assert text_of(shown).startswith("> When did the bridge reopen?\npid ")
    assert "**Sources**\n[1] [Bridge over the Lorn reopens](<https://gazette.example/bridge>)" in text_of(shown)

    question = await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)
    (shown,) = discord.posted()
    assert "was asked 'who paid?' in operator, server-" in text_of(shown)
    assert shown["message_reference"]["message_id"] == question["id"]
    (post,) = [call for call in discord.calls if call.method == "POST" and call.path.endswith("/messages")]
    assert post.body["allowed_mentions"] == {"parse": [], "replied_user": False}

    # what is asked while the connection is cut is answered after the client has resumed
    discord.cut()
    await discord.say(f"<@{discord.me['id']}> and then?", replying_to=shown)
    await discord.until(lambda: len(discord.posted()) == 2)
    assert len(discord.resumed) == 1
    assert len(discord.sessions) == 1
    assert "was asked 'and then?'" in text_of(discord.posted()[1])

    process.send_signal(signal.SIGTERM)
    log = await ended(process)
    assert process.returncode == 0
    assert TOKEN not in log
    assert "Traceback" not in log
    assert "who paid" not in log
    assert "bot.discord.run: ended" in log
    assert discord.close_codes[-1] == 1000


async def test_a_reply_without_a_ping_is_told_why_it_is_not_read(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    await start_bot()
    await ready(discord)
    await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)
    await discord.say("and when?", replying_to=discord.posted()[0], mention=False)
    await discord.until(lambda: len(discord.posted()) == 2)
    assert "unless it pings me" in text_of(discord.posted()[1])


async def test_an_answer_is_streamed_by_edits_a_second_apart_and_its_buttons_work_after_a_restart(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    process = await start_bot()
    await ready(discord)
    await discord.say(f"<@{discord.me['id']}> sleep 2.5")
    await discord.until(discord.posted)
    (message,) = discord.posted()
    await discord.until(lambda: text_of(message) == "It was asked. [1]\n-# Searching the articles")
    (stop,) = custom_ids(message)
    assert stop.startswith("stop:")
    await discord.until(lambda: "was asked 'sleep 2.5'" in text_of(message))
    assert len(discord.posted()) == 1
    times = [at for at, which, _ in discord.edits if which == message["id"]]
    assert all(later - earlier >= 0.95 for earlier, later in itertools.pairwise(times))
    process.send_signal(signal.SIGTERM)
    await ended(process)

    await start_bot()
    discord.sessions.clear()
    await ready(discord)
    source = next(i for i in custom_ids(message) if i.startswith("source:"))
    pressed = await discord.press(message, source)
    await discord.until(lambda: pressed["callbacks"])
    (callback,) = pressed["callbacks"]
    assert callback["data"]["flags"] & 64
    assert "so its words are not shown" in callback["data"]["content"]  # the canned article is in no catalogue


async def test_a_timeline_comes_with_its_picture(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    await start_bot()
    await ready(discord)
    asked = await discord.slash("timeline", topic="the quay")
    await discord.until(lambda: asked["followups"])
    assert asked["followups"][0]["sent"] == [("timeline.png", b"PNG of the quay")]


async def test_an_answer_is_stopped_by_its_asker(discord: LoopbackDiscord, start_bot: StartBot, tmp_path: Path) -> None:
    await start_bot()
    await ready(discord)
    asked = await discord.slash("ask", question="until stopped")
    await discord.until(lambda: asked["followups"])
    shown = asked["followups"][0]
    await discord.until(lambda: "It was asked." in text_of(shown))
    await discord.press(shown, custom_ids(shown)[0])
    await discord.until(lambda: text_of(shown).endswith("-# Stopped."))
    async with asyncio.timeout(20):
        while not (tmp_path / "stopped").exists():
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("failures", [(429, 429), (500, 502)])
async def test_a_rate_limit_and_a_failure_of_discords_are_got_over(
    discord: LoopbackDiscord, start_bot: StartBot, failures: tuple[int, int]
) -> None:
    await start_bot()
    await ready(discord)
    for status in failures:
        discord.fail_next("POST", r"/messages$", status)
    await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)
    assert len(discord.posted()) == 1


async def test_fifty_members_at_once_are_acknowledged_and_all_answered(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    process = await start_bot(PYTHONASYNCIODEBUG="1")  # asyncio then logs whatever holds the event loop for over 100 ms
    await ready(discord)
    asked = [await discord.slash("ask", question=f"hold 0.02 {i}", member=i) for i in range(50)]
    await discord.until(lambda: all(answered(one) for one in asked))
    assert all(one["callbacks"][0]["type"] == 5 for one in asked)
    assert all(f"hold 0.02 {i}" in text_of(one["followups"][0]) for i, one in enumerate(asked))
    process.send_signal(signal.SIGTERM)
    held = re.findall(r"Executing .* took .* seconds", await ended(process))
    assert len(held) <= 1, held  # one stall is left to the machine's own scheduler


async def test_with_the_message_content_intent_a_reply_needs_no_ping(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    discord.allowed_privileged = 1 << 15
    await start_bot(ONRECORD_MESSAGE_CONTENT="true")
    await ready(discord)
    await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)
    await discord.say("and when?", replying_to=discord.posted()[0], mention=False)
    await discord.until(lambda: len(discord.posted()) == 2)
    assert "was asked 'and when?'" in text_of(discord.posted()[1])


@pytest.mark.model
async def test_a_page_is_added_asked_about_shown_in_its_place_and_removed_with_its_answer(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    with loopback_web() as site:
        site.pages["/quay"] = article_page("Harbour closes at Lowmouth", *HARBOUR)
        process = await start_bot(library="of_the_web")
        await ready(discord)
        added = await discord.slash("add", manages=True, url=site.url("/quay"))
        await discord.until(lambda: any("1 added" in text_of(shown) for shown in added["followups"]), 60)
        refused = await discord.slash("add", manages=True, url=site.url("/nowhere"))
        await discord.until(lambda: any("1 left out" in text_of(shown) for shown in refused["followups"]), 30)

        await discord.say(f"<@{discord.me['id']}> What would the repair of the quay cost?")
        await discord.until(lambda: any("3 million crowns" in text_of(m) for m in discord.posted()), 60)
        (message,) = discord.posted()
        pressed = await discord.press(message, next(i for i in custom_ids(message) if i.startswith("source:")))
        await discord.until(lambda: pressed["callbacks"])
        assert "3 million crowns" in re.findall(r"\*\*(.+?)\*\*", pressed["callbacks"][0]["data"]["content"])[0]

        removed = await discord.slash("remove", manages=True, article=site.url("/quay"))
        await discord.until(lambda: any("Removed" in text_of(shown) for shown in removed["followups"]), 30)
        await discord.until(lambda: text_of(message).startswith("An article that this answer cited was removed"))
        process.send_signal(signal.SIGTERM)
        assert "Traceback" not in await ended(process)


@pytest.mark.model
async def test_the_real_library_answers_and_what_another_process_adds_is_in_the_next_answer(
    discord: LoopbackDiscord, start_bot: StartBot, tmp_path: Path
) -> None:
    (tmp_path / "articles" / "quay.txt").write_text(
        "Quay closed\n\nThe quay at Lowmouth was closed on Monday after a crane fell into the harbour.",
        encoding="utf-8",
    )
    process = await start_bot(library="real")
    await ready(discord)
    asked = await discord.slash("ask", question="Why was the quay at Lowmouth closed?")
    await discord.until(lambda: answered(asked), 60)
    shown = text_of(asked["followups"][0])
    assert "after a crane fell into the harbour" in shown
    assert "articles/quay.txt:3" in shown

    (tmp_path / "ferry.txt").write_text("The ferry to Ambry sank off Cape Tell on Friday.", encoding="utf-8")
    adding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "add", str(tmp_path / "ferry.txt"), "--title", "Ferry lost",
        stdout=PIPE, stderr=PIPE, env={**os.environ, "ONRECORD_STORE": str(tmp_path)},
    )  # fmt: skip
    out, err = await adding.communicate()
    assert adding.returncode == 0, err.decode()
    assert b"1 added" in out
    asked = await discord.slash("ask", question="Where did the ferry to Ambry sink?")
    await discord.until(lambda: answered(asked), 30)
    assert "off Cape Tell" in text_of(asked["followups"][0])

    process.send_signal(signal.SIGTERM)
    log = await ended(process)
    assert process.returncode == 0
    assert "Traceback" not in log
    assert not (tmp_path / "index.json").exists()

"""Five turns in a Discord thread, each leaning on those before, without a language model and with one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.answers.cooldown import Cooldown
from bot.discord.client import OnRecordBot
from retrieval.answering.writing.chat_models import Chunk
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Answer
from retrieval.schema.community import AnswerPlace, ServerSettings
from retrieval.settings import Settings
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import text_of
from tests.stand_in import StandIn

pytestmark = [pytest.mark.model, pytest.mark.bot(message_content=True)]

MILL = (
    "The mill at Tarn burned down on 3 May 2024. Nobody was hurt.\n\n"
    "Jane Orde, the owner, said on Monday that the fire began in the loft.\n\n"
    "The mill had 86 workers in 2022 and 90 workers in 2023."
)
TURNS = (
    ("What did Jane Orde say about the fire?", None, "the fire began in the loft"),
    ("When did she say it?", "When did Jane Orde say that about the fire?", "the fire began in the loft"),
    ("How many workers did the mill have in 2022?", None, "86 workers in 2022"),
    ("And in 2023?", "How many workers did the mill have in 2023?", "90 workers in 2023"),
    ("When did it burn down?", "When did the mill burn down?", "3 May 2024"),
)


class Writing:
    """A model that completes a question as it should, and answers with a lie and a sentence of the article."""

    name, window = "writing", None

    def check(self) -> None:
        pass

    def count(self, text: str) -> int:
        return len(text) // 4

    def stream(self, messages: Sequence[Any]) -> Iterator[Chunk]:
        told = str(messages[-1].content)
        if "Last question:" in told:
            asked = told.rpartition("Last question: ")[2].strip()
            yield Chunk(next(whole for turn, whole, _ in TURNS if turn == asked and whole))
            return
        true = next((text for key, text in self.written.items() if key in told.rpartition("Question: ")[2]), "")
        told_ = [{"text": text, "passages": ["p1"]} for text in (true, "The mill had 700 workers in 2019.") if text]
        yield Chunk(json.dumps({"sentences": told_}))
        yield Chunk("", 10, 10)

    written = {  # noqa: RUF012
        "2022": "The mill had 86 workers in 2022.",
        "2023": "The mill had 90 workers in 2023.",
        "burn": "The mill at Tarn burned down on 3 May 2024.",
    }


class Answering(StandIn):
    """Asks a real library, in a thread, as the bot's worker does."""

    real: Library

    async def ask(self, text: str, **how: Any) -> Answer:
        await super().ask(text, **how)
        how.pop("on_progress")
        return await asyncio.to_thread(self.real.ask, text, **how)


@pytest.fixture(params=[False, True], ids=["without a model", "with a model"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Answering]:
    (tmp_path / "mill.txt").write_text(MILL, encoding="utf-8")
    stand_in = Answering()
    model = Writing() if request.param else None
    with Library(Settings(store=tmp_path / "own"), create=True, vectors=MemoryVectors(), chat_model=model) as real:
        real.add([tmp_path / "mill.txt"], given=Given(published=date(2024, 5, 7)))
        stand_in.real = real
        yield stand_in


@pytest.fixture
def make_bot(library: Answering, tmp_path: Path) -> Callable[..., OnRecordBot]:
    """A bot that five questions in a row are not too many for."""

    def make(**settings: bool) -> OnRecordBot:
        bot = OnRecordBot(library, folder=tmp_path, cooldown=Cooldown(9, 20.0, clock=lambda: 0.0), **settings)
        bot.shard_count = 1
        return bot

    return make


async def test_a_thread_is_a_conversation_of_five_turns(simcord_env: Env, library: Answering) -> None:
    channel: ChannelHandle = simcord_env.create_guild().create_text_channel("general")
    alice = simcord_env.guild.add_member(simcord_env.create_user("alice"))
    settings = ServerSettings(place=AnswerPlace.THREAD)
    await simcord_env.bot.stored.change_settings(alice.guild.id, settings)  # type: ignore[attr-defined]
    assert simcord_env.bot.user is not None
    await alice.send(channel, f"{simcord_env.bot.user.mention} {TURNS[0][0]}")
    (thread,) = channel.threads
    for number, (question, whole, answer) in enumerate(TURNS):
        if number:
            await alice.send(thread, question)
        shown = text_of(thread.last_message)
        assert answer in shown
        assert "700" not in shown
        assert (whole or "Understood as") in shown or whole is None
        assert len(library.asked[-1].turns) == min(number, 4)

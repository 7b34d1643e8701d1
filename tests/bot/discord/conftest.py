"""A bot in front of a stand-in for the library, for SimCord's Discord."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.discord.client import OnRecordBot
from bot.discord.cooldown import Cooldown
from tests.stand_in import StandIn

MakeBot = Callable[..., OnRecordBot]


@pytest.fixture
def library() -> StandIn:
    return StandIn()


@pytest.fixture
def make_bot(library: StandIn, tmp_path: Path) -> MakeBot:
    def make(**settings: bool) -> OnRecordBot:
        bot = OnRecordBot(library, folder=tmp_path, cooldown=Cooldown(3, 20.0, clock=lambda: 0.0), **settings)
        bot.shard_count = 1
        return bot

    return make


@pytest.fixture
def simcord_bot(make_bot: MakeBot, request: pytest.FixtureRequest) -> OnRecordBot:
    """The bot; the marker `bot` takes its settings."""
    marker = request.node.get_closest_marker("bot")
    return make_bot(**(marker.kwargs if marker else {}))

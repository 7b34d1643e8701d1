"""A bot in front of a stand-in for the library, for SimCord's Discord, with a channel, an admin and a member."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

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


@pytest.fixture
def channel(simcord_env: Env) -> ChannelHandle:
    return simcord_env.create_guild().create_text_channel("general")


@pytest.fixture
def admin(simcord_env: Env, channel: ChannelHandle) -> MemberActor:
    role = simcord_env.guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    return simcord_env.guild.add_member(simcord_env.create_user("admin"), roles=[role])


@pytest.fixture
def alice(simcord_env: Env, channel: ChannelHandle) -> MemberActor:
    return simcord_env.guild.add_member(simcord_env.create_user("alice"))


@pytest.fixture
def me(simcord_env: Env) -> str:
    assert simcord_env.bot.user is not None
    return simcord_env.bot.user.mention

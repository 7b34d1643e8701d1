"""Articles are completed by their titles, also those that share one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest_asyncio

from bot.discord.stored import Stored
from bot.discord.titles import Titles
from retrieval.community import Community
from retrieval.schema import ArticleHead
from tests.answers import article

HERE = ("server-5",)
PAPER, RADIO = (
    replace(article("Live updates", source=source, published=day, url=f"https://{n}.example/live"), id=f"live-{n}")
    for n, (source, day) in enumerate([("The Post", date(2031, 5, 4)), ("Lorn Radio", date(2031, 5, 3))])
)
AGAIN = replace(PAPER, id="live-again", url=None)
BRIDGE = replace(article("Bridge reopens"), id="bridge")


class Listed(Community):
    """Has the articles above, the newest first."""

    def articles(self, collections: object) -> list[ArticleHead]:
        return [PAPER, AGAIN, RADIO, BRIDGE]


@pytest_asyncio.fixture
async def titles(tmp_path: Path) -> AsyncIterator[Titles]:
    stored = Stored(Listed(tmp_path))
    yield Titles(stored)
    await stored.close()


async def test_each_of_several_articles_of_one_title_can_be_chosen(titles: Titles) -> None:
    for prefix, count in (("live", 3), ("", 4)):
        choices = await titles.choices(HERE, prefix)
        assert len({choice.name for choice in choices}) == len(choices) == count
        found = [await titles.article(HERE, choice.value) for choice in choices]
        assert {head.id for head in found if head is not None} >= {"live-0", "live-1", "live-again"}
    assert "Live updates (Lorn Radio, 3 May 2031)" in {choice.name for choice in choices}


async def test_a_title_that_several_have_names_none_of_them(titles: Titles) -> None:
    assert await titles.article(HERE, "Live updates") is None
    assert await titles.article(HERE, " Bridge reopens ") == BRIDGE
    assert await titles.article(HERE, "https://1.example/live") == RADIO
    assert await titles.article(HERE, "live-again") == AGAIN


async def test_topics_days_and_publishers_are_each_offered_once(titles: Titles) -> None:
    assert [c.value for c in await titles.topics(HERE, "")] == ["Live updates", "Bridge reopens"]
    assert [c.value for c in await titles.days(HERE, "may")] == ["4 May 2031", "3 May 2031"]
    assert [c.value for c in await titles.publishers(HERE, "ra")] == ["Lorn Radio"]

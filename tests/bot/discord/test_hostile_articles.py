"""Whatever an article, a feed or a file says of itself, nothing of it acts in any message of the bot's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings

from bot.discord.cogs.articles import Wanted, _page_text
from bot.discord.cogs.help import render_help
from bot.discord.cogs.status import _feeds
from bot.discord.rendering.additions import render_taken_in
from bot.discord.rendering.answers import answer_parts, small, source_texts
from bot.discord.rendering.digests import render_digest
from bot.discord.rendering.events import render_events
from bot.discord.rendering.excerpts import render_excerpt
from bot.discord.rendering.quotations import render_page, render_verdict
from bot.library.reports import Feed, TakenIn
from retrieval.community import Excerpt
from retrieval.search.found_events import EventQuery
from retrieval.search.verdicts import Verdict, VerdictKind
from tests.answers import abstention, answer, article, citation, quotation
from tests.bot.discord.rendering.test_escaping import HOSTILE, RAW
from tests.told import found, report

Render = Callable[[str], str]


def hostile(text: str) -> dict[str, Render]:
    """Every message that shows what articles say, with `text` in the place of all that an article can say."""
    head = replace(article(text, source=text, url=text, origin=text), id=text)
    cited = citation(head=head, link=text, text=text or "x")
    said = quotation(text, speaker=text, description=text, mention=text, head=head)
    event = report(text or "x", article="a")
    event = replace(event, article=head, expression=text)
    feed = Feed("server-1", text, text, error=text, dead=True)
    return {
        "answer": lambda t: "\n".join(answer_parts(answer([t], citations=[cited]), asked=t)),
        "abstention": lambda t: "\n".join(answer_parts(abstention(t, [cited]))),
        "notes": lambda t: small([t]),
        "sources": lambda t: "\n".join(source_texts([cited])),
        "excerpt": lambda t: render_excerpt(Excerpt(cited, cited.text, 0, len(cited.text))),
        "quotes": lambda t: render_page([said], 0, t),
        "verdict": lambda t: render_verdict(Verdict(t, VerdictKind.EXACT, (said,))),
        "events": lambda t: "\n".join(render_events(found(event, query=EventQuery(about=t or None)))),
        "articles": lambda t: _page_text([head], Wanted(search=t, source=t), 0),
        "digest": lambda t: "\n".join(render_digest([head], [said], found(event).events)),
        "help": lambda t: render_help([head], [said], found(event).events),
        "added": lambda t: render_taken_in(TakenIn({"added": 1}, (head,), (t,), (t,))),
        "feeds": lambda t: "\n".join(_feeds([feed])),
    }


@pytest.mark.parametrize("message", list(hostile("x")))
@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
@example(text="https://[a](https://b.example)")
def test_nothing_in_an_article_acts_in_any_message(message: str, text: str) -> None:
    shown = hostile(text)[message](text)
    for pattern in RAW[:2]:  # people, roles, everybody
        assert not pattern.search(shown), pattern.pattern
    links = shown.count("](<")
    assert shown.count("](") == links  # every link is one of ours: in angles, without a preview


def test_a_day_and_a_name_in_ordinary_articles_come_through() -> None:
    messages = {name: render("Quay closed") for name, render in hostile("Quay closed").items()}
    assert all("Quay closed" in shown for shown in messages.values())
    assert date(2031, 5, 4).strftime("%Y") in messages["digest"]

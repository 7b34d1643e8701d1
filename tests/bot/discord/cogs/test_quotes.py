"""`/quotes`, its pages, and "Who said this?", in SimCord's Discord."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.claims import Claim, claimed_in
from bot.discord.pages import FILE_NAME, Pages
from bot.discord.rendering.quotations import render_page, render_verdict
from retrieval.annotation.quotations.comparing import DiffOp, DiffPart
from retrieval.errors import NotReady
from retrieval.schema import OPERATOR, QuotationKind, QuotationQuery
from retrieval.search.verdicts import Verdict, VerdictKind
from tests.answers import article, quotation
from tests.stand_in import StandIn


async def test_quotes_show_the_words_the_speaker_the_day_and_the_source(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.found = [quotation(), quotation("it would reopen", kind=QuotationKind.INDIRECT, description=None)]
    options = {"speaker": "Calder", "about": "the bridge", "from": "2031-05-01", "to": "2031-05-31"}
    result = await alice.slash(channel, "quotes", **options)
    assert result.response is not None
    assert result.response.content == (
        "> Quotations of Calder about the bridge from 1 May 2031 to 31 May 2031\n"
        "**Ines Calder, the mayor, to reporters, on 3 May 2031**\n"
        "“The bridge is safe.”\n"
        "-# [Bridge over the Lorn reopens](<https://gazette.example/bridge>), Tarn Valley Gazette, 4 May 2031\n"
        "**Ines Calder, to reporters, on 3 May 2031**\n"
        "it would reopen\n"
        "-# [Bridge over the Lorn reopens](<https://gazette.example/bridge>), Tarn Valley Gazette, 4 May 2031\n"
        "-# 1–2 of 2"
    )
    (asked,) = library.queries
    assert asked == (
        QuotationQuery("Calder", "the bridge", date(2031, 5, 1), date(2031, 5, 31)),
        (OPERATOR, f"server-{alice.guild.id}"),
    )


async def test_only_what_is_quoted_word_for_word_is_listed_where_that_is_asked_for(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    result = await alice.slash(channel, "quotes", speaker="Calder", kind="word for word")
    assert result.response is not None
    assert "Quotations word for word of Calder" in result.response.content
    ((asked, _),) = library.queries
    assert asked.kind is QuotationKind.DIRECT


async def test_where_nothing_was_said_that_is_what_it_says(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    result = await alice.slash(channel, "quotes", speaker="Nobody")
    assert result.response is not None
    assert "No such quotation is in the articles." in result.response.content


async def test_a_day_that_is_none_is_said_to_the_asker_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    result = await alice.slash(channel, "quotes", **{"from": "soon"})
    assert result.ephemeral
    assert result.response is not None
    assert "“from” takes a day" in result.response.content
    assert not library.queries
    assert simcord_env.errors


async def test_speakers_are_completed_while_they_are_typed(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    assert await alice.autocomplete(channel, "quotes", "speaker", "cal") == [
        {"name": "Ines Calder", "value": "Ines Calder"}
    ]
    library.result = NotReady("not yet")
    assert await alice.autocomplete(channel, "quotes", "speaker", "cal") == []


async def test_pages_are_turned_also_after_a_restart(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, make_bot: object
) -> None:
    library.found = [quotation(f"Sentence number {n}.") for n in range(1, 13)]
    await alice.slash(channel, "quotes", about="sentences")
    shown = channel.last_message
    assert shown is not None
    assert "“Sentence number 5.”" in shown.content
    assert "“Sentence number 6.”" not in shown.content
    assert "1–5 of 12" in shown.content
    await alice.click(shown, label="Next")
    assert "6–10 of 12" in channel.last_message.content
    await simcord_env.restart_bot(make_bot())  # type: ignore[operator]
    await alice.click(channel.last_message, label="Next")
    assert "11–12 of 12" in channel.last_message.content
    assert library.queries[-1][0].about == "sentences"
    await alice.click(channel.last_message, label="Previous")
    assert "6–10 of 12" in channel.last_message.content


async def test_where_the_interaction_is_gone_the_pages_come_in_the_channel(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    library.found = [quotation(f"Sentence number {n}.") for n in range(1, 13)]
    simcord_env.inject_error("POST", "/webhooks/*", status=404, code=10015)
    await alice.slash(channel, "quotes", about="sentences")
    assert "1–5 of 12" in channel.last_message.content
    await alice.click(channel.last_message, label="Next")
    assert "6–10 of 12" in channel.last_message.content


async def test_a_page_is_read_from_the_articles_of_whoever_turns_it(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.found = [quotation(f"Sentence number {n}.") for n in range(1, 13)]
    await alice.slash(channel, "quotes", about="sentences")
    await alice.click(channel.last_message, label="Next")
    assert {collections for _, collections in library.queries} == {(OPERATOR, f"server-{alice.guild.id}")}


async def test_who_said_this_looks_for_what_a_message_quotes(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.verdict = Verdict(
        "the bridge is quite safe",
        VerdictKind.NEAR,
        (quotation(),),
        (DiffPart(DiffOp.SAME, "The bridge is"), DiffPart(DiffOp.ADDED, "quite"), DiffPart(DiffOp.SAME, "safe")),
    )
    message = await alice.send(channel, "Somebody said “the bridge is quite safe”, imagine!")
    result = await alice.context_menu(channel, "Who said this?", message)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content.startswith("Ines Calder said nearly that.\nThe bridge is ~~quite~~ safe\n")
    assert "“The bridge is safe.”" in result.response.content
    assert library.claims[0][0] == "the bridge is quite safe"


async def test_a_message_without_words_is_refused(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    message = await alice.send(channel, "…!?")
    result = await alice.context_menu(channel, "Who said this?", message)
    assert result.response is not None
    assert "no words in this message" in result.response.content
    assert not library.claims
    assert simcord_env.errors


@pytest.mark.parametrize(
    ("content", "claim"),
    [
        ("the quay was unsafe", "the quay was unsafe"),
        ('She said "the quay was unsafe" today', "the quay was unsafe"),
        ("> the quay was unsafe", "the quay was unsafe"),
        ('a "so-called reform" of the quay', 'a "so-called reform" of the quay'),
        ("«le quai était dangereux», dit-elle", "le quai était dangereux"),
    ],
)
def test_what_a_message_claims(content: str, claim: str) -> None:
    assert claimed_in(content).words == claim


@pytest.mark.parametrize(
    ("content", "speaker"),
    [
        ('"The quay was unsafe", said Jane Roe', "Jane Roe"),
        ('Jane Roe said "the quay was unsafe"', "Jane Roe"),
        ('Did Jane Roe really say "the quay was unsafe"?', "Jane Roe"),
        ("“The quay was unsafe.” – Jane Roe", "Jane Roe"),
        ('> "The quay was unsafe," Jane Roe said on Monday', "Jane Roe"),
        ('**Jane Roe**: "the quay was unsafe"', "Jane Roe"),
        ('the mayor, Jane Roe, said "the quay was unsafe"', "Jane Roe"),
        ('"The quay was unsafe", according to Mayor Roe.', "Roe"),
        ('"The quay was unsafe" he said', None),
        ('Somebody said "the quay was unsafe"', None),
        ('A man in Paris once said "the quay was unsafe"', None),
        ('Jane Roe likes it. "The quay was unsafe"', None),
        ("the quay was unsafe", None),
    ],
)
def test_who_a_message_claims_said_it(content: str, speaker: str | None) -> None:
    assert claimed_in(content).speaker == speaker


def test_what_a_message_may_hold_takes_no_longer_than_it_should() -> None:
    for content in ('"' * 3000, '"a b c d" said ' + "Roe " * 900, "x, " * 1300 + '"a b c d e"', "‘a " * 1000):
        assert isinstance(claimed_in(content), Claim)


async def test_a_wrong_speaker_in_a_message_is_told_as_such(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.verdict = Verdict(
        "The bridge is safe", VerdictKind.EXACT, (quotation(),), claimed="Otto Brandl", agrees=False
    )
    message = await alice.send(channel, "“The bridge is safe”, said Otto Brandl")
    result = await alice.context_menu(channel, "Who said this?", message)
    assert result.response is not None
    assert result.response.content.startswith("Ines Calder said that, not Otto Brandl.")
    assert library.claims[0][:2] == ("The bridge is safe", "Otto Brandl")


def test_a_page_fits_a_message_and_ends_no_quotation_without_its_mark() -> None:
    head = article("T" * 300, url="https://gazette.example/" + "p" * 600)
    long = [quotation("A rather long sentence. " * 60, head=head, description="d" * 300) for _ in range(5)]
    page = render_page(long, 0, "about " + "x" * 200)
    assert len(page) <= 2000
    assert page.count("“") == page.count("”") > 0


def test_what_articles_say_cannot_ping_or_mark_up() -> None:
    hostile = "@everyone **bold** <@1> [click](https://evil.example)"
    verdict = Verdict("x", VerdictKind.EXACT, (quotation(hostile, speaker=hostile, description=hostile),))
    text = render_verdict(verdict) + render_page(verdict.quotations, 0, hostile)
    assert "@everyone" not in text
    assert "<@1>" not in text
    assert "](https://evil" not in text


def test_lists_are_remembered_and_the_oldest_forgotten(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    first = pages.remember(QuotationQuery("Calder", None, date(2031, 5, 1), kind=QuotationKind.MIXED))
    assert Pages(tmp_path).find(first) == QuotationQuery("Calder", None, date(2031, 5, 1), kind=QuotationKind.MIXED)
    for _ in range(500):
        pages.remember(QuotationQuery())
    assert pages.find(first) is None
    (tmp_path / FILE_NAME).write_text("broken", encoding="utf-8")
    assert Pages(tmp_path).find(first) is None

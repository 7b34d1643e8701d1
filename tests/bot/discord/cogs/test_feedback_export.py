"""Feedback leaves Discord as questions to evaluate with."""

from __future__ import annotations

import json
from dataclasses import replace

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.cogs.feedback_export import as_complaints, as_labels
from retrieval.community import now
from retrieval.evaluation import read_labelled
from retrieval.evaluation.labelled import Labelled
from retrieval.schema import channel_collection
from retrieval.schema.community import (
    Feedback,
    FeedbackRow,
    Opinion,
    ShownAnswer,
    ShownCitation,
)
from tests.answers import abstention, answer, answer_id, article, citation, text_of
from tests.stand_in import StandIn


async def test_feedback_is_exported_to_who_manages_the_server(
    admin: MemberActor, alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "feedback export")
    assert "Nobody has said yet" in text_of(result.response)
    await alice.slash(channel, "ask", question="When?")
    opinion = Feedback(answer_id(channel.last_message), alice.id, Opinion.GOOD, "exact", now())
    await simcord_env.bot.stored(lambda c: c.opine(opinion))  # type: ignore[attr-defined]
    result = await admin.slash(channel, "feedback export")
    assert result.ephemeral
    assert [file.filename for file in result.response.attachments] == ["feedback.jsonl"]  # type: ignore[union-attr]
    assert simcord_env.errors


async def test_feedback_on_what_belongs_to_a_closed_channel_is_exported_in_it_alone(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = simcord_env.guild.create_text_channel(
        "closed",
        overwrites={simcord_env.guild.default_role: hidden, admin: discord.PermissionOverwrite(view_channel=True)},
    )
    head = replace(article(), collection=channel_collection(admin.guild.id, closed.id))
    library.result = answer(["It was secret."], citations=[citation(head=head)])
    result = await admin.slash(closed, "ask", question="What was it?")
    opinion = Feedback(answer_id(result.response), admin.id, Opinion.GOOD, "exact", now())
    await simcord_env.bot.stored.flush()  # type: ignore[attr-defined]
    await simcord_env.bot.stored(lambda c: c.opine(opinion))  # type: ignore[attr-defined]
    refused = await admin.slash(channel, "feedback export")
    assert "export them there" in text_of(refused.response)
    assert simcord_env.errors
    exported = await admin.slash(closed, "feedback export")
    assert exported.response is not None
    assert len(exported.response.attachments) == 1


async def test_what_was_asked_in_a_channel_is_exported_to_who_can_read_it_alone(
    admin: MemberActor, alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    hidden, seen = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    closed = simcord_env.guild.create_text_channel(
        "closed", overwrites={simcord_env.guild.default_role: hidden, alice: seen, simcord_env.bot.user: seen}
    )
    chief = simcord_env.guild.create_role("chiefs", permissions=discord.Permissions(administrator=True))
    boss = simcord_env.guild.add_member(simcord_env.create_user("boss"), roles=[chief])
    library.result = abstention("The articles do not say.")
    for where, question in ((closed, "Will we fire Bob?"), (channel, "When does it open?")):
        result = await alice.slash(where, "ask", question=question)
        opinion = Feedback(answer_id(result.response), alice.id, Opinion.BAD, "no", now())
        await simcord_env.bot.stored.flush()  # type: ignore[attr-defined]
        await simcord_env.bot.stored(lambda c, o=opinion: c.opine(o))  # type: ignore[attr-defined]
    exported = await admin.slash(channel, "feedback export")
    assert text_of(exported.response).startswith("Opinions: 1.")
    assert "Left out: 1, of answers in channels that you cannot read" in text_of(exported.response)
    whole = await boss.slash(channel, "feedback export")
    assert text_of(whole.response).startswith("Opinions: 2.")
    assert "Left out" not in text_of(whole.response)


def test_what_was_found_good_is_a_label_and_what_was_found_bad_is_to_be_labelled() -> None:
    def row(
        opinion: Opinion,
        question: str,
        *,
        abstained: bool = False,
        answer: str | None = "It did.",
        cited: tuple[ShownCitation, ...] = (ShownCitation(1, "o", "a", 1, 0, 5),),
    ) -> FeedbackRow:
        shown = ShownAnswer("0" * 12, 1, 2, 3, now(), question, answer, abstained, cited)
        return FeedbackRow(Feedback("0" * 12, 3, opinion, "because", now()), shown, ("It did.",))

    rows = [
        row(Opinion.GOOD, "When?"),
        row(Opinion.GOOD, "Who?", abstained=True),
        row(Opinion.BAD, "Why?"),
        row(Opinion.GOOD, "Gone?", answer=None),
        row(Opinion.GOOD, "How are\u2028you?", cited=()),
    ]
    labels = [json.loads(line) for line in as_labels(rows).splitlines()]
    assert [(line["question"], line["articles"], line["answerable"]) for line in labels] == [
        ("When?", ["a"], True),
        ("Who?", [], False),
    ]
    assert all(line["expected"] == [] for line in labels)
    (complaint,) = [json.loads(line) for line in as_complaints(rows).splitlines()]
    assert complaint["question"] == "Why?"
    assert complaint["reason"] == "because"
    assert complaint["words"] == ["It did."]
    assert read_labelled(as_labels(rows).split("\n")) == [
        Labelled("When?", (), ("a",)),
        Labelled("Who?", (), (), False),
    ]

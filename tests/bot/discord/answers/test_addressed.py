"""Which messages the bot takes to be for it."""

from __future__ import annotations

import pytest

from bot.discord.answers.addressed import Addressed, Incoming, Kind, addressed

BOT, ALICE, BOB = 10, 20, 30
ME = {BOT: "OnRecord"}


def asked(question: str, *, continues: bool = False) -> Addressed:
    return Addressed(Kind.QUESTION, question, continues)


HELP = Addressed(Kind.HELP)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Incoming("who paid?", ALICE), None),
        (Incoming("<@10> who paid?", ALICE, mentions=ME), asked("who paid?")),
        (Incoming("who paid, <@!10>?", ALICE, mentions=ME), asked("who paid, ?")),
        (Incoming("<@10>", ALICE, mentions=ME), HELP),
        (Incoming("  <@10>\n", ALICE, mentions=ME), HELP),
        (Incoming("@everyone who paid?", ALICE), None),
        (Incoming("@here who paid?", ALICE), None),
        (Incoming("<@&77> who paid?", ALICE), None),
        (Incoming("`<@10>` is how you mention it", ALICE), None),  # in code: Discord lists no mention
        (Incoming("<@30> who paid?", ALICE, mentions={BOB: "Bob"}), None),
        (Incoming("<@10> what did <@30> say?", ALICE, mentions={**ME, BOB: "Bob"}), asked("what did Bob say?")),
        (Incoming("<@10> look <#5> <:wave:1> <@&7>", ALICE, mentions=ME), asked("look")),
        (Incoming("> It is shut\n<@10> is it?", ALICE, mentions=ME), asked("It is shut is it?")),
        (Incoming("<@10>\n>>> Who\npaid 5 > 3?", ALICE, mentions=ME), asked("Who paid 5 > 3?")),
        (Incoming("<@10> >", ALICE, mentions=ME), asked(">")),
        (Incoming("<@10> who paid?", BOT, mentions=ME), None),
        (Incoming("<@10> who paid?", BOB, author_is_bot=True, mentions=ME), None),
        (Incoming("<@10> who paid?", BOB, webhook=True, mentions=ME), None),
        (Incoming("<@10> joined", ALICE, system=True, mentions=ME), None),
        (Incoming("and then?", ALICE, replied_to=BOT, mentions=ME), asked("and then?", continues=True)),
        (Incoming("and then?", ALICE, replied_to=BOT), asked("and then?", continues=True)),
        (Incoming("and then?", ALICE, replied_to=BOB, mentions={BOB: "Bob"}), None),
        (Incoming("<@10> is that so?", ALICE, replied_to=BOB, mentions=ME), asked("is that so?")),
        (Incoming("", ALICE, replied_to=BOT, readable=False), Addressed(Kind.UNREADABLE, continues=True)),
        (Incoming("", ALICE, readable=False), None),
        (Incoming("", ALICE, replied_to=BOT, mentions=ME), Addressed(Kind.HELP, continues=True)),  # a sticker
        (Incoming("who paid?", ALICE, own_thread=True), asked("who paid?", continues=True)),
        (Incoming("<@30> who paid?", ALICE, own_thread=True, mentions={BOB: "Bob"}), None),
        (Incoming("who paid?", ALICE, own_thread=True, replied_to=BOB), None),
        (Incoming("", ALICE, own_thread=True), None),  # a sticker
        (Incoming("", ALICE, own_thread=True, readable=False), None),
        (Incoming("<@10> who paid?", ALICE, own_thread=True, mentions=ME), asked("who paid?", continues=True)),
        (Incoming("who paid?", BOB, own_thread=True, author_is_bot=True), None),
        (Incoming("who paid?", ALICE, direct=True), asked("who paid?")),
        (Incoming("", ALICE, direct=True), HELP),
        (Incoming("who paid?", BOB, author_is_bot=True, direct=True), None),
    ],
)
def test_a_message_is_for_the_bot_or_not(message: Incoming, expected: Addressed | None) -> None:
    assert addressed(message, BOT) == expected

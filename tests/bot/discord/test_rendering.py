"""An answer in Discord: sentences with numbers, then the sources under the same numbers."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.rendering import render
from bot.discord.splitting import MESSAGE_LIMIT, length
from retrieval.schema import Answer, AnswerSentence, Question
from tests.answers import abstention, answer, article, citation

HOSTILE = "@everyone <@1> [click](https://evil.example) ||x|| `y` # <t:1> </ask:1> https://evil.example discord.gg/x"
PINGS = re.compile(r"<@[!&]?\d|@everyone|@here|<#\d|<t:|</\w")


def test_sentences_carry_numbers_and_sources_stand_under_them() -> None:
    assert render(answer(["It reopened on Sunday.", "It had been closed for a year."])) == [
        "It reopened on Sunday. [1] It had been closed for a year. [1]\n\n"
        "**Sources**\n"
        "[1] [Bridge over the Lorn reopens](<https://gazette.example/bridge>), Tarn Valley Gazette, 4 May 2031"
    ]


def test_an_unknown_date_is_said_to_be_unknown_and_a_file_is_shown_as_path_and_line() -> None:
    head = article("Bridge", source=None, published=None, url=None, origin="articles/bridge.md")
    (message,) = render(answer(citations=[citation(head=head, link="articles/bridge.md:14")]))
    assert message.endswith("**Sources**\n[1] Bridge, date unknown, `articles/bridge.md:14`")


def test_a_text_fragment_is_linked_and_one_too_long_gives_way_to_the_plain_address() -> None:
    fragment = "https://gazette.example/bridge#:~:text=It%20reopened"
    (message,) = render(answer(citations=[citation(link=fragment)]))
    assert f"](<{fragment}>)" in message
    (message,) = render(answer(citations=[citation(link=fragment + "%20" * 900)]))
    assert "](<https://gazette.example/bridge>)" in message


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    head = article(url="javascript:alert(1)")
    (message,) = render(answer(citations=[citation(head=head)]))
    assert "javascript" not in message
    assert "[1] Bridge over the Lorn reopens, Tarn" in message


def test_an_abstention_says_why_and_offers_the_nearest_articles() -> None:
    (message,) = render(abstention("The articles do not say who won.", [citation()]))
    assert message.startswith("The articles do not say who won.\n\n**Nearest articles**\n[1] [Bridge")
    assert render(abstention("")) != [""]


def test_notes_stand_below_and_the_question_above() -> None:
    (message,) = render(answer(notes=["An older article differs."]), asked="When? <@1>")
    assert message.startswith("> When? \\<\\@1\\>\nThe bridge reopened")
    assert message.endswith("\n-# An older article differs.")


def test_nothing_from_an_article_acts() -> None:
    head = article(HOSTILE, source=HOSTILE, url="https://gazette.example/) @everyone <@1>")
    shown = answer([HOSTILE], citations=[citation(head=head)], notes=[HOSTILE])
    text = "\n".join(render(shown, asked=HOSTILE))
    assert not PINGS.search(text)
    assert "https://evil" not in text
    linked = re.findall(r"\]\(<([^>]*)>\)", text)
    assert linked == ["https://gazette.example/%29%20%40everyone%20%3C%401%3E"]


def test_an_answer_without_a_sentence_says_so() -> None:
    (message,) = render(Answer(Question("?", "?"), (), ()))
    assert message == "I found nothing in the articles that answers this."


@given(
    st.lists(st.tuples(st.text(max_size=900), st.integers(1, 30)), max_size=12),
    st.lists(st.tuples(st.text(max_size=400), st.text(max_size=400), st.text(max_size=900)), max_size=12),
)
def test_whatever_the_articles_hold_messages_fit_and_ping_nobody(
    sentences: list[tuple[str, int]], sources: list[tuple[str, str, str]]
) -> None:
    cited = tuple(
        citation(n, head=article(title, source=source, url=f"https://gazette.example/{url}"), link=f"{source}:{n}")
        for n, (title, source, url) in enumerate(sources, 1)
    )
    shown = Answer(Question("?", "?"), tuple(AnswerSentence(text, (n,)) for text, n in sentences), cited)
    parts = render(shown)
    assert parts
    for part in parts:
        assert 0 < length(part) <= MESSAGE_LIMIT
        assert part.strip()
        assert not PINGS.search(part)
        assert part.count("](<") == len(re.findall(r"\]\(<https?://[^>\s]+>\)", part)), "a link was cut"

"""An answer in Discord: sentences with numbers, and sources under the same numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.answers.answer_view import answer_view
from bot.discord.answers.asking import MENTION_HERE
from bot.discord.answers.source_buttons import PER_PAGE
from bot.discord.rendering.answers import TEXT_LIMIT, answer_parts, offered, small, source_line, source_texts
from bot.discord.rendering.splitting import length
from retrieval.schema import Answer, AnswerSentence, Citation, Question
from retrieval.schema.community import AbstentionTone, ShownCitation
from tests.answers import abstention, answer, article, citation

HOSTILE = "@everyone <@1> [click](https://evil.example) ||x|| `y` # <t:1> </ask:1> https://evil.example discord.gg/x"
PINGS = re.compile(r"<@[!&]?\d|@everyone|@here|<#\d|<t:|</\w")


def shown(result: Answer, *, asked: str | None = None) -> list[str]:
    """All texts of an answer's messages, in order."""
    *parts, last = answer_parts(result, asked=asked)
    view = answer_view(
        last, "0" * 12, offered(result, AbstentionTone.PLAIN), abstained=result.abstained, notes=small(result.notes)
    )
    assert view.content_length() <= 4000
    return [*parts, *(item.content for item in view.walk_children() if hasattr(item, "content"))]


def test_sentences_carry_numbers_and_sources_stand_under_them() -> None:
    assert shown(answer(["It reopened on Sunday.", "It had been closed for a year."])) == [
        "It reopened on Sunday. [1] It had been closed for a year. [1]",
        "**Sources**",
        "[1] [Bridge over the Lorn reopens](<https://gazette.example/bridge>)\n-# Tarn Valley Gazette, 4 May 2031",
    ]


def test_an_unknown_date_is_said_to_be_unknown_and_a_file_is_shown_as_path_and_line() -> None:
    head = article("Bridge", source=None, published=None, url=None, origin="articles/bridge.md")
    cited = citation(head=head, link="articles/bridge.md:14")
    assert source_texts([cited]) == ["[1] Bridge\n-# date unknown, `articles/bridge.md:14`"]
    assert source_line(cited) == "Bridge, date unknown, `articles/bridge.md:14`"


def test_of_a_pdf_the_page_is_named() -> None:
    upload = citation(head=article(url=None, origin="report.pdf"), link="report.pdf#page=2")
    assert source_texts([upload])[0].endswith("4 May 2031, `report.pdf`, page 2")
    online = citation(head=article(url="https://a.example/r.pdf"), link="https://a.example/r.pdf#page=12")
    assert source_texts([online])[0].endswith("4 May 2031, page 12")


def test_a_text_fragment_is_linked_and_one_too_long_gives_way_to_the_plain_address() -> None:
    fragment = "https://gazette.example/bridge#:~:text=It%20reopened"
    assert f"](<{fragment}>)" in source_texts([citation(link=fragment)])[0]
    assert "](<https://gazette.example/bridge>)" in source_texts([citation(link=fragment + "%20" * 900)])[0]


def test_where_five_long_links_do_not_fit_the_pages_are_linked() -> None:
    fragment = "https://gazette.example/bridge#:~:text=" + "a" * 500
    texts = source_texts([citation(n, link=fragment) for n in range(1, 6)])
    assert all("](<https://gazette.example/bridge>)" in text for text in texts)


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    (text,) = source_texts([citation(head=article(url="javascript:alert(1)"))])
    assert text == "[1] Bridge over the Lorn reopens\n-# Tarn Valley Gazette, 4 May 2031"


def test_an_article_that_was_removed_is_said_to_be() -> None:
    assert source_texts([ShownCitation(3, "operator", "a1", 1, 0, 5)]) == ["[3] This article was removed."]


def test_an_abstention_says_why_and_offers_the_nearest_articles() -> None:
    texts = shown(abstention("The articles do not say who won.", [citation()]))
    assert texts[:2] == ["The articles do not say who won.", "**Nearest articles**"]
    assert shown(abstention("")) != [""]


def test_how_much_an_abstention_says_is_set() -> None:
    result = abstention("The articles do not say who won.", [citation()])
    assert answer_parts(result, tone=AbstentionTone.SHORT) == ["The articles do not say who won."]
    assert not offered(result, AbstentionTone.SHORT)
    (friendly,) = answer_parts(result, tone=AbstentionTone.FRIENDLY)
    assert friendly.startswith("Sorry, I cannot answer that: the articles do not say who won. ")


def test_notes_stand_below_and_the_question_above() -> None:
    texts = shown(answer(notes=["An older article differs."]), asked="When? <@1>")
    assert texts[0].startswith("> When? \\<\\@1\\>\nThe bridge reopened")
    assert texts[-1] == "-# An older article differs."


def test_nothing_from_an_article_acts() -> None:
    head = article(HOSTILE, source=HOSTILE, url="https://gazette.example/) @everyone <@1>")
    text = "\n".join(shown(answer([HOSTILE], citations=[citation(head=head)], notes=[HOSTILE]), asked=HOSTILE))
    assert not PINGS.search(text)
    assert "https://evil" not in text
    linked = re.findall(r"\]\(<([^>]*)>\)", text)
    assert linked == ["https://gazette.example/%29%20%40everyone%20%3C%401%3E"]


def test_an_answer_without_a_sentence_says_so() -> None:
    assert answer_parts(Answer(Question("?", "?"), (), ())) == ["I found nothing in the articles that answers this."]
    assert answer_parts(Answer(Question("?", "?"), (), ()), asked="Who?")[0].endswith("answers this.")


@given(
    st.lists(st.tuples(st.text(max_size=900), st.integers(1, 30)), max_size=12),
    st.lists(st.tuples(st.text(max_size=400), st.text(max_size=400), st.text(max_size=900)), max_size=12),
    st.lists(st.text(max_size=500), max_size=6),
)
def test_whatever_the_articles_hold_messages_fit_and_ping_nobody(
    sentences: list[tuple[str, int]], sources: list[tuple[str, str, str]], notes: list[str]
) -> None:
    cited = tuple(
        citation(n, head=article(title, source=source, url=f"https://gazette.example/{url}"), link=f"{source}:{n}")
        for n, (title, source, url) in enumerate(sources, 1)
    )
    result = Answer(
        Question("?", "?"), tuple(AnswerSentence(text, (n,)) for text, n in sentences), cited, notes=tuple(notes)
    )
    for part in shown(result):
        assert 0 < length(part) <= 2000
        assert part.strip()
        assert not PINGS.search(part)
        assert part.count("](<") == len(re.findall(r"\]\(<https?://[^>\s]+>\)", part)), "a link was cut"
    assert all(isinstance(c, Citation) for c in offered(result, AbstentionTone.PLAIN))


@pytest.mark.parametrize("name", ["T", "*", "😀", "Council votes to close the old harbour road "])
def test_the_fullest_answer_fits_a_layout_with_all_its_sources(name: str) -> None:
    heads = [article(name * 250, source=name * 90, url=None, origin=None) for _ in range(PER_PAGE)]
    links = [head.url or "/very/long/" + "p" * 400 for head in heads]
    heads += [article(name * 250, source=name * 90, url="https://a.example/" + "p" * 150) for _ in range(PER_PAGE)]
    links += [head.url or "" for head in heads[PER_PAGE:]]
    cited = [citation(n, head=h, link=link) for n, (h, link) in enumerate(zip(heads, links, strict=True), 1)]
    for citations in (cited[:PER_PAGE], cited[PER_PAGE:], cited):
        view = answer_view(
            "x" * TEXT_LIMIT, "0" * 12, citations, understood="u" * 200, notes=small(["n" * 300] * 3) + MENTION_HERE
        )
        assert view.content_length() <= 4000
        shown_text = "\n".join(item.content for item in view.walk_children() if hasattr(item, "content"))
        assert all(f"[{c.n}] " in shown_text for c in citations[:PER_PAGE])

"""How the articles on a topic begin, for whoever asks for it as such."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.overviews import OPENINGS, asked_as_such, asked_what_befell
from retrieval.library import Library
from retrieval.reading.given import Given

OLDER = """By Ines Arkwell, The Lorn Times

The glass works at Lowmouth will let its furnace go cold in May, its owner said on Monday.

A new furnace would cost a million. Per Lind, a blower, has worked there since 1990.
"""
NEWER = "A buyer was found yesterday for the glass works at Lowmouth. He makes lamps. Nobody will lose a job there.\n"


@pytest.fixture
def library(library: Library, write: Callable[[str, str], Path]) -> Library:
    library.add([write("older.txt", OLDER)], given=Given(title="Glass works to close", published=date(2026, 3, 4)))
    return library


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("tell me about the strike", "the strike"),
        ("what is the row about?", "the row"),
        ("So what's going on with the glass works?", "the glass works"),
        ("what's the story with the pier", "the pier"),
        ("Tell me more about the Orrin Bay story.", "the Orrin Bay"),
        ("what is the pier made of", None),
        ("tell me about what Roe said about the strike", None),
        ("who told you about the strike?", None),
        ("what's going on?", None),
    ],
)
def test_a_topic_is_asked_for_as_such(question: str, topic: str | None) -> None:
    assert asked_as_such(question) == topic


def test_what_befell_something_is_asked_for_too() -> None:
    assert asked_what_befell("What happened at the glass works?") == "the glass works"
    assert asked_what_befell("What happened next?") is None


def test_the_first_sentences_are_shown_as_they_stand(library: Library) -> None:
    answer = library.ask("tell me about the glass works at lowmouth")
    assert [s.text for s in answer.sentences] == [
        "The glass works at Lowmouth will let its furnace go cold in May, its owner said on Monday [2 March 2026].",
        "A new furnace would cost a million.",
    ]
    assert OPENINGS in answer.notes
    _, article = library.article(answer.citations[0].article.id)
    for cited in answer.citations:
        assert article.text[cited.start : cited.end] == cited.text


def test_of_several_articles_the_newest_is_first(library: Library, write: Callable[[str, str], Path]) -> None:
    library.add([write("newer.txt", NEWER)], given=Given(title="Glass works are sold", published=date(2026, 4, 1)))
    first, last = library.ask("what's going on with the glass works?").sentences
    assert first.text.startswith("A buyer was found yesterday [31 March 2026]")
    assert last.text.startswith("The glass works at Lowmouth will let its furnace go cold")


def test_articles_with_the_topic_in_their_titles_come_before_others(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "The mayor keeps a lamp from the glass works on her desk. She was elected in June, by a wide margin.\n"
    library.add([write("mayor.txt", text)], given=Given(title="A mayor and her desk", published=date(2026, 7, 1)))
    answer = library.ask("tell me about the glass works")
    assert {c.article.title for c in answer.citations} == {"Glass works to close"}


def test_what_a_talk_calls_the_matter_need_not_stand_in_the_article(library: Library) -> None:
    for question in ("tell me about the glass works dispute", "tell me about the furnace situation"):
        assert OPENINGS in library.ask(question).notes


@pytest.mark.parametrize(
    "question",
    [
        "tell me about Per Lind",
        "tell me about the study",
        "tell me about the brick works at Lowmouth",
        "what happened to the lighthouse?",
    ],
)
def test_an_article_that_does_not_begin_with_it_is_not_on_it(library: Library, question: str) -> None:
    assert OPENINGS not in library.ask(question).notes

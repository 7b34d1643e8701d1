"""The sentence before what somebody says: it tells what that is on, unless it is another's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, QuotationQuery

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]


def shown_for(library: Library, file: Path, topic: str) -> list[str]:
    """What is shown for the words of Milo Farr that are found by the sentence before them."""
    library.add([file], given=Given(title="In the town", published=date(2026, 5, 4)))
    (head,) = library.articles()
    text = library.article(head.id)[1].text
    search, query = library._parts.quotations, QuotationQuery(speaker="Milo Farr", about=topic)
    found = search.in_context(query, (OPERATOR,), 4, lambda _: text)
    return [text[f.context.start : f.context.end] for f, _ in found if f.context is not None]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "“The mill will stand,” said Ada Lind, its keeper. She said the wheel had been mended.\n\n"
            "The clerk, Milo Farr, accused the town of neglect.",
            "wheel",
        ),
        ("The diver Ada Lind put the damage at two million. The owner, Milo Farr, demanded an inquiry.", "damage"),
        (
            "The rider was hurt. “He will ride again,” said Ivo Lind, a doctor. He said the helmet had saved him.\n\n"
            "The sponsor Milo Farr called the course a triumph.",
            "helmet",
        ),
        ("The bell weighs two tons.\n\nThe mayor, Milo Farr, promised a new road.", "bell"),
    ],
)
def test_another_ones_words_are_not_what_somebody_says(library: Library, write: Write, text: str, topic: str) -> None:
    assert shown_for(library, write("a.txt", text), topic) == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The coastguard said the radar had been off. Captain Milo Farr denied the claim.", "radar"),
        ("Ada Lind accused the town of neglect. Her rival Milo Farr replied that a million had been spent.", "neglect"),
        ("Ada Lind said the books were cooked. Her lawyer, Milo Farr, said they had been kept by a child.", "books"),
        ("The town will sell the barn. “Everybody is ashamed,” said the keeper, Milo Farr.", "barn"),
        ("A fence would cost 9,000 crowns.\n\n“That is too much,” said the treasurer, Milo Farr.", "fence"),
        ("The mill will shed 120 jobs, its owner said.\n\n“Nobody buys flour,” said the owner, Milo Farr.", "jobs"),
        ("Ada Lind wrote to the Post.\n\n“He has been wrong for years,” said Milo Farr.", "Post"),
        ("Why did you stop touring?\n\n“My knees,” says Milo Farr.", "touring"),
    ],
)
def test_what_words_take_up_stands_before_them(library: Library, write: Write, text: str, topic: str) -> None:
    (shown,) = shown_for(library, write("a.txt", text), topic)
    assert topic in shown

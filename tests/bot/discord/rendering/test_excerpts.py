"""The cited words in their paragraph, whatever the article holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.rendering.excerpts import render_excerpt
from bot.discord.rendering.splitting import length
from retrieval.community import Excerpt, paragraph
from retrieval.schema import Citation, Stretch
from tests.answers import article


def excerpt(text: str, start: int, end: int) -> Excerpt:
    return Excerpt(
        Citation(1, article(), start, end, text[start:end], None), text, *paragraph(text, Stretch(start, end))
    )


def test_the_words_are_bold_in_their_paragraph() -> None:
    text = "Before it.\n\nIt rained. The quay closed. Nobody came.\n\nAfter it."
    start = text.index("The quay")
    shown = render_excerpt(excerpt(text, start, start + len("The quay closed.")))
    assert shown.splitlines()[0] == "> It rained. **The quay closed.** Nobody came."


def test_of_a_long_paragraph_what_is_left_out_is_marked() -> None:
    text = "word " * 600 + "The quay closed. " + "more " * 600
    start = text.index("The quay")
    shown = render_excerpt(excerpt(text, start, start + len("The quay closed.")))
    assert shown.startswith("> […] word")
    assert "**The quay closed.** more" in shown
    assert " […]\n" in shown


@given(st.text(max_size=4000), st.data())
def test_it_fits_a_message_and_nothing_in_it_acts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = render_excerpt(excerpt(text, start, end))
    assert 0 < length(shown) <= 2000
    assert not re.search(r"(?<!\\)<@[!&]?\d|@everyone|@here", shown)

"""Long answers come in several messages, cut where a reader would cut them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import MESSAGE_LIMIT, Block, length, messages

SENTENCE = st.text(alphabet=st.sampled_from("abc de, “”\"'.\\*[]😀é"), min_size=1, max_size=300).map(
    lambda text: " ".join(text.split())
)


def squeezed(parts: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(parts))


@given(st.lists(SENTENCE.filter(bool), max_size=60), st.integers(min_value=80, max_value=400))
def test_no_message_is_too_long_and_nothing_is_lost(sentences: list[str], limit: int) -> None:
    blocks = [Block(escape(s)) for s in sentences if escape(s)]
    parts = messages(blocks, limit)
    assert all(0 < length(part) <= limit for part in parts)
    assert all(any(b.text in part for part in parts) for b in blocks if length(b.text) <= limit), "cut for no reason"
    assert squeezed(parts) == squeezed([block.text for block in blocks])
    assert not any(re.search(r"(?<!\\)(\\\\)*\\$", part) for part in parts), "an escape was cut in two"


def test_messages_end_where_sentences_end() -> None:
    blocks = [Block(f"Sentence {i} says something of some length. [1][2]") for i in range(200)]
    parts = messages(blocks)
    assert len(parts) > 1
    assert all(part.endswith("[1][2]") and part.startswith("Sentence") for part in parts)


def test_a_quotation_of_several_sentences_stays_in_one_message() -> None:
    filler = [Block("x" * 99 + ".")] * 18
    quotation = [
        Block("“We will stay. [1]"),
        Block("We have always stayed. [1]"),
        Block("Nobody asked us,” she said. [1]"),
    ]
    parts = messages([*filler, *quotation, *filler])
    (part,) = [part for part in parts if "“" in part]
    assert "”" in part


def test_a_sentence_longer_than_a_message_is_cut_at_a_space_and_keeps_its_markers_together() -> None:
    parts = messages([Block("word " * 900 + "end. [1][12]")])
    assert len(parts) == 3
    assert all(length(part) <= MESSAGE_LIMIT for part in parts)
    assert parts[-1].endswith("end. [1][12]")
    assert all(part.split(" ")[0] == "word" for part in parts)


def test_an_overlong_sentence_is_cut_outside_its_quotation() -> None:
    sentence = "a " * 700 + "“" + "b " * 200 + "b” " + "c " * 700
    first, second = messages([Block(sentence.strip())])
    assert first.count("“") == first.count("”")
    assert second.count("“") == second.count("”")


def test_a_word_longer_than_a_message_is_cut_all_the_same() -> None:
    parts = messages([Block("😀" * 2500)])
    assert "".join(parts) == "😀" * 2500
    assert all(length(part) <= MESSAGE_LIMIT for part in parts)

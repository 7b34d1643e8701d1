"""What is taken for an article, and what is too little or too much for one."""

from __future__ import annotations

import json

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.admission import LONGEST, no_article
from retrieval.reading.files import read_upload
from retrieval.reading.given import Upload
from retrieval.schema import Article

STORY = "The harbour at Lowmouth closed on Monday. “Stay away!” said Ines Calder (she is the mayor). "


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        STORY * 1000,
        "港口星期一关闭了。" * 1000,
        "बंदरगाह सोमवार को बंद कर दिया गया। " * 500,
        "ปิดท่าเรือเมื่อวันจันทร์ " * 500,
        "| Bread | 2.10 | 2.40 |\n|---|---|---|\n| Milk | 1.00 | 1.20 |\n" * 200,
        "* * *\n\n-----------------------------------------\n\nThe end.",
        "2016",
    ],
)
def test_what_is_written_in_words_is_an_article(text: str) -> None:
    assert no_article(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\u200b\u200b\n", "no words in it"),
        ("?!", "no words in it"),
        ("(" * 40_000, "no words in it"),
        ("“" * 600_000 + "A word.", "hardly any words in it"),
        ("word " * (LONGEST // 5 + 1), "2.0 million characters, and one article may have 2: split it"),
    ],
)
def test_what_is_none_is_said_to_be_none(text: str, reason: str) -> None:
    assert (no_article(text) or "").startswith(reason)


def test_the_row_that_is_no_article_is_named_and_the_others_go_in() -> None:
    rows = [STORY, "\u200b", STORY]
    dump = "\n".join(json.dumps({"text": text}) for text in rows)
    found = list(read_upload(Upload("a.jsonl", dump.encode())))
    assert [type(item) for item in found] == [Article, Unreadable, Article]
    assert str(found[1]) == "a.jsonl, line 2: no words in it"

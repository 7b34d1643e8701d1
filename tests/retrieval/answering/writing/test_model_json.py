"""What models write in place of the JSON that they are asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from retrieval.answering.writing.model_json import SentenceReader, Written

TEXT = "The state gives 140 million: a grant of 90 million and a loan."
WANTED = [Written(TEXT, ("p1",))]


def read(reply: str, size: int = 7) -> list[Written] | None:
    reader = SentenceReader()
    found = [each for at in range(0, len(reply), size) for each in reader.feed(reply[at : at + size])]
    rest = reader.rest()
    return found or rest if rest is None else [*found, *rest]


def whole(**fields: Any) -> str:
    return json.dumps({"sentences": [fields]})


@pytest.mark.parametrize(
    "key",
    ["P1", 1, "1", "[p1]", {"key": "p1"}, "passage 1", "p 1", "p1 Plant for 1,400 people", "p1: 2026-05-14"],
)
def test_a_key_is_read_however_it_is_written(key: Any) -> None:
    assert read(whole(text=TEXT, passages=[key])) == WANTED
    assert read(whole(text=TEXT, passages=key)) == WANTED


@pytest.mark.parametrize("keys", ["p1, p2", ["p1, p2"], "[p1][p2]", ["p1", "p2"], [1, 2], "passages 1 and 2"])
def test_several_keys_are_read(keys: Any) -> None:
    assert read(whole(text=TEXT, passages=keys)) == [Written(TEXT, ("p1", "p2"))]


@pytest.mark.parametrize(
    "reply",
    [
        whole(text=TEXT, source="p1"),
        whole(text=TEXT, passage_keys=["p1"]),
        json.dumps({"Sentences": [{"Text": TEXT, "Passages": ["p1"]}]}),
        json.dumps({"sentences": [f"{TEXT[:-1]} [p1]."]}),
        json.dumps({"answer": f"{TEXT} [p1]"}),
        whole(text=f"{TEXT[:-1]} [p1].", passages=["p1"]),
        whole(text=f"**The state gives 140 million**:&nbsp;{TEXT[29:]}", passages=["p1"]),
        whole(text=TEXT, passages=["p1"]).replace("]}]", "],},]"),
        whole(text=TEXT, passages=["p1"])[:-3],
        whole(text=TEXT, passages=["p1"])[:-4],
        whole(text=TEXT, passages=["p1"])[:-5],
        f"{TEXT[:-1]} [P1].",
        f"{TEXT[:-1]} (p1).",
        f"{TEXT[:-1]} [1].",
        f"{TEXT[:-1]}【p1】.",
        f"{TEXT} [p1]",
        f"**{TEXT[:-1]}** [passage p1].",
        f"- {TEXT[:-1]} [p1].",
        whole(text=TEXT, passages=["p1"]).replace("{", '{"note": "…", ', 1),
    ],
)
def test_a_sentence_is_read_in_whatever_form_it_comes(reply: str) -> None:
    assert read(reply) == WANTED


def test_half_a_character_is_no_end_of_the_answer() -> None:
    (found,) = read('{"sentences": [{"text": "\\ud83d It rained.", "passages": ["p1"]}]}') or []
    assert found.text.encode("utf-8").endswith(b"It rained.")
    (found,) = read("\ud83d It rained [p1].") or []
    assert found.text.encode("utf-8").endswith(b"It rained.")


@pytest.mark.parametrize(
    "text", ["Article 5 (3) was dropped.", "She paid $5 (about 4 euros) in 2019.", "The 2 [two] boats sank."]
)
def test_what_is_no_key_stays(text: str) -> None:
    assert read(whole(text=text, passages=["p1"])) == [Written(text, ("p1",))]


@pytest.mark.parametrize("reply", ["", " \n ", "I cannot help with that.", '{"sentences": [{"text": "The sta', "{}"])
def test_what_holds_no_sentence_is_none(reply: str) -> None:
    assert read(reply) is None


def test_an_empty_list_says_that_there_is_no_answer() -> None:
    assert read('{"sentences": []}') == []


def test_a_sentence_that_is_cut_off_is_not_read() -> None:
    assert read(whole(text=TEXT, passages=["p1"])[:-2] + ', {"text": "The ha') == WANTED

"""Five turns in `onrecord chat`, each leaning on those before, without a language model and with one."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot import cli
from tests.loopback_model import END, Server, bit, stream

pytestmark = pytest.mark.model

MILL = """---
title: Mill burns down
source: Tarn Gazette
published: 2024-05-07
---
The mill at Tarn burned down on 3 May 2024. Nobody was hurt.

Jane Orde, the owner, said on Monday that the fire began in the loft. "We will build it again," she told reporters.

The mill had 86 workers in 2022 and 90 workers in 2023.
"""
TURNS = (
    "What did Jane Orde say about the fire?",
    "When did she say it?",
    "How many workers did the mill have in 2022?",
    "And in 2023?",
    "When did it burn down?",
)
WHOLE = (
    "When did Jane Orde say that about the fire?",
    "How many workers did the mill have in 2023?",
    "When did the mill burn down?",
)
Chat = Callable[..., str]


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Chat:
    """Types lines into `onrecord chat` over a store with one article; what it prints, on one line."""
    articles = tmp_path / "store" / "articles"
    articles.mkdir(parents=True)
    (articles / "mill.md").write_text(MILL, encoding="utf-8")
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def chat(*lines: str) -> str:
        monkeypatch.setattr(sys, "argv", ["onrecord", "chat"])
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, "/quit", ""])))
        cli.main()
        return " ".join(capsys.readouterr().out.split())

    return chat


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The settings name a server that writes what `Script` says."""
    pytest.importorskip("langchain_openai")
    server = Server()
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("ONRECORD_MODEL", "openai:tiny")
    monkeypatch.setenv("ONRECORD_MODEL_BASE_URL", server.url)
    yield server
    server.close()


def understood(printed: str) -> list[str]:
    return re.findall(r"Understood as: ([^?]+\?)", printed)


def test_five_turns_are_understood_without_a_model_until_the_conversation_is_forgotten(chat: Chat) -> None:
    printed = chat(*TURNS, "/new", "And in 2023?")
    assert understood(printed) == list(WHOLE)
    answers = printed.split("Understood as:")  # said below the answer
    assert "the fire began in the loft" in answers[0]
    assert "90 workers in 2023" in answers[1]
    assert "3 May 2024" in answers[2]


def test_a_question_that_names_nothing_is_asked_of_what_the_talk_is_about(chat: Chat) -> None:
    printed = chat("What happened to the mill at Tarn?", "Was anybody hurt?", "Tell me more")
    assert "Nobody was hurt." in printed
    assert "may be of something else" not in printed
    assert "may be of something else" in chat(
        "/new", "What happened to the Ondine?", "How many workers did the mill have?"
    )


def test_a_question_that_finds_the_article_by_itself_needs_nothing_put_behind_it(chat: Chat) -> None:
    printed = chat("What happened to the mill at Tarn?", "Which insurer paid for the mill's roof?")
    assert "The articles do not answer that." in printed
    assert not understood(printed)


def test_what_happened_in_one_article_is_not_told_of_another(chat: Chat) -> None:
    printed = chat("What happened to the Ondine?", "When did it burn down?", "How many people were hurt?")
    assert "3 May 2024" not in printed
    assert "Nobody was hurt" not in printed


def test_a_name_typed_without_capitals_is_leant_on(chat: Chat) -> None:
    printed = chat("what did jane orde say about the fire?", "what did she own?")
    assert "Understood as: what did Jane Orde own?" in printed


def test_an_answer_from_an_article_on_what_the_talk_is_about_is_not_doubted_for_its_words(chat: Chat) -> None:
    printed = chat("What happened to the mill at Tarn?", "Was anybody hurt in the blaze?")
    assert "Nobody was hurt." in printed
    assert "may be of something else" not in printed


def test_the_next_chat_goes_on_where_the_last_one_ended(chat: Chat) -> None:
    chat(*TURNS[:3])
    assert understood(chat(TURNS[3])) == [WHOLE[1]]


def test_a_model_completes_the_question_and_what_it_makes_up_is_not_shown(chat: Chat, model: Server) -> None:
    completed = dict(zip((TURNS[1], TURNS[3], TURNS[4]), WHOLE, strict=True))
    written = {
        "said": "Jane Orde said that the fire began in the loft.",
        "2022": "The mill had 86 workers in 2022.",
        "2023": "The mill had 95 workers in 2023.",  # a lie
        "burn": "The mill at Tarn burned down on 3 May 2024.",
    }
    sent: list[str] = []

    async def handler(request: web.Request, before: int) -> web.StreamResponse:
        told = str(model.bodies[-1]["messages"][-1]["content"])
        sent.append(told)
        if "Last question:" in told:
            return await stream(request, bit(completed[told.rpartition("Last question: ")[2].strip()]), *END)
        question = told.rpartition("Question: ")[2]
        text = next((t for key, t in written.items() if key in question), written["said"])
        sentences = {"sentences": [{"text": text, "passages": ["p1"]}]}
        return await stream(request, bit(json.dumps(sentences)), *END)

    model.handler = handler
    printed = chat(*TURNS)
    assert understood(printed) == list(WHOLE)
    assert "86 workers in 2022" in printed
    assert "95 workers" not in printed
    assert "90 workers in 2023" in printed
    assert written["burn"] in printed
    assert sum("Last question:" in told for told in sent) == 3

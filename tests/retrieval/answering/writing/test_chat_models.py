"""The real langchain-openai client against a server on loopback that is slow, busy, broken, or breaks off."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from langchain_core.messages import HumanMessage, SystemMessage

from retrieval.answering.writing.langchain_models import LangChainModel
from retrieval.errors import ModelUnavailable, NotConfigured
from tests.loopback_model import END, Handler, Server, answers, bit, stream


def fails(status: int, times: int, **headers: str) -> Handler:
    async def handler(request: web.Request, before: int) -> web.StreamResponse:
        if before < times:
            return web.json_response({"error": {"message": "no"}}, status=status, headers=headers)
        return await stream(request, bit("Hel"), bit("lo."), *END)

    return handler


async def slow(request: web.Request, before: int) -> web.StreamResponse:
    await asyncio.sleep(20)
    return await stream(request, bit("Too late."), *END)


async def stalls(request: web.Request, before: int) -> web.StreamResponse:
    return await stream(request, bit("Hel"), bit("lo."), *END, pause=20)


async def malformed(request: web.Request, before: int) -> web.StreamResponse:
    return await stream(request, b'data: {"choices": [{"mess\n\n')


async def no_choices(request: web.Request, before: int) -> web.StreamResponse:
    return await stream(request, bit("", choices=[]), b"data: [DONE]\n\n")


async def no_stream(request: web.Request, before: int) -> web.StreamResponse:
    return web.Response(text="<html>Gateway time-out</html>", content_type="text/html")


async def breaks_off(request: web.Request, before: int) -> web.StreamResponse:
    response = await stream(request, bit("Hel"), bit("lo."))
    assert request.transport is not None
    request.transport.abort()
    return response


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    pytest.importorskip("langchain_openai")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    server = Server()
    yield server
    server.close()


def refuses(*options: str) -> Handler:
    async def handler(request: web.Request, before: int) -> web.StreamResponse:
        body = await request.json()
        named = next((option for option in options if option in body), None)
        if named is not None:
            return web.json_response({"error": {"message": f"Unsupported value: '{named}'"}}, status=400)
        return await stream(request, bit("Hel"), bit("lo."), *END)

    return handler


async def reasons_only(request: web.Request, before: int) -> web.StreamResponse:
    cut = [{"index": 0, "delta": {"content": ""}, "finish_reason": "length"}]
    return await stream(request, bit("", choices=cut), *END)


@dataclass(frozen=True)
class Done:
    text: str
    input_tokens: int
    output_tokens: int


def complete(model: LangChainModel) -> Done:
    chunks = list(model.stream([HumanMessage("Hi?")]))
    return Done("".join(c.text for c in chunks), chunks[-1].input_tokens, chunks[-1].output_tokens)


def ask(server: Server, timeout: float = 10.0) -> Any:
    return complete(LangChainModel("openai:tiny", base_url=server.url, timeout=timeout))


def test_the_text_comes_with_its_tokens(server: Server) -> None:
    done = ask(server)
    assert (done.text, done.input_tokens, done.output_tokens) == ("Hello.", 11, 3)
    assert server.bodies[0]["model"] == "tiny"
    assert server.bodies[0]["messages"][-1]["content"] == "Hi?"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_or_broken_server_is_asked_again(server: Server, status: int) -> None:
    server.handler = fails(status, 1, **{"Retry-After": "0"})
    assert ask(server).text == "Hello."
    assert len(server.bodies) == 2


@pytest.mark.parametrize(
    "handler",
    [
        fails(429, 99, **{"Retry-After": "0"}),
        fails(500, 99),
        fails(401, 99),
        fails(400, 99),
        malformed,
        no_choices,
        no_stream,
        breaks_off,
    ],
    ids=["429", "500", "401", "400", "malformed", "no choices", "no stream", "breaks off"],
)
def test_a_server_that_stays_broken_is_told_as_one_error(server: Server, handler: Handler) -> None:
    server.handler = handler
    with pytest.raises(ModelUnavailable):
        ask(server)


def test_what_a_model_does_not_take_is_left_out_from_then_on(server: Server) -> None:
    server.handler = refuses("temperature", "stream_options", "response_format")
    model = LangChainModel("openai:tiny", base_url=server.url)
    prompt = [SystemMessage("Answer with JSON alone."), HumanMessage("Hi?")]
    assert "".join(chunk.text for chunk in model.stream(prompt)) == "Hello."
    asked = len(server.bodies)
    assert "".join(chunk.text for chunk in model.stream(prompt)) == "Hello."
    assert len(server.bodies) == asked + 1


def test_json_is_asked_for_where_the_prompt_asks_for_it(server: Server) -> None:
    model = LangChainModel("openai:tiny", base_url=server.url)
    list(model.stream([SystemMessage("Answer with JSON alone."), HumanMessage("Hi?")]))
    list(model.stream([SystemMessage("Write the question alone."), HumanMessage("What is JSON?")]))
    assert ["response_format" in body for body in server.bodies] == [True, False]


@pytest.mark.parametrize(
    ("handler", "told"),
    [
        (fails(401, 99), "OPENAI_API_KEY"),
        (fails(404, 99), "ONRECORD_MODEL and ONRECORD_MODEL_BASE_URL"),
        (fails(429, 99, **{"Retry-After": "0"}), "ask again later"),
        (reasons_only, "ONRECORD_MODEL_ANSWER_TOKENS"),
        (slow, "ONRECORD_MODEL_TIMEOUT"),
    ],
    ids=["key", "name", "limit", "reasons only", "slow"],
)
def test_what_can_be_done_about_it_is_said(server: Server, handler: Handler, told: str) -> None:
    server.handler = handler
    with pytest.raises(ModelUnavailable) as raised:
        ask(server, timeout=3.0)
    assert told in raised.value.advice


def test_a_server_that_asks_to_wait_longer_than_there_is_time_is_given_up_at_once(server: Server) -> None:
    server.handler = fails(429, 99, **{"Retry-After": "30"})
    with pytest.raises(ModelUnavailable, match="wait 30"):
        ask(server)
    assert len(server.bodies) == 1


def test_a_key_that_is_refused_is_not_tried_again(server: Server) -> None:
    server.handler = fails(401, 99)
    with pytest.raises(ModelUnavailable):
        ask(server)
    assert len(server.bodies) == 1


def test_a_model_that_reasons_has_tokens_for_it(server: Server) -> None:
    complete(LangChainModel("openai:o4-mini", base_url=server.url))
    complete(LangChainModel("openai:gpt-4o-mini", base_url=server.url))
    reasons, plain = (body["max_completion_tokens"] for body in server.bodies)
    assert reasons >= 4000 > plain


def test_what_is_written_comes_bit_by_bit(server: Server) -> None:
    server.handler = answers("The bridge is closed.", pause=0.05)
    bits = [chunk.text for chunk in LangChainModel("openai:tiny", base_url=server.url).stream([HumanMessage("Hi?")])]
    assert [b for b in bits if b] == ["The ", "bridge ", "is ", "closed."]


def test_what_was_written_before_a_stream_breaks_off_was_told(server: Server) -> None:
    server.handler = breaks_off
    told = []
    with pytest.raises(ModelUnavailable):  # noqa: PT012
        for chunk in LangChainModel("openai:tiny", base_url=server.url).stream([HumanMessage("Hi?")]):
            told.append(chunk.text)
    assert told == ["Hel", "lo."]
    assert len(server.bodies) == 1


def test_a_stream_that_stalls_is_given_up(server: Server) -> None:
    server.handler = stalls
    with pytest.raises(ModelUnavailable):
        ask(server, timeout=0.5)


def test_the_window_is_the_one_set_or_the_one_that_langchain_knows(server: Server) -> None:
    assert LangChainModel("openai:tiny", window=4096).window == 4096
    assert (LangChainModel("openai:gpt-4o-mini").window or 0) > 100_000


def test_no_answer_takes_longer_than_the_time_out_retries_and_all(server: Server) -> None:
    server.handler = slow
    with pytest.raises(ModelUnavailable):
        ask(server, timeout=0.5)
    server.handler = fails(429, 99, **{"Retry-After": "15"})
    with pytest.raises(ModelUnavailable, match="within 1 second"):
        ask(server, timeout=1)


def test_a_model_that_cannot_be_made_is_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(NotConfigured, match="provider:model"):
        complete(LangChainModel("no-such-model"))
    with pytest.raises(NotConfigured, match="needs a package"):
        complete(LangChainModel("mistralai:small"))

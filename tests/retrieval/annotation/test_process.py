"""A process that annotates finds what is found here, and may die."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from retrieval.annotation.parser import DEFAULT_PARSER
from retrieval.annotation.process import AnnotatingProcess, annotate
from retrieval.annotation.readers import annotators
from tests.conftest import an_article


@pytest.fixture
def process() -> Iterator[AnnotatingProcess]:
    with closing(AnnotatingProcess(DEFAULT_PARSER)) as process:
        yield process


@pytest.mark.model
def test_another_process_finds_the_same(process: AnnotatingProcess) -> None:
    batch = [an_article(), an_article(id="two", text="Nobody spoke.", title="Silence")]
    first, second = process.read(batch), process.read(batch[1:])
    found = first.result()
    assert found == [annotate(article, annotators(DEFAULT_PARSER)) for article in batch]
    assert found is not None
    assert found[0]["quotations"]
    assert second.result() == found[1:]


def test_a_parser_that_is_not_installed_ends_it_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(AnnotatingProcess("no_such_parser")) as process:
        assert process.read([an_article()]).result() is None
        process._process.wait()
    assert "Traceback" not in capfd.readouterr().err


def test_a_process_that_was_killed_is_noticed(process: AnnotatingProcess) -> None:
    process._process.kill()
    process._process.wait()
    assert process.read([an_article()]).result() is None

"""Text that is made to hurt: no crash, no hang, offsets that hold, and time that grows with the text alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.annotation.events import EventAnnotator
from retrieval.annotation.parser import load_parser
from retrieval.annotation.passages import PassageAnnotator
from retrieval.annotation.said import DatedQuotationAnnotator
from retrieval.annotation.sentences import sentences
from retrieval.annotation.time.tagger import tag
from retrieval.errors import UserError
from retrieval.library import Library
from retrieval.schema import Article, QuotationKind, QuotationQuery, Window
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors

PIECES = st.sampled_from(
    [
        *(
            "\u202e",
            "\u2066",
            "\u2069",
            "\u200b",
            "\u200d",
            "\ufeff",
            "e" + "\u0301" * 40,
            "\U0001f469\u200d\U0001f680",
        ),
        *(
            '"',
            "“",
            "”",
            "‘",
            "’",
            "«",
            "»",
            "'",
            "``",
            "''",
            "(",
            ")",
            "[",
            "]",
            "—",
            "…",
            "\n",
            "\r\n\n",
            "\u2028",
            "\t",
        ),
        *(
            "he said",
            "Anna Voss",
            "according to",
            "on Monday",
            "1 May 2016",
            "31 February",
            "9999999999",
            "in the 1990s",
        ),
        *(
            "last week",
            "\ud800",
            "\udfff",
            "\x00",
            "\x1b[31m",
            "NOT",
            "NEAR(",
            "*",
            "^",
            "--",
            ";",
            "' OR 1=1",
            "{",
            ":",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12), st.just(" ")), min_size=1, max_size=40).map("".join)

EMBEDDER = HashingEmbedder()
ANNOTATORS: dict[str, Callable[[Article], object]] = {
    "sentences": lambda article: sentences(article.text),
    "time": lambda article: tag(article.text, article.published),
    "passages": PassageAnnotator(EMBEDDER.count_tokens, EMBEDDER.max_tokens).annotate,
    "quotations": DatedQuotationAnnotator("en_core_web_sm").annotate,
    "events": EventAnnotator(lambda: load_parser("en_core_web_sm")).annotate,
}


def an_article(text: str) -> Article:
    return Article(id="a", text=text, title="Harbour", published=date(2026, 3, 4))


def stored(text: str) -> str:
    """A text as reading hands it on: see retrieval.reading.decoding.well_formed."""
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.model
@pytest.mark.parametrize("name", ANNOTATORS)
@given(text=TEXTS)
@settings(max_examples=40, deadline=None)
def test_no_text_crashes_an_annotator_and_what_it_finds_stands_there(name: str, text: str) -> None:
    article = an_article(stored(text))
    for found in list(ANNOTATORS[name](article)):  # type: ignore[call-overload]
        pieces = getattr(found, "pieces", None) or [found]
        assert all(0 <= piece.start < piece.end <= len(article.text) for piece in pieces)


STORMS = {
    "opening marks": "“",
    "apostrophes": "'",
    "plain marks": '"',
    "guillemets": "«",
    "brackets": "(",
    "line ends": "\n",
    "spaces": " ",
    "combining": "e\u0301\u0301\u0301",
    "one word": "a",
    "digits": "1",
    "dates": "1 May ",
    "ranges": "2005-",
    "weekdays": "Monday, ",
    "dots": ".",
    "dashes": "-",
    "said": '"No," he said. ',
    "names": "John Smith ",
    "bidi": "\u202e\u202d",
}


@pytest.mark.model
@pytest.mark.parametrize("name", ["sentences", "time", "passages"])
@pytest.mark.parametrize("storm", STORMS)
def test_twice_the_text_takes_no_more_than_about_twice_the_time(name: str, storm: str) -> None:
    unit, annotate = STORMS[storm], ANNOTATORS[name]

    def seconds(characters: int) -> float:
        article = an_article(unit * (characters // len(unit)))
        least = float("inf")
        for _ in range(2):  # the machine has other things to do, too
            began = time.process_time()
            annotate(article)
            least = min(least, time.process_time() - began)
        return least

    once, many = seconds(20_000), seconds(80_000)
    # Four times the text; what grows with its square takes sixteen times as long. The constant is the clock's grain.
    assert many <= 9 * once + 0.1


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("hostile")
    with Library(
        Settings(store=folder / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()
    ) as library:
        file = folder / "a.jsonl"
        text = "“The quay is unsafe,” Mayor Ines Calder said on Monday. The harbour closed on 3 March 2026."
        file.write_text(json.dumps({"id": "a", "title": "T", "published": "2026-03-04", "text": text}), "utf-8")
        library.add([file])
        yield library


@pytest.mark.model
@given(text=TEXTS, other=TEXTS, name=TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_argument_crashes_the_library_or_changes_what_is_in_it(
    library: Library, text: str, other: str, name: str
) -> None:
    collections = ("operator", name)
    calls: list[Callable[[], object]] = [
        lambda: library.ask(text, window=Window(source=other), collections=collections),
        lambda: library.ask(f"What did {text} say about {other}?"),
        lambda: library.search(text, window=Window(source=other), collections=collections),
        lambda: library.quotations(QuotationQuery(speaker=text, about=other, source=name, kind=QuotationKind.DIRECT)),
        lambda: library.events(text, on=other, collections=collections),
        lambda: library.events(first=text, last=other, published_first=name),
        lambda: library.verify(text, speaker=other, collections=collections),
        lambda: library.article(text, (name, "operator")),
        lambda: library.articles(collections),
        lambda: library.speakers(collections),
        lambda: library.sources(collections),
        lambda: library.remove(text + name),
        lambda: library.remove(text + "x", name),
    ]
    for call in calls:
        with suppress(UserError):  # a sentence; anything else is a crash
            call()
    (head,) = library.articles()
    assert head.id == "a"
    assert library.mend() == []


@pytest.mark.parametrize("collection", ["x'; DROP TABLE articles; --", "", "Operator", "a/../b", "server-1\n", "é"])
def test_a_collection_of_another_name_than_ours_is_refused(library: Library, collection: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The ferry was late.", encoding="utf-8")
    with pytest.raises(UserError, match="no name of a collection"):
        library.add([tmp_path / "b.txt"], collection=collection)
    assert len(library.articles()) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["“" * 1_000_000, "\n" * 1_000_000 + "It rained.", "(" * 500_000, "It rained. " * 90_000]
)
def test_a_long_text_of_one_kind_is_cut_in_sentences_and_passages(text: str) -> None:
    found = list(ANNOTATORS["passages"](an_article(text)))  # type: ignore[call-overload]
    assert all(0 <= passage.start < passage.end <= len(text) for passage in found)


@pytest.mark.model
@pytest.mark.parametrize("unit", ["“", '"', "‘", '"No," he said. ', "("])
def test_a_storm_of_quotation_marks_on_one_line_is_read_and_left(unit: str) -> None:
    article = an_article(unit * (60_000 // len(unit)))
    for name in ("quotations", "events"):
        assert len(list(ANNOTATORS[name](article))) < 100_000  # type: ignore[call-overload]

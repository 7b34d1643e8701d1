"""Collections as callers name them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.errors import BadInput
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, QuotationQuery, server_collection

Write = Callable[[str, str], Path]
HARBOUR = "The harbour at Lowmouth closed on Monday because the quay had cracks. “It is unsafe,” Ines Calder said."

CALLS: list[Callable[[Library, str], object]] = [
    lambda library, named: library.ask("Why did the harbour at Lowmouth close?", collections=named).citations,
    lambda library, named: library.search("harbour quay", collections=named),
    lambda library, named: library.events(on="2 March 2026", collections=named).events,
    lambda library, named: library.quotations(QuotationQuery(), collections=named),
    lambda library, named: library.speakers(named),
    lambda library, named: library.verify("It is unsafe", collections=named).quotations,
    lambda library, named: library.articles(named),
    lambda library, named: library.sources(named),
    lambda library, named: library.as_retriever(collections=named).invoke("harbour quay"),
]


@pytest.mark.parametrize("collection", [OPERATOR, server_collection(7)])
def test_one_collection_alone_is_one_and_no_row_of_letters(library: Library, write: Write, collection: str) -> None:
    known = Given(published=date(2026, 3, 4), source="Post")
    library.add(write("harbour.txt", HARBOUR), collection=collection, given=known)
    (head,) = library.articles(collection)
    for call in CALLS:
        assert call(library, collection)
    assert library.article(head.id, collection)[0] == head
    assert library.feeds(collection) == []


@pytest.mark.parametrize("name", ["Operator", "server_7", "server 7", ""])
def test_what_no_collection_can_be_called_is_refused(library: Library, write: Write, name: str) -> None:
    library.add(write("harbour.txt", HARBOUR))
    changes: list[Callable[[Library, str], object]] = [
        lambda library, named: library.add(write("b.txt", HARBOUR), collection=named),
        lambda library, named: library.remove("a", named),
        lambda library, named: library.refresh(collection=named),
        lambda library, named: library.watch("https://post.example/feed", named),
        lambda library, named: library.feeds((named,)),
        lambda library, named: library.poll_feeds(collections=(OPERATOR, named)),
    ]
    for call in (*CALLS, *changes):
        with pytest.raises(BadInput, match="no name of a collection"):
            call(library, name)

"""What tests of written answers need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Turn
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.retrieval.answering.scripted import HARBOUR, QUESTION, Scripted


@cache
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    opened: list[Library] = []

    def ask(
        model: Scripted,
        question: str = QUESTION,
        asker: str | None = None,
        listener: Any = None,
        turns: Sequence[Turn] = (),
        **settings: Any,
    ) -> Any:
        library = Library(
            Settings(store=tmp_path / f"store{len(opened)}", **settings),
            create=True,
            embedder=embedder(),
            vectors=MemoryVectors(),
            chat_model=model,
        )
        opened.append(library)
        file = tmp_path / "harbour.txt"
        file.write_text(HARBOUR, encoding="utf-8")
        library.add([file], given=Given(published=date(2026, 3, 4)))
        ask.library = library  # type: ignore[attr-defined]
        return library.ask(question, asker=asker, listener=listener, turns=tuple(turns))

    yield ask
    for library in opened:
        library.close()

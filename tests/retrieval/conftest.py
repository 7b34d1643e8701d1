"""Libraries with something in them, and a web on this machine to fill them from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.loopback_web import LoopbackWeb

QUAY = """---
title: Lowmouth quay closed
source: Lowmouth Post
published: 2026-03-04
url: https://post.example/quay
---
Lowmouth closed its north quay to lorries on Monday after divers found cracks in the wall. The quay was built in 1911.

The harbour board will meet on March 18 to decide on repairs. The ferry strike of March 9 did not take place.
"""
AGAIN = """---
title: Cracks shut Lowmouth quay
source: Ingle Radio
published: 2026-03-05
url: https://radio.example/quay
---
Divers found cracks in the wall of the north quay at Lowmouth on Monday, and it was closed to lorries.
"""
UNDATED = """---
title: The lantern walk
---
The lantern walk of Lowmouth was held on March 2 along the old wall.
"""


@pytest.fixture
def lowmouth(tmp_path: Path, write: Callable[[str, str], Path]) -> Iterator[Library]:
    """A library of news from Lowmouth, on 10 March 2026."""
    with Library(
        Settings(store=tmp_path / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors(),
        clock=lambda: date(2026, 3, 10),
    ) as library:  # fmt: skip
        library.add([write("in/quay.md", QUAY), write("in/again.md", AGAIN), write("in/undated.md", UNDATED)])
        yield library


@pytest.fixture
def web_library(tmp_path: Path, site: LoopbackWeb) -> Iterator[Library]:
    """An empty library whose web is `site`."""
    with Library(
        Settings(store=tmp_path / "store"),
        create=True,
        embedder=HashingEmbedder(),
        vectors=MemoryVectors(),
        fetcher=site.fetcher(),
    ) as library:
        yield library

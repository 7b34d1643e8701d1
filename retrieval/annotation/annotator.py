"""The joint at which annotators plug in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from retrieval.schema import Article, Record

RecordT_co = TypeVar("RecordT_co", bound=Record, covariant=True)


class Annotator(Protocol[RecordT_co]):
    """Reads an article and yields records with offsets into its text.

    ``name`` says what it yields ("passages", "quotations"); ``version`` is raised whenever the same article would
    yield other records, so that the catalogue knows which articles to read again. An annotator is pure: the same
    article gives the same records, and nothing is stored or fetched.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    def annotate(self, article: Article) -> Sequence[RecordT_co]: ...

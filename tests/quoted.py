"""Reads an article's quotations in tests."""

from collections.abc import Sequence

from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.schema import Article, Quotation


def read(text: str, **kwargs: str) -> Sequence[Quotation]:
    """The quotations of an article with this text."""
    return QuotationAnnotator().annotate(Article("a", text, "A title", **kwargs))


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    """The resolved speaker beside the words of the mention, in the order of the text."""
    return [(text[slice(*q.mention)] if q.mention else None, q.speaker) for q in read(text)]

"""The annotators that every article is read by, beside the one that cuts it in passages."""

from __future__ import annotations

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.events import EventAnnotator
from retrieval.annotation.parser import load_parser
from retrieval.annotation.said import DatedQuotationAnnotator
from retrieval.schema import Record


def annotators(parser: str) -> tuple[Annotator[Record], ...]:
    """Those of quotations and of events, with the spaCy model named `parser`."""
    return DatedQuotationAnnotator(parser), EventAnnotator(lambda: load_parser(parser))

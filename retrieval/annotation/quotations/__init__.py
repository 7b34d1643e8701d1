"""Who said what: quotations with their speakers, read from an article."""

from retrieval.annotation.quotations.annotator import QuotationAnnotator

__all__ = ["QuotationAnnotator"]

"""What an article says happened, or will, or did not, each with when."""

from retrieval.annotation.events.annotator import EventAnnotator

__all__ = ["EventAnnotator"]

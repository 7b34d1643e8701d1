"""Temporal expressions of English news and questions: found, typed, resolved to days."""

from retrieval.annotation.time.tagger import tag

__all__ = ["tag"]

"""The temporal expressions of an article."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.annotation.time.tagger import tag
from retrieval.schema import Article, TimeExpression


class TimeExpressionAnnotator:
    """Yields an article's temporal expressions; those in boilerplate are left out."""

    @property
    def name(self) -> str:
        return "time-expressions"

    @property
    def version(self) -> int:
        return 9

    def annotate(self, article: Article) -> Sequence[TimeExpression]:
        """The expressions in order, disjoint, resolved against the day of publication."""
        found = tag(article.text, article.published)
        return [e for e in found if not any(b.start < e.end and e.start < b.end for b in article.boilerplate)]

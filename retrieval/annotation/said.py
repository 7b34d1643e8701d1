"""Quotations with the days on which they were said and the sentences they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from retrieval.annotation.parser import DEFAULT_PARSER
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.annotation.quotations.dating import with_dates
from retrieval.annotation.time import TimeExpressionAnnotator
from retrieval.schema import Article, Granularity, Quotation, Stretch, TimeExpression, TimeSpan

_WEEKDAY = re.compile(r"XXXX-WXX-[1-7]$")
_VERSIONS = 1000  # more than the time tagger will have


class DatedQuotationAnnotator:
    """Yields the quotations of an article, each with the day it was said where the article states it.

    `parser` names the spaCy model, loaded when first needed. A weekday in an undated article is kept as such: a span
    without days.
    """

    name = "quotations"

    def __init__(self, parser: str = DEFAULT_PARSER) -> None:
        self._quotations, self._times = QuotationAnnotator(parser), TimeExpressionAnnotator()

    @property
    def version(self) -> int:
        """Newer when either of the two readers is."""
        return self._quotations.version * _VERSIONS + self._times.version

    def annotate(self, article: Article) -> Sequence[Quotation]:
        """The quotations outside the boilerplate, in order; raises NotConfigured without the spaCy model."""
        return self.read(article)[0]

    def read(self, article: Article) -> tuple[list[Quotation], list[TimeExpression]]:
        """The quotations of `article`, and the temporal expressions that date them."""
        times = list(self._times.annotate(article))
        found = self._quotations.annotate(article)
        return with_dates(article.text, found, [_weekday(e) for e in times]), times


def extent(quotation: Quotation) -> Stretch:
    """From where to where a quotation reaches, its cue and its speaker's mention included."""
    parts = [*quotation.pieces, *quotation.cue, *([quotation.mention] if quotation.mention else [])]
    return Stretch(min(p.start for p in parts), max(p.end for p in parts))


def said_in(quotation: Quotation, cut: Sequence[Stretch]) -> Stretch:
    """The sentences of `cut` that a quotation stands in, with its cue and its speaker's mention, as one stretch."""
    first, last = extent(quotation)
    if not cut:
        return Stretch(first, last)
    starts = [s.start for s in cut]
    i = max(0, bisect_right(starts, first) - 1)
    j = max(i, bisect_right(starts, max(first, last - 1)) - 1)
    return Stretch(min(cut[i].start, first), max(cut[j].end, last))


def with_sentence_before(text: str, said: Stretch, cut: Sequence[Stretch]) -> Stretch | None:
    """`said` with the sentence of `cut` before it, None where that is a heading or there is none."""
    i = bisect_right([s.end for s in cut], said.start) - 1
    if i < 0 or text[cut[i].end - 1] not in ".!?”\"’'»":
        return None
    return Stretch(cut[i].start, said.end)


def _weekday(expression: TimeExpression) -> TimeExpression:
    if expression.span is None and _WEEKDAY.match(expression.value):
        return replace(expression, span=TimeSpan(None, None, Granularity.DAY, expression.value))
    return expression

"""Where things stand in an article: sentences, paragraphs and quoted words."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.schema import Stretch


@dataclass(frozen=True, slots=True)
class Layout:
    """All sentences, paragraphs and quoted stretches of an article, each in order."""

    sentences: Sequence[Stretch]
    paragraphs: Sequence[Stretch]
    quoted: Sequence[Stretch]

    def sentence_at(self, at: int) -> int | None:
        """The number of the sentence that `at` stands in, None between sentences."""
        i = bisect.bisect_right(self.sentences, at, key=lambda s: s.start) - 1
        return i if i >= 0 and at < self.sentences[i].end else None

    def paragraphs_between(self, earlier: Stretch, later: Stretch) -> int:
        """How many paragraphs on `later` stands, 0 in the same one."""
        first, last = (bisect.bisect_right(self.paragraphs, s.start, key=lambda p: p.start) for s in (earlier, later))
        return last - first

    def is_quoted(self, at: int) -> bool:
        """Whether `at` stands within quotation marks."""
        i = bisect.bisect_right(self.quoted, at, key=lambda q: q.start) - 1
        return i >= 0 and at < self.quoted[i].end

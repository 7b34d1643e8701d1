"""Article -> passages: whole sentences, packed to what the embedding model reads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from retrieval.annotation.sentences import paragraphs, sentences
from retrieval.schema import Article, ArticleHead, Passage, Stretch

CountTokens = Callable[[Sequence[str]], list[int]]
"""The number of tokens of each text, special tokens not counted."""

_HEADING_SHARE = 0.25  # of the tokens a passage may have: a headline of a hundred words must not crowd out the text
_WANTED_TOKENS = 190  # about 150 words; longer passages blur, shorter ones lose what "he" and "the deal" refer to
_INSIDE_PARAGRAPH = 0.15  # what a cut inside a paragraph costs, in units of one passage
_LONGEST_WORD = 200  # characters; what is longer is no word
_WORD = re.compile(rf"\S{{1,{_LONGEST_WORD}}}")


def heading(article: Article | ArticleHead) -> str:
    """What stands before every passage of an article when it is embedded: its title and its date."""
    day = article.published_on
    return f"{article.title}. {day:%-d %B %Y}." if day else f"{article.title}."


class PassageAnnotator:
    """Cuts articles into passages of whole sentences.

    A passage and the heading before it are at most `max_tokens` long by `count_tokens`. Boilerplate is in no passage.
    A sentence that is too long by itself is cut at white space.
    """

    name = "passages"
    version = 1

    def __init__(self, count_tokens: CountTokens, max_tokens: int) -> None:
        self._count_tokens, self._max_tokens = count_tokens, max_tokens

    def heading(self, article: Article) -> str:
        """The article's heading, cut to its share of the tokens."""
        text = heading(article)
        limit = int(self._max_tokens * _HEADING_SHARE)
        while self._count_tokens([text])[0] > limit:
            text = text[: len(text) * 3 // 4]
        return text

    def annotate(self, article: Article) -> list[Passage]:
        """The passages of an article, in order; none where it is all boilerplate."""
        budget = self._max_tokens - self._count_tokens([self.heading(article)])[0] - 1
        passages: list[Passage] = []
        for run in _runs(article):
            parts, fresh = self._parts(article.text, run, budget)
            sizes = self._count_tokens([article.text[p.start : p.end] for p in parts])
            for first, last in _pack(sizes, fresh, budget, min(budget, _WANTED_TOKENS)):
                chosen = tuple(parts[first:last])
                passages.append(Passage(chosen[0].start, chosen[-1].end, chosen))
        return passages

    def _parts(self, text: str, run: Sequence[Stretch], budget: int) -> tuple[list[Stretch], list[bool]]:
        """The sentences of a run of paragraphs, each at most `budget` long; and which of them begin a paragraph."""
        parts: list[Stretch] = []
        fresh: list[bool] = []
        for paragraph in run:
            whole = sentences(text, [paragraph])
            sizes = self._count_tokens([text[s.start : s.end] for s in whole])
            cut = [
                part
                for sentence, size in zip(whole, sizes, strict=True)
                for part in ([sentence] if size <= budget else self._cut(text, sentence, budget))
            ]
            parts += cut
            fresh += [i == 0 for i in range(len(cut))]
        return parts, fresh

    def _cut(self, text: str, sentence: Stretch, budget: int) -> list[Stretch]:
        """Pieces of a sentence that is longer than a passage may be."""
        words = [Stretch(*m.span()) for m in _WORD.finditer(text, sentence.start, sentence.end)]
        sizes = self._count_tokens([text[w.start : w.end] for w in words])
        pieces: list[Stretch] = []
        start, total = words[0].start, 0
        for (word, size), before in zip(zip(words, sizes, strict=True), [None, *words], strict=False):
            if before is not None and total + size > budget:
                pieces.append(Stretch(start, before.end))
                start, total = word.start, 0
            total += size
        pieces.append(Stretch(start, sentence.end))
        return pieces


def _runs(article: Article) -> list[list[Stretch]]:
    """The paragraphs of an article in runs that no boilerplate interrupts."""
    clear: list[Stretch] = []
    at = 0
    for stretch in (*article.boilerplate, Stretch(len(article.text), len(article.text))):
        clear.append(Stretch(at, stretch.start))
        at = max(at, stretch.end)
    runs = []
    for stretch in clear:
        offset = stretch.start
        run = [Stretch(offset + s, offset + e) for s, e in paragraphs(article.text[stretch.start : stretch.end])]
        if run:
            runs.append(run)
    return runs


def _pack(sizes: Sequence[int], fresh: Sequence[bool], budget: int, wanted: int) -> list[tuple[int, int]]:
    """Cut a row of sentences into passages of at most `budget` tokens, near `wanted`, rather at paragraph ends.

    The least total cost by dynamic programming; a passage's cost is the square of what it is off `wanted`.
    """
    ends = list(itertools.accumulate(sizes, initial=0))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(sizes) + 1):
        options = []
        for first in range(last - 1, -1, -1):
            total = ends[last] - ends[first]
            if total > budget and first < last - 1:
                break
            off = (wanted - total) / wanted
            inside = 0.0 if first == 0 or fresh[first] else _INSIDE_PARAGRAPH
            options.append((best[first][0] + off * off + inside, first))
        best.append(min(options))
    cuts: list[tuple[int, int]] = []
    last = len(sizes)
    while last:
        first = best[last][1]
        cuts.append((first, last))
        last = first
    return cuts[::-1]

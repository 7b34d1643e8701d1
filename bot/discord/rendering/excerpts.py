"""The cited words in their paragraph, marked, for whoever presses "Show in source"."""

from __future__ import annotations

from bot.discord.rendering.answers import source_line
from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import length
from retrieval.community import Excerpt

_LIMIT = 1_950  # UTF-16 units; Discord takes 2,000
_AROUND = (700, 400, 200, 100, 0)  # characters of the paragraph shown before and after the words
_WORDS = (1_200, 700, 400, 200)  # characters of the cited words


def render_excerpt(excerpt: Excerpt) -> str:
    """One message: the paragraph as a quotation with the cited words in bold, and where it stands."""
    citation = excerpt.citation
    below = f"-# [{citation.n}] {source_line(citation)}"
    if length(below) > _LIMIT // 2:
        below = f"-# [{citation.n}] {escape(citation.article.title)[:200]}"
    shown = ""
    for words in _WORDS:
        for around in _AROUND:
            shown = f"> {_marked(excerpt, around, words)}\n{below}"
            if length(shown) <= _LIMIT:
                return shown
    return below


def _marked(excerpt: Excerpt, around: int, words: int) -> str:
    """The words in bold; what is left out at either end shows as an ellipsis in square brackets."""
    start, end = excerpt.citation.start, excerpt.citation.end
    before, cited = excerpt.text[min(excerpt.first, start) : start], excerpt.text[start:end]
    after = excerpt.text[end : max(excerpt.last, end)]
    if len(before) > around:
        before = f"[…] {before[len(before) - around :].partition(' ')[2]}" if around else "[…] "
    if len(after) > around:
        after = f"{after[:around].rpartition(' ')[0]} […]" if around else " […]"
    if len(cited) > words:
        cited = f"{cited[:words].rpartition(' ')[0]} […]"
    # spaces at a seam would be lost in escaping, or keep the asterisks from being markup
    left = f"{escape(before)} " if before[-1:].isspace() else escape(before)
    right = f" {escape(after)}" if after[:1].isspace() else escape(after)
    return f"{left}**{escape(cited)}**{right}".strip()

"""A digest of new articles: what is new, who said what, what happened; every line with its source."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord.rendering.answers import source_line
from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import Block, messages
from bot.event_words import dated
from bot.said import speaker_of, words_of
from retrieval.schema import ArticleHead, Citation, FoundQuotation
from retrieval.search.found_events import FoundEvent

_ARTICLES, _QUOTATIONS, _EVENTS = 12, 6, 6
_WORDS = 220  # characters


def render_digest(
    fresh: Sequence[ArticleHead], quotations: Sequence[FoundQuotation], events: Sequence[FoundEvent]
) -> list[str]:
    """The messages of a digest; `fresh` are the new articles, the others what stands in them."""
    number = {(head.collection, head.id): n for n, head in enumerate(fresh, start=1)}
    many = f"{len(fresh)} new article{'s' if len(fresh) != 1 else ''}"
    blocks = [Block(f"**{many}**", "")]
    blocks += [
        Block(f"[{n}] {source_line(Citation(n, head, 0, 0, '', head.url))}", "\n")
        for n, head in enumerate(fresh[:_ARTICLES], start=1)
    ]
    if len(fresh) > _ARTICLES:
        blocks.append(Block(f"-# and {len(fresh) - _ARTICLES} more: `/articles` lists them", "\n"))
    said = [q for q in _one_a_speaker(quotations) if number.get(_key(q.article), _ARTICLES + 1) <= _ARTICLES]
    if said:
        blocks.append(Block("**Who said what**", "\n\n"))
    blocks += [
        Block(f"**{escape(speaker_of(q))[:120]}**: {escape(_cut(words_of(q)))} [{number[_key(q.article)]}]", "\n")
        for q in said[:_QUOTATIONS]
    ]
    happened = [e for e in events if number.get(_key(e.shown.article), _ARTICLES + 1) <= _ARTICLES]
    if happened:
        blocks.append(Block("**What happened**", "\n\n"))
    blocks += [
        Block(f"**{escape(dated(e.shown))}** {escape(_cut(' '.join(e.shown.text.split())))}"
              f" [{number[_key(e.shown.article)]}]", "\n")
        for e in happened[:_EVENTS]
    ]  # fmt: skip
    return messages(blocks)


def _one_a_speaker(quotations: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    seen: set[str] = set()
    chosen = []
    for quotation in quotations:
        if quotation.speaker and quotation.speaker not in seen:
            seen.add(quotation.speaker)
            chosen.append(quotation)
    return chosen


def _key(head: ArticleHead) -> tuple[str, str]:
    return head.collection, head.id


def _cut(text: str) -> str:
    if len(text) <= _WORDS:
        return text
    cut = text[:_WORDS].rsplit(" ", 1)[0]
    return f"{cut}”" + " […]" if cut.count("“") > cut.count("”") else f"{cut} […]"

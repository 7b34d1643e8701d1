"""Quotations and verdicts as Discord messages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord.rendering.answers import ASKED, source_line
from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import length
from bot.said import circumstances_of, speaker_of, words_of
from retrieval.annotation.quotations.comparing import DiffOp, DiffPart
from retrieval.schema import Citation, FoundQuotation, QuotationKind, QuotationQuery
from retrieval.search.verdicts import Verdict, VerdictKind

PER_PAGE = 5
"""Quotations on one page."""

MOST = 200
"""Quotations that are paged through; who wants more asks more narrowly."""

NOTHING = "No such quotation is in the articles."
_LONGEST = 1_950  # UTF-16 units of a page; Discord takes 2,000
_WORDS = (400, 200, 100, 60)  # characters of one quotation, less where the page would be too long
_PERSON = 160


def page_count(found: Sequence[FoundQuotation]) -> int:
    """How many pages `found` fills; at least one."""
    return max(1, -(-len(found) // PER_PAGE))


def render_page(found: Sequence[FoundQuotation], page: int, asked: str) -> str:
    """One page of `found`, counted from 0, as one message; `asked` stands above it."""
    above = ASKED + escape(asked)
    if not found:
        return f"{above}\n{NOTHING}"
    page = min(max(0, page), page_count(found) - 1)
    first = page * PER_PAGE
    shown = found[first : first + PER_PAGE]
    many = "the first " if len(found) == MOST else ""
    below = f"-# {first + 1}–{first + len(shown)} of {many}{len(found)}"
    return _fitting([above], shown, [below], first)


def render_verdict(verdict: Verdict) -> str:
    """What the articles have of a claimed quotation, as one message."""
    above = [escape(verdict.sentence)]
    if verdict.kind in (VerdictKind.NEAR, VerdictKind.STITCHED):
        above.append(_compared(verdict.diff))
    return _fitting([part for part in above if part], verdict.quotations[:3], [], 0)


_KINDS = {
    QuotationKind.DIRECT: "word for word",
    QuotationKind.MIXED: "partly word for word",
    QuotationKind.INDIRECT: "in other words",
}


def describe(query: QuotationQuery) -> str:
    """What was asked for, in words."""
    parts = ["Quotations"]
    if query.kind:
        parts.append(_KINDS[query.kind])
    if query.speaker:
        parts.append(f"of {query.speaker}")
    if query.about:
        parts.append(f"about {query.about}")
    if query.first:
        parts.append(f"from {query.first:%-d %B %Y}")
    if query.last:
        parts.append(f"to {query.last:%-d %B %Y}")
    return " ".join(parts)


def _fitting(above: Sequence[str], shown: Sequence[FoundQuotation], below: Sequence[str], first: int) -> str:
    for limit in _WORDS:
        for linked in (True, False):  # a link to the very words is longer than one to the page
            blocks = [_block(f, n, limit, linked=linked) for n, f in enumerate(shown, first + 1)]
            text = "\n".join((*above, *blocks, *below))
            if length(text) <= _LONGEST:
                return text
    while length(text) > _LONGEST and blocks:
        blocks.pop()
        text = "\n".join((*above, *blocks, *below))
    return text if length(text) <= _LONGEST else text[: _LONGEST // 2] + "…"


def _block(found: FoundQuotation, n: int, limit: int, *, linked: bool) -> str:
    who = ", ".join(part for part in (speaker_of(found), circumstances_of(found)) if part)
    link = found.link if linked else found.article.url
    citation = Citation(n, found.article, 0, 0, "", link)
    head = escape(_shortened(who, _PERSON, ""))
    return f"**{head}**\n{escape(_shortened(words_of(found), limit, found.text))}\n-# {source_line(citation)}"


def _shortened(text: str, limit: int, whole: str) -> str:
    """`text` cut at a word; where it ends in a quotation mark, so does what is left of it."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(" ", 1)[0]
    closing = "”" if text.endswith("”") and whole and cut.count("“") > cut.count("”") else ""
    return f"{cut}{closing} […]"


def _compared(diff: Sequence[DiffPart]) -> str:
    marks = {DiffOp.SAME: "{}", DiffOp.MISSING: "**{}**", DiffOp.ADDED: "~~{}~~"}
    parts = [marks[part.op].format(escape(part.text)) for part in diff if escape(part.text)]
    words = " ".join(parts)
    if len(words) > 700:
        return ""
    return f"{words}\n-# In bold: only in the article. Struck out: only in what was checked."

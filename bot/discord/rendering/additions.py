"""What became of what was added, as a message; and how far it has come."""

from __future__ import annotations

from bot.discord.errors import for_members
from bot.discord.rendering.escaping import escape, escape_label, safe_address
from bot.discord.rendering.splitting import Block, messages
from bot.library.reports import TakenIn
from retrieval.schema import ArticleHead

ADDED, KNOWN, FAILED = "✅", "☑️", "⚠️"
PUT_OFF = "I am being switched off. What is not added yet is added when I am back, and told here."

_NOTHING = "nothing was found to add"
_NO_PAGES = "none of this server's is from the web, so there is no page to fetch again"

_LISTED, _LEFT_OUT, _NOTES = 10, 10, 3
_TITLE, _REASON = 120, 200  # characters


def render_taken_in(taken: TakenIn, *, again: bool = False) -> str:
    """One message: the articles that went in, what was there already, and what was left out and why.

    `again`: pages were fetched again.
    """
    blocks = [Block(f"**{_headline(taken, _NO_PAGES if again else _NOTHING)}**", "")]
    blocks += [Block(f"- {_article(head)}", "\n") for head in taken.fresh[:_LISTED]]
    if len(taken.fresh) > _LISTED:
        blocks.append(Block(f"-# and {len(taken.fresh) - _LISTED} more", "\n"))
    if taken.left_out:
        blocks.append(Block("Left out:", "\n"))
        blocks += [Block(f"- {escape(for_members(reason)[:_REASON])}", "\n") for reason in taken.left_out[:_LEFT_OUT]]
        if len(taken.left_out) > _LEFT_OUT:
            blocks.append(Block(f"-# and {len(taken.left_out) - _LEFT_OUT} more", "\n"))
    blocks += [Block(f"-# {escape(note[:_REASON])}", "\n") for note in taken.notes[:_NOTES]]
    return messages(blocks, 1_950)[0]


def receipt_of(taken: TakenIn) -> str:
    """The reaction that says what became of the links and files of a message."""
    return FAILED if taken.left_out else ADDED if taken.fresh else KNOWN


def render_waiting(before: int) -> str:
    """How many are added before it."""
    return f"Waiting for {before} other{'s' if before != 1 else ''} to be added first …"


def render_progress(done: int, total: int) -> str:
    """How far it has come."""
    return f"Reading article {min(done + 1, total)} of {total} …" if total else "Reading …"


def _headline(taken: TakenIn, nothing: str) -> str:
    said = [f"{count} {outcome}" for outcome, count in taken.counts.items() if count]
    if taken.left_out:
        said.append(f"{len(taken.left_out)} left out")
    return f"Articles: {', '.join(said) or nothing}."


def _article(head: ArticleHead) -> str:
    title = escape_label(head.title[:_TITLE]) or "(untitled)"
    address = safe_address(head.url)
    shown = f"[{title}](<{address}>)" if address else title
    return f"{shown}, {escape(head.source[:60])}" if head.source and head.source.strip() else shown

"""An answer as Discord shows it, and what stands there while it is made.

It is laid out with Components V2 and not in an embed: on a phone an embed is a narrow column behind a coloured bar, in
smaller print, its buttons far below; a layout has the width of the screen and the size of ordinary messages, and each
source has its button beside it. It also shows 4,000 characters, so that most answers are one message.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.discord.answers.feedback_buttons import feedback_row
from bot.discord.answers.source_buttons import PER_PAGE, SourcesPageButton, source_sections
from bot.discord.answers.stop_button import StopButton
from bot.discord.answers.understood import ChangeButton
from bot.discord.rendering.answers import LAYOUT_LIMIT, NEAREST, SOURCES
from bot.discord.rendering.splitting import length
from retrieval.schema import Citation


def text_view(text: str) -> discord.ui.LayoutView:
    """A part of a long answer, which goes on in the next message."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    return view


def working_view(text: str, stage: str, key: str) -> discord.ui.LayoutView:
    """What there is of an answer so far, what is being done, and how to stop it."""
    view = discord.ui.LayoutView(timeout=None)
    if text:
        view.add_item(discord.ui.TextDisplay(text))
    view.add_item(discord.ui.Section(f"-# {stage}", accessory=StopButton(key)))
    return view


def answer_view(
    text: str,
    answer: str,
    citations: Sequence[Citation],
    *,
    abstained: bool = False,
    understood: str = "",
    notes: str = "",
) -> discord.ui.LayoutView:
    """The last (mostly the only) message of an answer; its buttons need no more than the id `answer`, for months."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    small_print = f"-# {understood}"
    if citations:
        view.add_item(discord.ui.TextDisplay(NEAREST if abstained else SOURCES))
        room = LAYOUT_LIMIT - sum(map(length, (text, NEAREST, notes, small_print)))
        for item in source_sections(answer, citations[:PER_PAGE], room):
            view.add_item(item)
    if len(citations) > PER_PAGE:
        more = f"Sources {PER_PAGE + 1} to {len(citations)}"
        view.add_item(discord.ui.ActionRow(SourcesPageButton(answer, 1, more)))
    if notes:
        view.add_item(discord.ui.TextDisplay(notes))
    if understood:
        view.add_item(discord.ui.Section(small_print, accessory=ChangeButton(answer)))
    view.add_item(feedback_row(answer))
    return view

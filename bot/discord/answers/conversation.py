"""What was said before, read from Discord's own chain of replies: a reply leads back to what it continues."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

import discord
import discord.components

from bot.discord.answers.addressed import Incoming, addressed
from bot.discord.rendering.answers import ASKED, NEAREST, SOURCES
from bot.discord.rendering.escaping import unescape
from retrieval.schema import Turn

_log = logging.getLogger(__name__)

MAX_TURNS = 4

CitedIn = Callable[[Sequence[int]], Awaitable[tuple[tuple[str, str], ...]]]
"""The articles, each its collection and its id, that answers in messages of these ids cite."""

_UNDERSTOOD = re.compile(r"^-# Understood as: (?P<question>[^\n]+?\?)(?:;|$)", re.MULTILINE)
_MAX_STEPS = 3 * MAX_TURNS  # messages looked at: a turn is a question and an answer, which may be of two messages


def incoming(message: discord.Message, bot_id: int, *, may_read: bool) -> Incoming:
    """`message` as the decision whether it is for the bot sees it; `may_read` is the message-content intent."""
    replied_to = message.reference.resolved if message.reference is not None else None
    named = any(user.id == bot_id for user in message.mentions)
    return Incoming(
        text=message.content,
        author_id=message.author.id,
        author_is_bot=message.author.bot,
        webhook=message.webhook_id is not None,
        system=message.type not in (discord.MessageType.default, discord.MessageType.reply),
        direct=message.guild is None,
        mentions={user.id: user.display_name for user in message.mentions},
        replied_to=replied_to.author.id if isinstance(replied_to, discord.Message) else None,
        readable=bool(may_read or message.content or message.guild is None or named),
        own_thread=isinstance(message.channel, discord.Thread) and message.channel.owner_id == bot_id,
    )


async def turns_before(message: discord.Message, bot_id: int, cited_in: CitedIn) -> tuple[Turn, ...]:
    """The turns that `message`, a reply to the bot, continues: the oldest first, at most MAX_TURNS."""
    turns: list[Turn] = []
    answer: list[str] = []
    shown_in: list[int] = []
    whole: str | None = None
    at = message
    for _ in range(_MAX_STEPS):
        before = await _replied_to(at)
        if before is None or len(turns) == MAX_TURNS:
            break
        at = before
        if at.author.id == bot_id:
            asked, said = read_back(text_of(at))
            answer.insert(0, said)
            shown_in.append(at.id)
            whole = whole or understood_as(text_of(at))
            if asked is None:
                continue
            question = whole or asked
        else:
            wanted = addressed(incoming(at, bot_id, may_read=True), bot_id)
            question = (whole or wanted.question) if wanted is not None else ""
        if answer and question:
            turns.insert(0, Turn(question, " ".join(answer), await cited_in(shown_in)))
        if not question:
            break
        answer, whole, shown_in = [], None, []
    return tuple(turns)


def text_of(message: discord.Message) -> str:
    """All text of a message, whether it is laid out or plain."""
    return "\n".join([message.content, *_texts(message.components)]).strip()


def _texts(components: Iterable[object]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.components.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))


def read_back(content: str) -> tuple[str | None, str]:
    """The question that a message of the bot's repeats, None where it repeats none; the answer, without its sources."""
    asked = None
    if content.startswith(ASKED):
        line, _, content = content.partition("\n")
        asked = unescape(line.removeprefix(ASKED)).strip()
    for heading in (SOURCES, NEAREST):
        content = f"\n{content}".partition(f"\n{heading}")[0]
    return asked, unescape(content).strip()


def understood_as(content: str) -> str | None:
    """The question that a message of the bot's says it answered in place of the one asked, None where it says none."""
    match = _UNDERSTOOD.search(content)
    return unescape(match["question"]) if match else None


async def _replied_to(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    if reference is None or reference.message_id is None or reference.channel_id != message.channel.id:
        return None
    known = reference.resolved or reference.cached_message
    if isinstance(known, discord.DeletedReferencedMessage):
        return None
    if known is not None:
        return known
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException as error:
        _log.info("an earlier turn cannot be read: %s", error)
        return None

"""Whether a message is for the bot, decided in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&\d{1,20}>")
_EMOJI = re.compile(r"<a?:\w{1,32}:\d{1,20}>")
_QUOTED = re.compile(r"^\s*>(?:>>)?\s", re.MULTILINE)  # the marks of a quotation, whose words may be asked about
_CHANNEL = re.compile(r"<#(\d{1,20})>")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is known of a message before anything is decided.

    ``mentions`` are the users that Discord says it mentions (for a reply that pings, its addressee as well), with
    their names. ``replied_to`` is the author of the message it replies to, None where it replies to none or that one
    is not known. ``readable`` is False where Discord withheld the text for want of the message-content intent.
    ``own_thread``: it stands in a thread that the bot began, which needs no mention.
    """

    text: str
    author_id: int
    author_is_bot: bool = False
    webhook: bool = False
    system: bool = False
    direct: bool = False
    mentions: Mapping[int, str] = field(default_factory=dict)
    replied_to: int | None = None
    readable: bool = True
    own_thread: bool = False


class Kind(Enum):
    """What is to be done with a message for the bot."""

    QUESTION = "question"
    HELP = "help"  # addressed without a word
    UNREADABLE = "unreadable"  # a reply whose text Discord withheld


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message for the bot: what it asks, and whether it continues an answer of the bot's."""

    kind: Kind
    question: str = ""
    continues: bool = False


def addressed(message: Incoming, bot_id: int) -> Addressed | None:
    """What `message` wants of the bot, None where it is not for the bot.

    For the bot are: a direct message, a mention of it (never @everyone or a role), a reply to it, and in a thread of
    its own what is said to nobody else. Bots, webhooks and Discord's own notices are never answered, so that two bots
    cannot talk for ever.
    """
    if message.author_id == bot_id or message.author_is_bot or message.webhook or message.system:
        return None
    replies = message.replied_to == bot_id
    named = message.direct or replies or bot_id in message.mentions
    if not named and not _said_in_own_thread(message):
        return None
    continues = replies or message.own_thread
    if replies and not message.readable:
        return Addressed(Kind.UNREADABLE, continues=True)
    question = _question(message, bot_id)
    if not named and not question:  # a picture or a sticker among people
        return None
    return Addressed(Kind.QUESTION if question else Kind.HELP, question, continues)


def _said_in_own_thread(message: Incoming) -> bool:
    return message.own_thread and message.readable and message.replied_to is None and not message.mentions


def _question(message: Incoming, bot_id: int) -> str:
    """The text without the bot's mention; others' mentions as their names, since ids are no words to search for."""

    def named(match: re.Match[str]) -> str:
        user = int(match[1])
        return " " if user == bot_id else message.mentions.get(user, "")

    text = _QUOTED.sub("", _USER.sub(named, message.text).strip())
    for noise in (_ROLE, _EMOJI, _CHANNEL):
        text = noise.sub(" ", text)
    return " ".join(text.split())

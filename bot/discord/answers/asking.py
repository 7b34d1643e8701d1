"""From a question to the answer that is shown and kept."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.answers.answer_view import answer_view, text_view
from bot.discord.answers.live_answer import LiveAnswer
from bot.discord.answers.questions import STOPPED, Admitted, window
from bot.discord.answers.surfaces import InteractionSurface, MessageSurface, Surface, View
from bot.discord.answers.understood import said_of, understood
from bot.discord.delivery import acknowledge
from bot.discord.errors import sentence_for
from bot.discord.rendering.answers import answer_parts, offered, small
from bot.discord.scope import Place, place_of_interaction, place_of_message
from retrieval.community import now
from retrieval.errors import NotFound, UserError
from retrieval.schema import Answer, Turn, Window
from retrieval.schema.community import AnswerPlace, ServerSettings, ShownAnswer, ShownCitation

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_THREAD_NAME = 90  # characters; Discord takes 100
MENTION_HERE = (
    "-# In this thread mention me, or reply with the ping on: Discord keeps from me what other messages say, unless"
    " whoever runs me switches the message-content intent on."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was let in; ``today`` is the day where it is asked."""

    text: str
    place: Place
    admitted: Admitted
    today: date
    window: Window
    turns: tuple[Turn, ...] = ()
    repeat: bool = False
    private: bool = False
    hint: str = ""


class Asking:
    """The one way from a question, however it was asked, to its answer."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    async def by_interaction(
        self,
        interaction: discord.Interaction[Any],
        question: str,
        first: str | None = None,
        last: str | None = None,
        source: str | None = None,
        *,
        private: bool = False,
    ) -> None:
        """Answer in response to a command, a menu or a window; what is wrong is said before anything is shown."""
        place = place_of_interaction(interaction)
        today = await self._bot.stored.today(place.kept_under)
        wanted = window(first, last, source, today)
        if wanted.source is not None:
            await self._check_publisher(wanted.source, place)
        admitted = await self._bot.questions.admit(question, place)
        await acknowledge(interaction, private=private)
        asked = Asked(question, place, admitted, today, wanted, repeat=True, private=private)
        await self._answer(InteractionSurface(interaction, private=private), asked)

    async def _check_publisher(self, source: str, place: Place) -> None:
        collections = self._bot.questions.collections(place)
        if await self._bot.stored(lambda community: community.lacks_publisher(collections, source)):
            raise NotFound(f"No article here is of “{source}”: choose a publisher from the list.")

    async def by_message(self, message: discord.Message, question: str, turns: tuple[Turn, ...]) -> None:
        """Answer a message as a reply, or in a thread of its own where the server wants that."""
        place = place_of_message(message)
        admitted = await self._bot.questions.admit(question, place)
        thread = await self._thread_for(message, question, admitted.settings)
        channel = thread or message.channel
        with contextlib.suppress(discord.HTTPException):  # the acknowledgement: "is typing"
            await channel.typing()
        hint = MENTION_HERE if thread is not None and not self._bot.intents.message_content else ""
        in_thread = thread is not None
        today = await self._bot.stored.today(place.kept_under)
        asked = Asked(question, place, admitted, today, Window(), turns, hint=hint)
        await self._answer(MessageSurface(channel, None if in_thread else message), asked)

    async def _thread_for(
        self, message: discord.Message, question: str, settings: ServerSettings
    ) -> discord.Thread | None:
        if settings.place is not AnswerPlace.THREAD or not isinstance(message.channel, discord.TextChannel):
            return None
        may = message.channel.permissions_for(message.channel.guild.me)
        if not (may.create_public_threads and may.send_messages_in_threads):  # else an empty thread would be all
            _log.info("no thread for an answer: it may not be made, or not be written in")
            return None
        try:
            return await message.create_thread(name=" ".join(question.split())[:_THREAD_NAME])
        except discord.HTTPException as error:  # not allowed, or the message has one already
            _log.info("no thread for an answer: %s", error)
            return None

    async def _answer(self, surface: Surface, asked: Asked) -> None:
        questions, live, began = self._bot.questions, LiveAnswer(surface), time.monotonic()
        work = asyncio.create_task(
            questions.library.ask(
                asked.text,
                collections=asked.admitted.collections,
                window=asked.window,
                turns=asked.turns,
                asker=f"discord-{asked.place.member}",
                written=asked.admitted.settings.language_model,
                today=asked.today,
                on_progress=live.hear,
            ),
            name="answering",
        )
        key, running = questions.stoppable(asked.place.member, work)
        questions.running(lambda: live.replace(STOPPED))
        live.begin(key)
        try:
            answer = await work
        except asyncio.CancelledError:
            if not running.stopped:
                work.cancel()
                await live.end()
                raise
            await live.halt()
            return
        except Exception as error:
            if not live.visible:
                await live.end()
                raise
            await live.replace(sentence_for(error))
            if not isinstance(error, UserError):
                _log.info("the error above was told in place of the answer")
            return
        await self._show(live, asked, answer)
        _log.info(
            "answered server=%s channel=%d milliseconds=%d citations=%d abstained=%s origin=%s",
            asked.place.server, asked.place.here, (time.monotonic() - began) * 1000,
            len(answer.citations), answer.abstained, answer.origin.value,
        )  # fmt: skip

    async def _show(self, live: LiveAnswer, asked: Asked, answer: Answer) -> None:
        shown = _to_keep(asked, answer)
        messages = await live.finish(self._views(shown.id, asked, answer))
        if messages and not asked.private:
            # where it was shown: a thread may have been made for it
            *earlier, last = messages
            shown = replace(shown, channel=last.channel.id, message=last.id, earlier=tuple(m.id for m in earlier))
        if messages:
            self._bot.stored.keep(shown)

    def _views(self, answer_id: str, asked: Asked, answer: Answer) -> Sequence[View]:
        settings = asked.admitted.settings
        *parts, last = answer_parts(answer, asked=asked.text if asked.repeat else None, tone=settings.tone)
        read, left = said_of(understood(asked.text, asked.window, asked.today), answer.notes)
        notes = "\n".join(part for part in (small(left), asked.hint) if part)
        final = answer_view(
            last,
            answer_id,
            offered(answer, settings.tone),
            abstained=answer.abstained,
            understood=read,
            notes=notes,
        )
        return [*map(text_view, parts), final]


def _to_keep(asked: Asked, answer: Answer) -> ShownAnswer:
    return ShownAnswer(
        id=secrets.token_hex(6),
        server=asked.place.kept_under,
        channel=asked.place.here,
        member=asked.place.member,
        asked_at=now(),
        # as it stands alone: it may be asked again elsewhere
        question=answer.question.text if answer.question.asked else asked.text,
        answer=answer.text,
        abstained=answer.abstained,
        citations=tuple(
            ShownCitation(c.n, c.article.collection, c.article.id, c.article.revision, c.start, c.end)
            for c in offered(answer, asked.admitted.settings.tone)
        ),
        window=asked.window,
    )

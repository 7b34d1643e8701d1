"""An answer while it is made: what is being done, the sentences there are, and in the end the whole of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import discord

from bot.discord.answers.answer_view import text_view, working_view
from bot.discord.answers.surfaces import Surface, View
from bot.discord.rendering.answers import TEXT_LIMIT, sentence_blocks
from bot.discord.rendering.splitting import messages
from bot.library.messages import Progress, SentenceVerified, StageReached
from retrieval.answering.listening import Stage
from retrieval.schema import AnswerSentence

_log = logging.getLogger(__name__)

_PATIENCE = 1.0  # seconds before anything is shown: most answers are there by then, and one message is calmer than two
_BETWEEN_EDITS = 1.0  # seconds, at least; Discord slows down who edits more often

_STAGES = {
    Stage.CONDENSING: ("Reading the conversation", "Reading the conversation"),
    Stage.SEARCHING: ("Searching the articles", "Searching the articles"),
    Stage.READING: ("Reading a passage", "Reading {} passages"),
    Stage.WRITING: ("Writing", "Writing"),
    Stage.VERIFYING: ("Checking a sentence against the articles", "Checking {} sentences against the articles"),
    Stage.REPAIRING: ("Writing a sentence anew", "Writing {} sentences anew"),
}
HALTED = "-# Stopped."


class LiveAnswer:
    """Shows one answer on a surface: edits at least a second apart, the last one always right."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._key = ""
        self._stage = _STAGES[Stage.SEARCHING][0]
        self._sentences: list[AnswerSentence] = []
        self._editing = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._edits: set[asyncio.Task[None]] = set()
        self._last_edit: float | None = None
        self._ended = False

    @property
    def visible(self) -> bool:
        """Whether anything stands on the surface that has to be replaced."""
        return self._last_edit is not None or self._editing.locked()

    def begin(self, key: str) -> None:
        """Show from now on how it goes; under `key` it can be stopped."""
        self._key = key
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._edit)

    def hear(self, progress: Progress) -> None:
        """Take in what is told of the answer, and show it as soon as it is time for an edit."""
        if isinstance(progress, StageReached):
            one, many = _STAGES[progress.stage]
            self._stage = one if progress.count in (None, 1) else many.format(progress.count)
        elif isinstance(progress, SentenceVerified):
            self._sentences.append(progress.sentence)
        if self._timer is None and not self._ended:
            loop = asyncio.get_running_loop()
            due = (self._last_edit or loop.time()) + _BETWEEN_EDITS
            self._timer = loop.call_at(due, self._edit)

    async def finish(self, views: Sequence[View]) -> list[discord.Message]:
        """Show the whole answer, the first of `views` in the place of what stands there; the messages that show it."""
        await self.end()
        shown = [await self._surface.show(views[0])]
        for view in views[1:]:
            shown.append(await self._surface.more(view))
        return [message for message in shown if message is not None]

    async def halt(self) -> None:
        """Leave standing what there is, and say that it was stopped."""
        text = self._text()
        await self.replace(f"{text}\n{HALTED}" if text else HALTED)

    async def replace(self, text: str) -> None:
        """Show something else in the place of an answer."""
        await self.end()
        await self._surface.show(text_view(text))

    async def end(self) -> None:
        """Edit no more. An edit that is on its way arrives first, and a second passes between it and the last one."""
        self._ended = True
        if self._timer is not None:
            self._timer.cancel()
        async with self._editing:
            pass
        if self._last_edit is not None:
            await asyncio.sleep(self._last_edit + _BETWEEN_EDITS - asyncio.get_running_loop().time())

    def _edit(self) -> None:
        self._timer = None
        task = asyncio.create_task(self._show(), name="showing how an answer goes")
        self._edits.add(task)
        task.add_done_callback(self._edits.discard)

    async def _show(self) -> None:
        async with self._editing:
            if self._ended:
                return
            try:
                await self._surface.show(working_view(self._text(), self._stage, self._key))
            except discord.HTTPException as error:
                _log.info("how an answer goes cannot be shown: %s", error)
            self._last_edit = asyncio.get_running_loop().time()

    def _text(self) -> str:
        parts = messages(sentence_blocks(self._sentences), TEXT_LIMIT - len(HALTED) - 1)
        return parts[-1] if parts else ""

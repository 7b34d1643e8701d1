"""What was read out of a question (days, a person, a publisher), said under the answer, and a window to change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.answers.questions import MAX_QUESTION
from bot.discord.answers.source_buttons import kept_answer
from bot.discord.delivery import telling
from bot.discord.rendering.escaping import escape
from retrieval.annotation.time import window_of
from retrieval.schema import Window
from retrieval.search.speech_questions import speech_question
from retrieval.search.wording import within

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_SHOWN = 200  # characters
_SAID = "Understood as:"


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read out of a question: days of the happening and of the publication, whose words; and the window that
    was given beside it."""

    happened: str
    published: str
    speaker: str | None
    window: Window

    def sentence(self) -> str:
        """ "Understood as: happened on 3 May 2031; said by Calder"; empty where nothing was read out."""
        parts = []
        if self.happened:
            parts.append(f"happened{self.happened}")
        if self.speaker:
            parts.append(f"said by {self.speaker}")
        if self.published:
            parts.append(f"published{self.published}")
        if self.window.first or self.window.last:
            parts.append(f"published{within(self.window.first, self.window.last)}")
        if self.window.source:
            parts.append(f"only from {self.window.source}")
        return escape(f"{_SAID} {'; '.join(parts)}")[:_SHOWN] if parts else ""


def understood(question: str, window: Window, today: date) -> Understood:
    """What `question`, asked on `today`, says of days and people; by the reading that the search uses too."""
    time = window_of(question, today)
    happened, published = (
        within(span.first, span.last) if span is not None else "" for span in (time.span, time.published)
    )
    speech = speech_question(question)
    return Understood(happened, published, speech.speaker if speech is not None else None, window)


def said_of(read: Understood, notes: Sequence[str]) -> tuple[str, list[str]]:
    """How a question was understood, and the notes that are left: where the library says it itself, in its words."""
    told = [note for note in notes if note.startswith(_SAID)]
    if not told:
        return read.sentence(), list(notes)
    beside = replace(read, happened="", published="", speaker=None).sentence().removeprefix(_SAID)
    sentence = escape(told[0].removesuffix("."))[:_SHOWN]
    return f"{sentence};{beside}" if beside else sentence, [note for note in notes if note not in told]


class ChangeButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"change:(?P<answer>[0-9a-f]{12})"):
    """Opens a window in which the question and its limits can be changed; it is then asked anew."""

    def __init__(self, answer: str) -> None:
        super().__init__(discord.ui.Button(label="Change", custom_id=f"change:{answer}"))
        self._answer = answer

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the window."""
        await telling(interaction, self._open(interaction))

    async def _open(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        shown = await kept_answer(interaction, self._answer)
        await interaction.response.send_modal(ChangeWindow(shown.question, shown.window))


class ChangeWindow(discord.ui.Modal):
    """The question with its limits, to be asked anew."""

    def __init__(self, question: str, given: Window) -> None:
        super().__init__(title="Ask it differently", timeout=900)
        self._question = _field(
            "Question", question, "Name other days or people in it.", required=True, longest=MAX_QUESTION
        )
        self._first = _field("From", given.first, "Only articles published on this day or later, such as 2016-10-31.")
        self._last = _field("To", given.last, "Only articles published on this day or before.")
        self._source = _field("Publisher", given.source, "Only its articles.")
        for label in (self._question, self._first, self._last, self._source):
            self.add_item(label)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Ask it; what is wrong with it is said to the asker alone."""
        first, last, source = (_value(label) or None for label in (self._first, self._last, self._source))
        await telling(
            interaction,
            interaction.client.asking.by_interaction(interaction, _value(self._question), first, last, source),
        )


def _field(
    text: str, value: object, description: str, *, required: bool = False, longest: int = 100
) -> discord.ui.Label[ChangeWindow]:
    component: discord.ui.TextInput[ChangeWindow] = discord.ui.TextInput(
        default=str(value)[:longest] if value is not None else None, required=required, max_length=longest
    )
    return discord.ui.Label(text=text, component=component, description=description)


def _value(label: discord.ui.Label[ChangeWindow]) -> str:
    assert isinstance(label.component, discord.ui.TextInput)
    return label.component.value.strip()

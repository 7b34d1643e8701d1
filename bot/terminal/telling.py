"""An answer in the terminal while it is made: the stage it is in, and its sentences as they are verified."""

from __future__ import annotations

from rich.console import Console
from rich.status import Status
from rich.text import Text

from bot.terminal.printing import printable
from retrieval.answering.listening import Stage
from retrieval.schema import AnswerSentence, Citation

_STAGES = {
    Stage.CONDENSING: "Reading the question…",
    Stage.SEARCHING: "Searching…",
    Stage.READING: "Reading {count} passages…",
    Stage.WRITING: "The language model writes…",
    Stage.VERIFYING: "Checking sentence {count}…",
    Stage.REPAIRING: "{count} failed the check; they are put right or left out…",
}


class TellingConsole:
    """Prints what it hears: a line for each sentence, and below it the stage. `told` is whether a sentence was."""

    def __init__(self, console: Console) -> None:
        self._console, self._status = console, Status("", console=console)
        self.told = False

    def stage(self, stage: Stage, count: int | None = None) -> None:
        """Show the stage."""
        self._status.update(_STAGES[stage].format(count=count))
        self._status.start()

    def sentence(self, sentence: AnswerSentence, citations: tuple[Citation, ...]) -> None:
        """Print the sentence with its numbers."""
        self.told = True
        line = " ".join([sentence.text, *(f"[{n}]" for n in sentence.citations)])
        self._console.print(Text(printable(line.replace("\n", " "))))

    def stopped(self) -> bool:
        """Never: Ctrl-C ends the whole command."""
        return False

    def end(self) -> None:
        """Take the stage away."""
        self._status.stop()

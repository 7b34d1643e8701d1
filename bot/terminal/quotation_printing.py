"""Quotations and verdicts as text for a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.said import circumstances_of, described_when, speaker_of, words_of
from bot.terminal.printing import about, printable
from retrieval.annotation.quotations.comparing import DiffOp, DiffPart
from retrieval.schema import FoundQuotation, Speaker
from retrieval.search.verdicts import Verdict, VerdictKind


def print_quotations(console: Console, found: Sequence[FoundQuotation]) -> None:
    """Each with its speaker, when and to whom, and where it stands."""
    if not found:
        console.print("No such quotation is in the articles.")
    for n, quotation in enumerate(found, start=1):
        if n > 1:
            console.print()
        who = ", ".join(part for part in (speaker_of(quotation), circumstances_of(quotation)) if part)
        console.print(Text(printable(f"[{n}] {' '.join(who.split())}"), style="bold"))
        console.print(Text(printable(f"    {words_of(quotation)}")))
        console.print(Text(f"    {about(quotation.article)}", style="dim"))
        if quotation.link:
            console.print(Text(f"    {printable(quotation.link)}", style="dim"), soft_wrap=True)


def print_speakers(console: Console, speakers: Sequence[Speaker]) -> None:
    """Each with other names, and what articles call them from when to when, the newest first."""
    if not speakers:
        console.print("Nobody of that name is quoted in the articles.")
    for speaker in speakers:
        also = f" (also {', '.join(speaker.other_names)})" if speaker.other_names else ""
        times = "once" if speaker.quoted == 1 else f"{speaker.quoted} times"
        console.print(Text(printable(f"{speaker.name}{also}, quoted {times}"), style="bold"))
        for description in speaker.descriptions:
            days = described_when(description)
            console.print(Text(printable(f"    {description.text}{f', {days}' if days else ''}")))


def print_verdict(console: Console, verdict: Verdict) -> None:
    """The verdict in a sentence, what differs, and the quotations it rests on."""
    console.print(Text(printable(verdict.sentence)))
    if verdict.kind is VerdictKind.NEAR or verdict.kind is VerdictKind.STITCHED:
        console.print(Text.assemble("Compared: ", *(_part(part) for part in _spaced(verdict.diff))))
        console.print(Text("{+ … +} is in the article only, [- … -] in what was given only.", style="dim"))
    if verdict.quotations:
        console.print()
        print_quotations(console, verdict.quotations)


def _part(part: DiffPart) -> tuple[str, str]:
    text = printable(part.text)
    if part.op is DiffOp.MISSING:
        return f"{{+{text}+}} ", "green"
    if part.op is DiffOp.ADDED:
        return f"[-{text}-] ", "red"
    return f"{text} ", ""


def _spaced(parts: Sequence[DiffPart]) -> list[DiffPart]:
    return [part for part in parts if part.text.strip()]

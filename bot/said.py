"""A found quotation in words, the same in the terminal and on Discord."""

from __future__ import annotations

import re
from datetime import date

from retrieval.annotation.quotations.names import title_words
from retrieval.schema import Description, FoundQuotation, QuotationKind, Stance, TimeSpan

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_STANCES = {
    Stance.SAID: "",
    Stance.DENIED: "denied: ",
    Stance.DECLINED: "declined: ",
    Stance.NOT_SAID: "did not say: ",
}
_PLAIN = frozenset(
    """say says said saying tell tells told telling add adds added adding state states stated note notes noted according
    statement write writes wrote report reports reported""".split()  # noqa: SIM905
)
_AUXILIARIES = frozenset(("had", "has", "have", "was", "were", "is", "are"))
_LONGEST_CUE = 3  # words


def words_of(found: FoundQuotation) -> str:
    """What was said: direct words in quotation marks exactly as printed, others as the article reports them.

    Reported words have before them how they were said, where that is not plainly "said": "asked: to be paid".
    """
    pieces = [" ".join(piece.split()) for piece in found.pieces]
    if found.quotation.kind is QuotationKind.DIRECT:
        return _STANCES[found.quotation.stance] + " … ".join(f"“{piece}”" for piece in pieces)
    if found.quotation.stance is Stance.DECLINED and pieces and pieces[0].startswith("to "):
        return f"declined {' … '.join(pieces)}"
    return (_STANCES[found.quotation.stance] or _how(found.cue)) + " … ".join(pieces)


def _how(cue: str) -> str:
    words = [word for word in cue.casefold().split() if word not in _AUXILIARIES]
    return (
        "" if not words or "…" in words or len(words) > _LONGEST_CUE or _PLAIN & set(words) else f"{' '.join(words)}: "
    )


def speaker_of(found: FoundQuotation) -> str:
    """Who said it, with what the article says the speaker is; or that it is unclear."""
    described = found.quotation.description
    if found.speaker:
        return f"{found.speaker}, {described}" if described else found.speaker
    named = described or found.mention
    return named if named and named.casefold() not in title_words().pronouns else "speaker unclear"


def circumstances_of(found: FoundQuotation) -> str:
    """To whom, how and when, as far as the article says; empty where it does not."""
    said = [f"to {found.addressee}" if found.addressee else "", found.manner or "", said_when(found.quotation.said_on)]
    return ", ".join(" ".join(part.split()) for part in said if part)


def said_when(span: TimeSpan | None) -> str:
    """The days of a span as people write them; empty where they are unknown."""
    if span is None:
        return ""
    if weekday := _WEEKDAY.fullmatch(span.value):
        return f"on {_WEEKDAYS[int(weekday[1]) - 1]}"
    if span.first and span.last:
        return f"on {_day(span.first)}" if span.first == span.last else f"{_day(span.first)} to {_day(span.last)}"
    if span.first or span.last:
        return f"from {_day(span.first)}" if span.first else f"until {_day(span.last)}"
    return ""


def described_when(description: Description) -> str:
    """The days on which articles describe somebody so, the first and the last; empty where they are unknown."""
    first, last = description.first, description.last
    if first is None or last is None or first == last:
        return _day(first or last)
    return f"{_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""

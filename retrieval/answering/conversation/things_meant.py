"""Which thing "it" or "they" means: what the turns before are about, the latest first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.abstaining import is_abstention
from retrieval.answering.conversation.asked_again import described, short_answer
from retrieval.answering.conversation.turn_mentions import Parse, is_plural, may_mean_its_name, only_thing
from retrieval.schema import Turn

WHAT_ABOUT = re.compile(r"^(?:and|but|so|or)?\W*(?:what|how)\s+about\s+(?P<rest>.+?)\W*$", re.IGNORECASE)
_OF_A_THING = re.compile(r"^(?:\w+\s+)?(?:what|which|how\s+many)\b", re.IGNORECASE)


def last_thing(turns: Sequence[Turn], parse: Parse, *, plural: bool) -> str | None:
    """The one thing that the latest turn with any is about; "" where nothing was found on it, and on another was."""
    named = ((_thing_of(turn, parse, plural=plural), is_abstention(turn.answer)) for turn in turns)
    told = [(thing, unanswered) for thing, unanswered in named if thing is not None]
    if not told:
        return None
    (last, unanswered), *before = told
    return "" if unanswered and any(thing and thing != last and not un for thing, un in before) else last


def _thing_of(turn: Turn, parse: Parse, *, plural: bool) -> str | None:
    """The one thing a turn is about: as its question names it, or the short answer it got; "" where that is unclear."""
    about = WHAT_ABOUT.match(turn.question)
    if about and not plural and _is_called_by_its_noun(about["rest"], turn.answer):
        return about["rest"]
    thing = only_thing(turn.question, parse, plural=plural, beside=turn.answer)
    if thing:  # "Sons" of "Crumb & Sons"
        thing = next((n.text for n in names_in(turn.question) if "&" in n.words and thing in n.words), thing)
    if thing is None and not plural and may_mean_its_name(turn.question, turn.answer):
        return ""
    if thing or not _OF_A_THING.match(turn.question):
        return thing
    told = short_answer(turn.answer)
    if told is None:
        return described(turn.question, parse, plural=plural) or thing
    return told if is_plural(told, parse) is plural else thing


def _is_called_by_its_noun(name: str, answer: str) -> bool:
    """Whether an answer speaks of "the bridge" where "Castle Bridge" is asked about: no person, then."""
    *_, last = name.split()
    noun = re.escape(last.lower())
    return last.istitle() and re.search(rf"\b[Tt]he\s+(?:[a-z-]+\s+){{0,2}}{noun}\b", answer) is not None

"""What a question asks for, as far as it decides where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.time import prior_of
from retrieval.errors import BadInput
from retrieval.schema import OPERATOR, Question, QuestionKind, Turn, Window
from retrieval.search.chat_wording import plainly_asked
from retrieval.search.small_talk import is_small_talk, without_greeting
from retrieval.search.speech_questions import asks_for_words

_LONGEST = 2_000  # characters; a question, not a document

_WHO_SAID = re.compile(
    r"\bwho(?:\s+\w+){0,2}\s+(?:said|says|say|told|tells|claimed|claims|denied|denies|announced|announces|stated|argued"
    r"|warned|admitted|called|described|suggested|insisted|promised|tweeted|accused|criticised|criticized|praised)\b"
    r"|\bwhat\s+(?:did|does|do|has|have|had)\b.{1,80}?\b(?:say|said|tell|told|claim|announce|think|argue|warn|promise)\b"
    r"|\bhow\s+did\b.{1,60}?\b(?:respond|react|reply|describe)\b|\bdid\b.{1,60}?\b(?:say|mention|deny|admit|claim)\b"
    r"|\b(?:has|have|had)\b.{1,60}?\b(?:said|mentioned|denied|admitted|claimed|told|commented|spoken)\b"
    r"|\baccording\s+to\s+whom\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\W*(?:since\s+|until\s+|by\s+)?when\b|\b(?:what|which)\s+(?:day|date|month|year|week|time)\b|\bhow\s+long\s+(?:ago|after|before)\b"
    r"|\bwhat\s+happened\s+(?:on|in|after|before|between|during|last|next|this|since)\b|\btimeline\b",
    re.IGNORECASE,
)


def understand(
    text: str,
    *,
    collections: Sequence[str] = (OPERATOR,),
    window: Window | None = None,
    turns: Sequence[Turn] = (),
    today: date | None = None,
) -> Question:
    """A question as asked, understood; BadInput where there is nothing to look for.

    `today` is the asker's; without it no day of publication is thought likelier than another.
    """
    clean = " ".join(text.split())
    if not any(character.isalnum() for character in clean):
        raise BadInput("Ask a question in words, such as: who said what, or what happened when.")
    if len(clean) > _LONGEST:
        raise BadInput(f"That question has {len(clean)} characters: ask it in at most {_LONGEST}.")
    if window and window.first and window.last and window.first > window.last:
        raise BadInput(f"The window ends on {window.last}, before it begins on {window.first}: swap the two dates.")
    clean = plainly_asked(clean)
    return Question(
        text=clean,
        topic=without_greeting(clean),
        kind=kind_of(clean),
        window=window or Window(),
        collections=tuple(collections),
        turns=tuple(_to_lean_on(turns)),
        prior=None if today is None or window else prior_of(clean, today),
        today=today,
    )


def _to_lean_on(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The turns that asked something, without greetings: "thanks" is nothing that what comes next could lean on."""
    return (replace(t, question=without_greeting(t.question)) for t in turns if not is_small_talk(t.question))


def kind_of(text: str) -> QuestionKind:
    """Small talk, who said what, what happened when, or anything else."""
    if is_small_talk(text):
        return QuestionKind.HELP
    if _WHO_SAID.search(text) or asks_for_words(text):
        return QuestionKind.WHO_SAID
    if _WHEN.search(text):
        return QuestionKind.WHEN
    return QuestionKind.GENERAL

"""A question in its conversation becomes a question that stands alone: by a model where there is one, else by names."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.answering.conversation.conversation_subject import names_something
from retrieval.answering.conversation.correcting import is_correction
from retrieval.answering.conversation.follow_ups import leans, standing_alone
from retrieval.answering.conversation.sources_asked import asks_for_source
from retrieval.answering.conversation.turn_mentions import Parse, is_date
from retrieval.answering.conversation.whether_true import asks_whether_true
from retrieval.errors import ModelUnavailable
from retrieval.schema import Turn
from retrieval.search.small_talk import is_small_talk
from retrieval.search.words import content_words, stems

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_TURNS = 5  # of the conversation that a question may lean on
_LONGEST = 300  # characters of a question that stands alone
_KEPT = 0.6  # of the question's own content words
_CAPITAL = re.compile(r"(?<![\w’'])[A-ZÀ-ÞĀ-Ž][\w’'-]*|\d[\d,.:/-]*")
_OPENERS = re.compile(
    r"^(?:what|when|where|why|who|whom|whose|which|how|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|in|on|at|and)$",
    re.I,
)

_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how(?:\s+(?:many|much|long|often|far|old))?)\b", re.I
)
_YES_NO = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)(?:n[’']t)?\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|no|without)\b|n[’']t\b", re.I)
_FRAGMENT = re.compile(r"^\W*(?:and|but|or|so|what\s+about|how\s+about)\b", re.I)
_DEMONSTRATIVE = re.compile(r"\b(?:that|this|those|these|the\s+same)\s+[a-z]{3,}\b", re.I)
_HELD = re.compile(r'"\w*(?:question|rewritten|text)\w*"\s*:\s*"(?P<text>(?:[^"\\]|\\.)*)"', re.I)
_COMPLETING = stems("happen happened else besides")  # what a fragment may be completed with

Complete = Callable[[Sequence["BaseMessage"]], str]
"""Messages in, the model's text out; raises ModelUnavailable."""


def condense(
    question: str,
    turns: Sequence[Turn],
    parse: Parse,
    complete: Complete | None = None,
    texts: Sequence[str] = (),
) -> str:
    """`question` as it stands alone after `turns`, the oldest first; as it is where it does, or where that is unclear.

    What a model makes of it counts only where it says nothing that was not said and asks what was asked. It also
    completes a question that names nothing: "how many were hurt?". `texts` are of the articles that were talked of:
    they show who is a woman and who a man. Thanks, questions for sources and corrections that were not understood are
    no turns to lean on.
    """
    if asks_for_source(question, turns) or asks_whether_true(question):
        return question
    recent = [t for t in turns if not (is_small_talk(t.question) or _is_on_an_answer(t.question))][-_TURNS:]
    alone = names_something(question) or re.search(r"\d", question) is not None
    if not recent or not (leans(question) or (complete is not None and not alone)):
        return question
    if complete is not None and (written := _by_model(question, recent, complete)) is not None:
        return written
    return standing_alone(question, recent, parse, texts) if leans(question) else question


def _is_on_an_answer(question: str) -> bool:
    return asks_for_source(question, ()) or asks_whether_true(question) or is_correction(question)


def _by_model(question: str, turns: Sequence[Turn], complete: Complete) -> str | None:
    from prompts import load_prompt

    said = "\n".join(f"Question: {t.question}\nAnswer: {t.answer}" for t in turns)
    try:
        reply = complete(load_prompt("condense").format_messages(conversation=said, question=question))
    except ModelUnavailable as error:
        _log.warning("the question is condensed without a model: %s", error)
        return None
    written = _unwrapped(reply)
    return written if faithful(written, question, turns) else None


def _unwrapped(reply: str) -> str:
    """The question in a reply: without thoughts, JSON, markup, and a line that announces it."""
    text = re.sub(r"<think>.*?</think>", "", reply, flags=re.DOTALL).rpartition("</think>")[2].replace("<think>", "")
    if (held := _HELD.search(text)) is not None:
        text = held["text"]
    lines = [line.strip(' \t"“”*`#>-') for line in text.splitlines()]
    lines = [re.sub(r"^(?:[\w ]{0,24}question\s*:\s*)", "", line, flags=re.I).strip(' "“”*') for line in lines]
    return next((line for line in lines if line.endswith("?")), next((line for line in lines if line), ""))


def faithful(written: str, question: str, turns: Sequence[Turn]) -> bool:
    """Whether a rewritten question says nothing that was not said, and still asks what was asked."""
    if not written or len(written) > _LONGEST or not any(c.isalnum() for c in written):
        return False
    said = stems(" ".join([question, *(f"{t.question} {t.answer}" for t in turns)]))
    if any(not stems(word) <= said for word in _names(written)):
        return False
    if any(not stems(w) & (said | _COMPLETING) for w in content_words(written)):
        return False
    before = turns[-1].question if turns else ""
    whole = _form(question) is not None or not (_FRAGMENT.match(question) or is_date(question))
    asked = (question,) if whole else (question, before)
    if _form(written) not in map(_form, asked) or _negations(written) not in map(_negations, asked):
        return False
    own = [w for w in content_words(_DEMONSTRATIVE.sub(" ", question)) if not leans(w)]
    kept = [w for w in own if stems(w) & stems(written)]
    if len(kept) < _KEPT * len(own):
        return False
    return not whole or _in_order(kept, written)


def _form(question: str) -> str | None:
    """The word that a question asks with: "who", "how many"; "is" for yes or no; None where it has none."""
    match = _ASKS.search(question)
    if match is not None:
        return " ".join(match.group().casefold().split())
    return "is" if _YES_NO.match(question) else None


def _negations(text: str) -> int:
    return len(_NOT.findall(text)) % 2


def _in_order(words: Sequence[str], text: str) -> bool:
    """Whether words stand in a text in their own order: who did it and to whom is not turned."""
    order = [stems(w) for w in re.findall(r"[\w’'-]+", text)]
    at = 0
    for word in words:
        found = next((n for n, each in enumerate(order[at:], at) if each & stems(word)), None)
        if found is None:
            return False
        at = found + 1
    return True


def _names(text: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        if not (match.start() == 0 and _OPENERS.match(match.group())):
            yield match.group().rstrip(".,:")

"""A question in its conversation becomes a question that stands alone: by a model where there is one, else by names."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.answering.follow_ups import leans, standing_alone
from retrieval.answering.turn_mentions import Parse
from retrieval.errors import ModelUnavailable
from retrieval.schema import Turn
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

    `texts` are of the articles that were talked of: they show who is a woman and who a man.

    What a model makes of it counts only where every name and number in it was said before and the question's own words
    are still in it.
    """
    recent = turns[-_TURNS:]
    if not recent or not leans(question):
        return question
    if complete is not None and (written := _by_model(question, recent, complete)) is not None:
        return written
    return standing_alone(question, recent, parse, texts)


def _by_model(question: str, turns: Sequence[Turn], complete: Complete) -> str | None:
    from prompts import load_prompt

    said = "\n".join(f"Question: {t.question}\nAnswer: {t.answer}" for t in turns)
    try:
        reply = complete(load_prompt("condense").format_messages(conversation=said, question=question))
    except ModelUnavailable as error:
        _log.warning("the question is condensed without a model: %s", error)
        return None
    lines = [line.strip() for line in re.sub(r"<think>.*?</think>", "", reply, flags=re.DOTALL).splitlines()]
    written = next(
        (re.sub(r"^(?:(?:last |standalone )?question:\s*)", "", line, flags=re.I) for line in lines if line), ""
    )
    written = written.strip(' "“”')
    return written if faithful(written, question, turns) else None


def faithful(written: str, question: str, turns: Sequence[Turn]) -> bool:
    """Whether a rewritten question says nothing that was not said, and still asks what was asked."""
    if not written or len(written) > _LONGEST or not any(c.isalnum() for c in written):
        return False
    said = stems(" ".join([question, *(f"{t.question} {t.answer}" for t in turns)]))
    if any(not stems(word) <= said for word in _names(written)):
        return False
    added = [w for w in content_words(written) if not stems(w) & said]
    if len(added) > 1:
        return False
    own = [w for w in content_words(question) if not leans(w)]
    return sum(bool(stems(w) & stems(written)) for w in own) >= _KEPT * len(own)


def _names(text: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        if not (match.start() == 0 and _OPENERS.match(match.group())):
            yield match.group().rstrip(".,:")

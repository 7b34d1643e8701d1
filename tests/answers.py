"""Answers to show, made up for the tests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from retrieval.schema import (
    Answer,
    AnswerSentence,
    ArticleHead,
    Citation,
    FoundQuotation,
    Granularity,
    Question,
    Quotation,
    QuotationKind,
    Stretch,
    TimeSpan,
)


def article(
    title: str = "Bridge over the Lorn reopens",
    *,
    source: str | None = "Tarn Valley Gazette",
    published: date | None = date(2031, 5, 4),
    url: str | None = "https://gazette.example/bridge",
    origin: str | None = None,
) -> ArticleHead:
    """An article of an invented place."""
    return ArticleHead("operator", "a1", 1, title, source, published, (), url, origin, 1)


def citation(n: int = 1, *, head: ArticleHead | None = None, link: str | None = None, text: str = "…") -> Citation:
    """A citation; its link is the article's address unless another is given."""
    head = head or article()
    return Citation(n, head, 0, len(text), text, link if link is not None else head.url)


def answer(
    sentences: Sequence[str] = ("The bridge reopened on Sunday.",),
    *,
    citations: Sequence[Citation] | None = None,
    question: str = "When did the bridge reopen?",
    notes: Sequence[str] = (),
) -> Answer:
    """An answer of which every sentence cites the first citation."""
    cited = tuple(citations) if citations is not None else (citation(),)
    marker = (cited[0].n,) if cited else ()
    return Answer(
        Question(question, question), tuple(AnswerSentence(s, marker) for s in sentences), cited, notes=tuple(notes)
    )


def abstention(reason: str = "The articles do not say.", nearest: Sequence[Citation] = ()) -> Answer:
    """An answer that says why there is none."""
    return Answer(Question("?", "?"), (), (), abstained=True, reason=reason, nearest=tuple(nearest))


def quotation(
    text: str = "The bridge is safe.",
    *,
    kind: QuotationKind = QuotationKind.DIRECT,
    speaker: str | None = "Ines Calder",
    description: str | None = "the mayor",
    head: ArticleHead | None = None,
    mention: str | None = None,
) -> FoundQuotation:
    """A quotation of one piece that search found."""
    head = head or article()
    said = TimeSpan(date(2031, 5, 3), date(2031, 5, 3), Granularity.DAY, "2031-05-03")
    piece = Stretch(0, len(text))
    words = Quotation((piece,), kind, speaker=speaker, description=description, said_on=said)
    return FoundQuotation(
        head, words, text, (text,), speaker, mention or speaker, "reporters", None, piece, head.url, 0.5
    )


def text_of(message: object) -> str:
    """All text that a message shows, laid out or plain, as SimCord and discord.py tell of it."""
    parts = [str(getattr(message, "content", "") or "")]
    raw = [c if isinstance(c, dict) else c.to_dict() for c in getattr(message, "components", ())]

    def walk(components: list[dict[str, Any]]) -> None:
        for component in components:
            if component.get("type") == 10:
                parts.append(component["content"])
            walk(component.get("components") or [])

    walk(raw)
    return "\n".join(part for part in parts if part)


def answer_id(message: object) -> str:
    """The id of the answer that a message shows, out of its buttons."""
    raw = [c if isinstance(c, dict) else c.to_dict() for c in message.components]  # type: ignore[attr-defined]
    found = re.search(r"feedback:good:([0-9a-f]{12})", json.dumps(raw))
    assert found is not None
    return found[1]

"""What a language model is given to read: passages under keys, without orders to it, as many as it can take."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.relative_days import with_days
from retrieval.answering.verification.cited import CitedPassage
from retrieval.answering.verification.sources import cited_passage
from retrieval.answering.writing.instructions import speaks_to_the_writer, visible
from retrieval.schema import ArticleHead, FoundPassage, Quotation, Stretch

_MOST = 6  # passages
_CHARACTERS = 12_000  # of passages, whatever the model could take: more of them do not make answers better

QuotationsOf = Callable[[ArticleHead, str], Sequence[Quotation]]
"""The quotations of a revision of an article, given its head and its text."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage under its key: as found, and as checked against."""

    found: FoundPassage
    cited: CitedPassage


def give(
    passages: Sequence[FoundPassage],
    text_of: Callable[[ArticleHead], str],
    quotations_of: QuotationsOf,
    fits: Callable[[int], bool],
) -> dict[str, Given]:
    """The best passages under their keys, in the order they are shown in; `fits` tells whether so many characters fit.

    The best stands first and the second best last: models overlook what stands in the middle of a long text (Liu et
    al., Lost in the Middle, 2023).
    """
    chosen: list[tuple[FoundPassage, CitedPassage]] = []
    characters = 0
    for found in passages[:_MOST]:
        characters += len(found.text)
        if chosen and (characters > _CHARACTERS or not fits(characters)):
            break
        article = text_of(found.article)
        cited = without_orders(cited_passage("", found, article, quotations_of(found.article, article)))
        if cited.sentences:
            chosen.append((found, cited))
    ordered = [*chosen[0::2], *reversed(chosen[1::2])]
    return {
        key: Given(found, replace(cited, key=key))
        for key, (found, cited) in zip((f"p{n}" for n in range(1, _MOST + 1)), ordered, strict=False)
    }


def set_off(given: Mapping[str, Given]) -> tuple[str, str]:
    """The passages as text, and the boundary between them: one that no article can know."""
    boundary = f"--- {secrets.token_hex(8)}"
    return "\n".join([boundary, *_blocks(given, boundary)]), boundary


def _blocks(given: Mapping[str, Given], boundary: str) -> Iterator[str]:
    for key, passage in given.items():
        head = passage.found.article
        day = str(head.published_on) if head.published_on else "date unknown"
        title, source = (" ".join(visible(t or "").split()) for t in (passage.cited.title, head.source))
        text = passage.cited.text
        if passage.cited.article:
            # The date of "on Monday", which the model is to write in full.
            stretch = Stretch(passage.found.start, passage.found.start + len(text))
            text = with_days(passage.cited.article, head.published_on, stretch, text)
        yield from (f"[{key}] {title} | {source} | {day}", " ".join(visible(text).split()), boundary)


def without_orders(passage: CitedPassage) -> CitedPassage:
    """A passage without the sentences that speak to the writer, and what follows them in their paragraph.

    Blanks stand in their place, so offsets stay.
    """
    text = list(passage.text)
    kept: list[Stretch] = []
    last, hostile = 0, False
    for stretch in passage.sentences:
        # What follows an order in its paragraph is taken to belong to it.
        hostile = hostile and "\n" not in passage.text[last : stretch.start]
        hostile = hostile or speaks_to_the_writer(passage.text[stretch.start : stretch.end])
        last = stretch.end
        if hostile:
            text[stretch.start : stretch.end] = " " * (stretch.end - stretch.start)
        else:
            kept.append(stretch)
    title = "" if speaks_to_the_writer(passage.title) else passage.title
    if len(kept) == len(passage.sentences) and title == passage.title:
        return passage
    said = tuple(s for s in passage.said if any(k.start < s.end and s.start < k.end for k in kept))
    return replace(passage, text="".join(text), sentences=tuple(kept), title=title, said=said)

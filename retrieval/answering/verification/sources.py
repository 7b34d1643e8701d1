"""Found passages -> the passages a check reads: with their sentences, and with who says what in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.verification.cited import CitedPassage, Said
from retrieval.schema import FoundPassage, Quotation

# An apposition right after a mention, up to its comma.
_APPOSED = re.compile(r", (?!wh)((?:[^,.;:“”\"]|\b(?:Dr|Mr|Mrs|Ms|Prof|Sen|Gov|Rep|Gen|[A-Z])\.){2,60}),")


def said_in(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> tuple[Said, ...]:
    """Those of an article's quotations that stand in `text[start:end]`, piece by piece, as stretches of that."""
    found = []
    for quotation in quotations:
        mention = text[quotation.mention.start : quotation.mention.end] if quotation.mention is not None else None
        names = tuple(n for n in (quotation.speaker, mention, quotation.description) if n)
        if quotation.mention is not None and (named := _APPOSED.match(text, quotation.mention.end)):
            # "The service's head, Dr. Jane Roe, said": the name beside the mention is the speaker's, whatever else is.
            beside = [n.text for n in names_in(text, *named.span(1))]
            if beside and mention and not any(n in mention for n in beside):
                names = (*beside, mention)
        cue = " ".join(text[c.start : c.end] for c in quotation.cue)
        for piece in quotation.pieces:
            if piece.start < end and start < piece.end:
                first, last = max(piece.start, start) - start, min(piece.end, end) - start
                found.append(Said(first, last, _who(names), cue, quotation.stance))
    return tuple(found)


def _who(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if n.casefold() not in ("he", "she", "it", "they", "who", "i", "we")))


def cited_passage(key: str, found: FoundPassage, article: str, quotations: Sequence[Quotation]) -> CitedPassage:
    """A found passage under a key; `article` is the text of its revision, `quotations` those of that text."""
    return CitedPassage(
        key=key,
        text=found.text,
        sentences=tuple(type(s)(s.start - found.start, s.end - found.start) for s in found.sentences),
        title=found.article.title,
        source=found.article.source,
        published=found.article.published_on,
        said=said_in(article, found.start, found.end, quotations),
        article=article,
    )

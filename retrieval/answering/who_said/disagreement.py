"""Who spoke against it: quotations in which somebody denies, rejects, disputes or contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.folding import folded_words
from retrieval.annotation.sentences import paragraphs
from retrieval.answering.who_said.quoted import TextOf
from retrieval.schema import FoundQuotation, Stance
from retrieval.search.speakers import is_named, speaker_query
from retrieval.search.words import content_words, stem, stems

# What a report says somebody did, outside the words that are quoted.
_DOES = re.compile(
    r"(?<!\bnot )(?<!n['’]t )(?<!\bnever )"
    r"\b(?:disagree[sd]?|disagreement|disput(?:e|es|ed|ing)|reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|object(?:s|ed|ing)?"
    r"|oppos(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|countered|rebut(?:s|ted)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|condemn(?:s|ed|ing)?|critici[sz](?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|protest(?:s|ed|ing)?|slam(?:s|med)|blast(?:s|ed)"
    r"|attack(?:s|ed|ing)|lambast(?:s|ed)|scathing|unconvinced|sceptical|skeptical|unimpressed|not\s+accept"
    r"|not\s+(?:every(?:one|body)|all)\s+(?:is|was|are|were)\s+(?:convinced|persuaded|happy|sure)|doubt(?:s|ed)"
    r"|refus(?:e|es|ed)\s+to\s+accept|voted\s+against)\b",
    re.IGNORECASE,
)
# What somebody says who disagrees.
_SAYS = re.compile(
    r"\b(?:that|it|this|he|she|they|which|claims?|allegations?|reports?)\s+(?:is|was|are|were|['’]s)\s+(?:simply\s+|just\s+"
    r"|completely\s+|totally\s+|plain\s+)?(?:untrue|not\s+true|false|wrong|mistaken|nonsense|rubbish)\b"
    r"|\bI\s+(?:do\s+not|don['’]t)\s+(?:agree|buy|believe|accept)\b|\bI\s+disagree\b|\bno\s+truth\s+in\b",
    re.IGNORECASE,
)


def spoken_against(
    found: Sequence[FoundQuotation], text_of: TextOf, topic: str, against: str | None
) -> list[FoundQuotation]:
    """Those of `found` in which somebody disagrees: by a denial, or by a word of it in the sentences around.

    Where a `topic` or whom they disagree with is given, that stands there too or in the paragraph before; nobody
    disagrees with himself.
    """
    wanted = {stem(word) for word in content_words(topic)}
    other = speaker_query(against) if against else None
    chosen = []
    for f in found:
        text = text_of(f.article)
        if f.quotation.stance is not Stance.DENIED and not _DOES.search(_report(text, f)) and not _SAYS.search(f.text):
            continue
        if other is not None and f.speaker is not None and is_named(other, f.speaker):
            continue
        around = _around(text, f)
        if wanted and 3 * len(wanted & stems(f"{f.article.title} {around}")) <= 2 * len(wanted) - 1:
            continue
        if other is not None and other.words[-1] not in folded_words(around):
            continue
        chosen.append(f)
    return chosen


def _report(text: str, found: FoundQuotation) -> str:
    """The sentences around a quotation without the quoted words; the one before where it is of the same paragraph."""
    start = found.said.start
    if found.context is not None and "\n" not in text[found.context.start : found.said.start]:
        start = found.context.start
    position, outside = start, []
    for piece in found.quotation.pieces:
        outside.append(text[position : max(position, piece.start)])
        position = max(position, piece.end)
    return " ".join([*outside, text[position : found.said.end]])


def _around(text: str, found: FoundQuotation) -> str:
    """The paragraph of a quotation and the one before it."""
    cut = paragraphs(text)
    here = max((i for i, p in enumerate(cut) if p.start <= found.said.start), default=0)
    return text[cut[max(0, here - 1)].start : max(found.said.end, cut[here].end)] if cut else text

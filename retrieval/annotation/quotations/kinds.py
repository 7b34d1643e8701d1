"""Direct, mixed or indirect; and quotation marks that quote nobody: scare quotes and titles of works."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.names import title_words
from retrieval.schema import QuotationKind, Stretch

_ALL, _NONE = 0.98, 0.02  # shares of the letters that stand in quotation marks

# "so-called 'reforms'", "known as 'the Fixer'"
_NAMING = re.compile(
    r"\b(?:so[- ]called|known as|nicknamed|dubbed|the (?:word|term|phrase|label|nickname|hashtag|slogan)|named|branded"
    r"|entitled|titled|headlined)[,:]?\s*$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:book|novel|memoir|film|movie|documentary|album|song|single|series|sitcom|show|play|musical|opera|poem|article"
    r"|essay|column|episode|paper|study|report|magazine|programme|program|podcast|painting|exhibition|video|game|hit"
    r"|thriller|comedy|drama)s?(?: called| titled| entitled)?,?\s*$",
    re.IGNORECASE,
)
# "in “The Glass Harbour,” Roe plays a pilot"
_PLACED = re.compile(r"\b(?:in|on|of|from|for|at|to|with|by|about)\s+$", re.IGNORECASE)
_LEAD = 40  # characters looked at before the mark


def kind_of(text: str, pieces: Sequence[Stretch], quoted: Sequence[Quoted]) -> QuotationKind:
    """The kind by the share of letters and digits in quotation marks that are a speaker's words."""
    near = [q for q in quoted if q.start < pieces[-1].end and pieces[0].start < q.end]
    spoken = [q for q in near if not is_no_speech(text, q)]
    letters = inside = 0
    for piece in pieces:
        for at in range(piece.start, piece.end):
            if text[at].isalnum():
                letters += 1
                inside += any(q.start <= at < q.end for q in spoken)
    share = inside / letters if letters else 0.0
    return QuotationKind.DIRECT if share > _ALL else QuotationKind.MIXED if share > _NONE else QuotationKind.INDIRECT


def is_no_speech(text: str, q: Quoted) -> bool:
    """Whether the marks are scare quotes or hold the title of a work."""
    before = text[max(0, q.start - _LEAD) : q.start]
    if _NAMING.search(before):
        return True
    inner = text[q.inner.start : q.inner.end].strip(" ,")
    work = _WORK.search(before) or _PLACED.search(before)
    return work is not None and _is_title_case(inner)


def _is_title_case(words: str) -> bool:
    listed = re.findall(r"[^\W\d_][\w’'-]*", words)
    large = [w for w in listed if w.lower() not in title_words().function_words]
    return 0 < len(listed) <= 12 and all(w[0].isupper() for w in large) and words[-1:] not in (".", ";")

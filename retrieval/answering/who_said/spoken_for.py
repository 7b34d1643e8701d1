"""Who speaks for "the union" or "the company" in an article, by what it calls them."""

from __future__ import annotations

import re

from retrieval.annotation.folding import folded_words
from retrieval.annotation.quotations.names import is_body, title_words
from retrieval.answering.questions.speech import bare_body
from retrieval.answering.who_said.quoted import TextOf
from retrieval.schema import FoundQuotation

# A union may be a league, a company a chain: what an article may call one and the same body.
_KINDS = (
    frozenset(("union", "league", "federation", "guild", "association")),
    frozenset(("club", "team")),
    title_words().enterprises | {"company", "firm"},
)
_POST = re.compile(
    r"\b(?:secretary|convener|spokes\w+|director|executive|ceo|chief|chair(?:man|woman|person)?|president|leader|manager"
    r"|head|boss|lawyers?|attorneys?|founder|owner)\b",
    re.IGNORECASE,
)
_OF_FIRM = re.compile(r"(?P<owner>[A-Z][\w&-]*(?: [A-Z&][\w&-]*)*)['’]s? (?:managing director|chief executive|ceo)\b")
_OF_BODY = re.compile(r"(?:its|their)\s", re.IGNORECASE)
_COMPLEMENT = re.compile(r",|\s(?:of|for|at|in|to)\s")


def speaks_for(found: FoundQuotation, noun: str, text_of: TextOf) -> bool:
    """Whether whoever is quoted is a body that `noun` may mean, or has a post there: "secretary of the League"."""
    kind, text = _kind(noun), text_of(found.article)
    if (other := bare_body(found.mention or "")) is not None and other not in kind:
        return False
    for told in filter(None, (found.speaker, found.mention, found.quotation.description)):
        head = _COMPLEMENT.split(told, maxsplit=1)[0]
        if _has(kind, head) and _has(kind, head.split()[-1]):
            return True
        if _POST.search(head) is None:
            continue
        owner = _OF_FIRM.match(told)
        if _has(kind, told) or (owner and noun in _KINDS[-1] and not is_body(tuple(owner["owner"].split()))):
            return True
        if _OF_BODY.match(told) and found.context is not None:  # whose post it is stands in the sentence before
            return _has(kind, text[found.context.start : found.said.start])
    return False


def _kind(noun: str) -> frozenset[str]:
    return next((words for words in _KINDS if noun in words), frozenset((noun,)))


def _has(kind: frozenset[str], words: str) -> bool:
    return any(re.sub(r"s$", "", word) in kind or word in kind for word in folded_words(words))

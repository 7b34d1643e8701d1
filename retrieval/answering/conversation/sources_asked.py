"""Questions for the source of the last answer: which article it is from, who wrote that, when it was published."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.annotation.sentences import sentences
from retrieval.answering.abstaining import FROM
from retrieval.answering.citations import cite
from retrieval.schema import Answer, ArticleHead, Question, QuestionKind, Stretch, Turn

_THAT = r"(?:that|this|it)"
_WRITING = r"(?:article|story|report|piece|source|page|news\s+item)"
_THE_ARTICLE = rf"(?:(?:that|this|the)\s+(?:last\s+)?{_WRITING})"
_WHAT = rf"(?:which|what)\s+(?:{_WRITING}|(?:news)?paper|publisher|website|outlet)"
_SOURCE = r"(?:sources?|references?|links?|urls?|citations?)"
_ASKED = re.compile(
    r"\W*(?:(?:and|but|so|ok|okay|please|hm+)\W+)*(?:"
    rf"{_WHAT}\s+(?:is|was|does|did)\s+(?:{_THAT}|{_THE_ARTICLE}|the\s+answer)\s+(?:come\s+)?(?:from|in)"
    rf"|{_WHAT}\s+(?:says|said|say|has|reported|wrote)\s+(?:{_THAT}|so)"
    rf"|where\s+(?:is|was|does|did)\s+{_THAT}\s+(?:come\s+)?from"
    rf"|where\s+(?:did|do)\s+you\s+(?:get|find|read|see|have|take)\s+{_THAT}(?:\s+from)?|where\s+does\s+it\s+say\s+(?:{_THAT}|so)"
    rf"|(?:(?:(?:any|is\s+there|do\s+you\s+have|have\s+you(?:\s+got)?|got|what(?:\s+is|['’]?s)|(?:can|could)\s+you\s+"
    rf"(?:give|show|send)\s+me|(?:give|show|send)\s+me|can\s+i\s+(?:have|see|get))\s+)?(?:any|an?|the|your|its)?\s*)?"
    rf"{_SOURCE}(?:\s+(?:for|of|to|on|behind)\s+(?:{_THAT}|{_THE_ARTICLE}))?"
    rf"|who\s+(?:wrote|published|reported|is\s+the\s+author\s+of)\s+(?P<written>{_THAT}|{_THE_ARTICLE})"
    rf"|who\s+(?:is|was)\s+the\s+(?:author|reporter|journalist)(?:\s+of\s+{_THE_ARTICLE})?"
    rf"|when\s+(?:was|were)\s+(?P<dated>{_THAT}|{_THE_ARTICLE})\s+(?:published|written|posted)"
    rf"|(?:was|is)\s+(?P<from>{_THAT}|{_THE_ARTICLE})\s+(?:published|written|posted)\s+(?:in|on)\s+[\w\s]{{2,30}}"
    rf"|how\s+(?:old|recent|new)\s+is\s+{_THE_ARTICLE}|(?:what|which)\s+(?:day|date)\s+is\s+{_THE_ARTICLE}(?:\s+from)?"
    rf"|what(?:\s+is|['’]?s)\s+the\s+(?:title|headline|date|author|publisher)(?:\s+of\s+{_THE_ARTICLE})?"
    r")(?:\W+(?:please|again|then|though))*\W*",
    re.IGNORECASE,
)
# Where a talk is about something written, "who wrote it?" asks for its author.
_WRITTEN = re.compile(
    r"\b(?:books?|novels?|poems?|plays?|songs?|albums?|films?|letters?|stud(?:y|ies)|reports?|papers?|reviews?|essays?"
    r"|diar(?:y|ies)|memoirs?|scripts?|musicals?|operas?|symphon(?:y|ies)|speech(?:es)?|statements?|petitions?|manuscripts?"
    r"|pamphlets?|posters?|lists?|opinions?|columns?|documents?|e-?mails?|texts?|posts?|maps?|code|laws?|bills?|plans?"
    r"|research|music|wr(?:ote|itten|iting)|writes?|authors?|publish\w*|compos(?:er|ed))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\b(?:links?|urls?)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:who|author)\b", re.IGNORECASE)


def asks_for_source(question: str, turns: Sequence[Turn]) -> bool:
    """Whether a question is on the article that the last answer is from, and not on something written in it."""
    match = _ASKED.fullmatch(question)
    if match is None:
        return False
    thing = match["written"] or match["dated"] or match["from"] or ""
    if " " in thing or not thing:
        return True
    since = next((n for n, turn in enumerate(reversed(turns), 1) if turn.articles), len(turns))
    told = [turn for turn in turns[len(turns) - since :] if not turn.answer.startswith(FROM)]
    spoken_of = " ".join(f"{turn.question} {turn.answer if thing.casefold() == 'it' else ''}" for turn in told)
    return _WRITTEN.search(spoken_of) is None


def source_told(question: Question, heads: Sequence[ArticleHead], text_of: Callable[[ArticleHead], str]) -> Answer:
    """Which articles the last answer is from, with publisher, day and authors; they are offered with their links."""
    asked = question.asked or question.text
    told = [_told(head, link=_LINK.search(asked) is not None) for head in heads]
    reason = f"{FROM} {' and '.join(told)}."
    if _AUTHOR.search(asked) and not all(head.authors for head in heads):
        reason += " No author is recorded for it." if len(heads) == 1 else " For some no author is recorded."
    offered = tuple(cite(n, head, _begins(text_of(head)), text_of(head)) for n, head in enumerate(heads, 1))
    # Like what the bot says of itself, it is no sentence of an article.
    return Answer(replace(question, kind=QuestionKind.HELP), (), (), abstained=True, reason=reason, nearest=offered)


def _told(head: ArticleHead, *, link: bool) -> str:
    day = f"published on {head.published_on:%-d %B %Y}" if head.published_on else "undated"
    authors = f"by {' and '.join(head.authors)}" if head.authors else None
    where = ", ".join(filter(None, (head.source, day, authors, head.url if link else None)))
    return f"“{head.title}” ({where})"


def _begins(text: str) -> Stretch:
    return next(iter(sentences(text[:_READ])), Stretch(0, min(len(text), _READ)))


_READ = 1_000  # characters in which the first sentence is looked for

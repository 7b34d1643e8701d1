"""How the articles on a topic begin, for whoever asks for it as such: "tell me about the strike", "what is the row
about?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice

from retrieval.annotation.sentences import sentences
from retrieval.answering.citations import cite
from retrieval.answering.relative_days import with_days
from retrieval.schema import Answer, AnswerSentence, ArticleHead, FoundPassage, Question, Stretch
from retrieval.search.words import content_words, stems

OPENINGS = "This is how the articles on it begin."

_POLITE = r"^\W*(?:(?:so|and|but|ok|okay|hey|please|well)\W+)*"
_WITH = r"(?:with|about|on|of|at|in|over|behind|around)"
_AS_SUCH = re.compile(
    rf"{_POLITE}(?:(?:tell\s+(?:me|us)(?:\s+(?:more|something|all))?\s+about"
    rf"|what(?:['’]s|\s+is|\s+was|\s+has\s+been)\s+(?:going\s+on|happening|up)\s+{_WITH}"
    rf"|what(?:['’]s|\s+is|\s+was)\s+the\s+(?:story|situation|matter|deal|fuss|whole\s+thing)\s+{_WITH})"
    r"\s+(?P<topic>\S.{1,200}?)"
    r"|what(?:['’]s|\s+is|\s+was|\s+are|\s+were)\s+(?P<about>(?:the|this|that|all\s+the)\s+\S.{1,100}?)\s+(?:all\s+)?about)"
    r"\W*$",
    re.IGNORECASE,
)
_BEFALLEN = re.compile(
    rf"{_POLITE}what(?:['’]s|\s+has|\s+had)?\s+happened\s+(?:to|with|at|in|on|over)\s+(?P<topic>\S.{{1,200}}?)\W*$",
    re.IGNORECASE,
)
_THE_STORY = re.compile(r"\s+(?:story|stories|article|articles|news|case|affair)\W*$", re.IGNORECASE)
# What a talk may call an article's matter, in words that the article need not have: "the nap study".
_ANY_MATTER = re.compile(
    r"\s+(?:study|trial|research|meeting|incident|event|situation|issue|dispute|controversy|scandal|row|interview|review"
    r"|report|announcement|thing)s?\W*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:what|who(?:m|se)?|which|when|where|why|how|if|whether)\b", re.IGNORECASE)
_ARTICLES, _FIRST = 3, 2  # shown, and sentences that are looked at, and shown where there is one article alone
_BEGINS = 1_400  # characters in which these are looked for
_SHORTEST = 7  # words of a sentence that tells something
_ENDS = re.compile(r"[.!?][”’\"')\]]*$")
_BYLINE = re.compile(r"(?:by|from|photographs?|picture)\s+[A-Z]", re.IGNORECASE)


def asked_as_such(question: str) -> str | None:
    """The topic about which a question asks for anything there is; None where it asks for something else."""
    match = _AS_SUCH.match(question)
    return _topic(match["topic"] or match["about"]) if match else None


def asked_what_befell(question: str) -> str | None:
    """What a question asks about, what happened to it; None where it asks for something else."""
    match = _BEFALLEN.match(question)
    return _topic(match["topic"]) if match else None


def overview(
    question: Question, topic: str, passages: Sequence[FoundPassage], text_of: Callable[[ArticleHead], str]
) -> Answer | None:
    """The first sentences of the articles found whose titles, else whose titles and beginnings, have all words of the
    topic, the newest first, or all but "study" or the like; None where none has."""
    whole = _told(question, topic, passages, text_of)
    bare = _ANY_MATTER.sub("", topic)
    return whole if whole is not None or bare == topic else _told(question, bare, passages, text_of)


def _told(
    question: Question, topic: str, passages: Sequence[FoundPassage], text_of: Callable[[ArticleHead], str]
) -> Answer | None:
    wanted = stems(" ".join(content_words(topic)))
    begun: dict[int, tuple[ArticleHead, list[Stretch]]] = {}  # by story: copies of one begin alike
    for passage in passages:
        if not wanted or passage.story in begun:
            continue
        article, text = passage.article, text_of(passage.article)
        first = _first(text)
        told = " ".join((article.title, *(text[s.start : s.end] for s in first)))
        if first and wanted <= stems(told):
            begun[passage.story] = article, first
    titled = [pair for pair in begun.values() if wanted <= stems(pair[0].title)]
    found = (titled or list(begun.values()))[:_ARTICLES]
    if not found:
        return None
    newest = sorted(found, key=lambda pair: pair[0].published_on or date.min, reverse=True)
    shown = [(article, s) for article, first in newest for s in (first if len(newest) == 1 else first[:1])]
    citations = tuple(cite(n, article, s, text_of(article)) for n, (article, s) in enumerate(shown, 1))
    told_first = tuple(
        AnswerSentence(with_days(text_of(article), article.published, s, cited.text), (cited.n,))
        for cited, (article, s) in zip(citations, shown, strict=True)
    )
    return Answer(question, told_first, citations, notes=(OPENINGS,))


def _topic(text: str) -> str | None:
    """The topic that a text names; None where it asks for something of it: "what Roe said about the strike"."""
    return None if _CLAUSE.match(text) else _THE_STORY.sub("", text)


def _first(text: str) -> list[Stretch]:
    """The first sentences of an article that tell something: no headline, no byline."""
    begins = text[:_BEGINS]
    told = (s for s in sentences(begins) if s.end < len(begins) or len(text) <= _BEGINS)
    return list(islice((s for s in told if _tells(text[s.start : s.end])), _FIRST))


def _tells(sentence: str) -> bool:
    whole = _ENDS.search(sentence) is not None and _BYLINE.match(sentence) is None
    return whole and len(sentence.split()) >= _SHORTEST

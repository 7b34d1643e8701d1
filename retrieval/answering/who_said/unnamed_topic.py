"""What somebody says in an article on a topic that the words themselves do not name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.who_said.quoted import TextOf
from retrieval.schema import FoundQuotation, Question, QuotationQuery
from retrieval.search.quotations import QuotationSearch
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.passages import searched_passages
from retrieval.storage.store import Store
from retrieval.storage.word_matches import match_words

NOT_NAMED = "The words do not name the topic; the article that they stand in does."

_ON_IT = 200  # passages with all the words of a topic
_FEW = 2  # quotations of one speaker in an article that are shown though they do not name the topic
_OFTEN = 3  # times that an article names what it is about
_CLOSE = 150  # characters before what was said, in which its topic is named
_STANDS_FOR = re.compile(r"\b(?:he|him|his|she|hers?|it|its|they|them|their|this|these)\b", re.IGNORECASE)


def said_in_articles_on_it(
    query: QuotationQuery, question: Question, store: Store, search: QuotationSearch, text_of: TextOf
) -> list[FoundQuotation]:
    """The few words that somebody says in the best article which has all the words of the topic, or those in one
    paragraph where it keeps coming back to it."""
    wanted = sorted(set(content_words(query.about or "")))
    if not wanted:
        return []
    connection = store.read()
    together = " ".join(f'"{word}"' for word in wanted)
    within = store.publications.within(question.collections, question.window)
    numbers = match_words(connection, together, question.collections, within, _ON_IT)
    passages = searched_passages(connection, numbers, question.collections, question.window)
    heads = heads_by_revision(connection, sorted({passages[n].revision for n in numbers if n in passages}))
    said = search.search(replace(query, about=None), question.collections, revisions=heads)
    headed = {stem(word) for word in wanted}
    named = {stem(word) for word in wanted if word[0].isupper()}
    revisions = {head: revision for revision, head in heads.items()}
    for head in sorted(dict.fromkeys(f.article for f in said), key=lambda head: not headed <= stems(head.title)):
        here = [f for f in said if f.article == head and _is_beside(f, text_of(head), headed, named)]
        if len(here) > _FEW and not (_in_one_paragraph(here, text_of(head)) and _is_on(headed, text_of(head))):
            continue
        others = search.of_passages([revisions[head]], question.collections)
        if on_it := [f for f in here if _may_be_on(headed, f, others)]:
            return sorted(on_it, key=lambda f: f.said.start)
    return []


def _is_beside(found: FoundQuotation, text: str, topic: set[str], names: set[str]) -> bool:
    """Whether a word of a topic stands close before what was said, and its names right beside it, or in the title: what
    somebody says at the other end of an article is on something else."""
    title = stems(found.article.title)
    near = stems(text[max(0, found.said.start - _CLOSE) : found.said.end])
    beside = stems(text[(found.context or found.said).start : found.said.end])
    return bool(topic & (near | title)) and names <= beside | title


def _is_on(topic: set[str], text: str) -> bool:
    """Whether an article keeps coming back to a topic, rather than names it in passing."""
    told = Counter(stem(word) for word in re.findall(r"\w+", text))
    return all(told[word] >= _OFTEN for word in topic)


def _in_one_paragraph(found: Sequence[FoundQuotation], text: str) -> bool:
    return "\n" not in text[min(f.said.start for f in found) : max(f.said.end for f in found)]


def _may_be_on(topic: set[str], found: FoundQuotation, everything: Sequence[FoundQuotation]) -> bool:
    """Whether words may be on a topic that they do not name: not where it is another who names it right before them,
    unless a pronoun may stand for it."""
    if found.context is None or _STANDS_FOR.search(found.text):
        return True
    who, start, end = found.speaker or found.mention, found.context.start, found.said.start
    before = (f for f in everything if f.said.start < end and start < f.said.end and (f.speaker or f.mention) != who)
    return not any(2 * len(topic & stems(f.text)) >= len(topic) for f in before)

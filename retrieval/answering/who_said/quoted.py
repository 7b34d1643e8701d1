"""Quotations as sentences of an answer: what is shown of each, and what is put in brackets before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.annotation.folding import folded, folded_words
from retrieval.annotation.quotations.names import is_body, title_words
from retrieval.answering.citations import cite
from retrieval.schema import Answer, AnswerSentence, ArticleHead, FoundQuotation, Question, Stretch

_LONGEST = 900  # characters of what is shown for one quotation
_LONGEST_DESCRIPTION = 90
_MARKS = re.compile(r"[“”\"]")
_OWNER = re.compile(r"(?:[Tt]he\s+)?(?P<owner>[A-Z][\w.&-]*(?:\s+[A-Z&][\w.&-]*)*)['’]s?\s+[a-z]")
_BRACKETS = re.compile(r"[\[\]:]")
_LATE = 120  # characters before whoever speaks is named
# What is said only takes up what stands before it: "Roe denied that."
_TAKEN_UP = re.compile(
    r"(?:that|this|it|so|those|these|the (?:claim|allegation|accusation|charge|report|suggestion)s?)", re.I
)

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation and the stretch of its article that is shown for it."""

    found: FoundQuotation
    stretch: Stretch


def shown(found: FoundQuotation, *, with_context: bool = False) -> Shown:
    """The sentences with the quotation and its attribution, unless these stand far apart.

    Where the words only take up what stands before ("Roe denied that"), or `with_context`, with the sentence before.
    """
    said = found.said
    if (with_context or _TAKEN_UP.fullmatch(found.text.strip(" ."))) and found.context is not None:
        said = found.context if found.context.end - found.context.start <= _LONGEST else said
    if said.end - said.start <= _LONGEST:
        return Shown(found, said)
    pieces = found.quotation.pieces
    return Shown(found, Stretch(pieces[0].start, max(pieces[0].end, min(pieces[-1].end, pieces[0].start + _LONGEST))))


def without_others_words(item: Shown, text: str) -> Shown:
    """`item` without the sentence before it where that quotes somebody: whose words these are, it may not tell."""
    said = max(item.stretch.start, item.found.said.start)
    if _MARKS.search(text, item.stretch.start, said) is None:
        return item
    return replace(item, stretch=Stretch(said, item.stretch.end))


def with_what_follows(first: Shown, everything: Sequence[FoundQuotation], text: str) -> Shown:
    """`first` with the sentences right behind it in its paragraph in which the same speaker goes on."""
    end = first.stretch.end
    beside = [
        f for f in everything
        if f.article == first.found.article and f.speaker == first.found.speaker and f.speaker is not None
    ]  # fmt: skip
    for follower in sorted(beside, key=lambda f: f.said.start):
        gap = text[end : follower.said.start]
        if follower.said.start < end or gap.strip() or "\n" in gap:
            continue
        if follower.said.end - first.stretch.start > _LONGEST:
            break
        end = follower.said.end
    return replace(first, stretch=Stretch(first.stretch.start, end))


def compose(
    question: Question,
    items: Sequence[Shown],
    text_of: TextOf,
    most: int,
    notes: Sequence[str] = (),
    *,
    who: bool = False,
) -> Answer:
    """An answer of at most `most` quotations in the order given, each under who said it where that is not shown.

    `who`: it is asked who said it, so that whoever has no name is told by the words for him or her.
    """
    several = len({item.found.speaker for item in items}) > 1
    kept: list[Shown] = []
    told: set[frozenset[str]] = set()
    for item in items:
        words = frozenset(folded_words(item.found.text))
        # Two publishers' copies of one story quote alike.
        if any(_covers(other, item) for other in kept) or words in told:
            continue
        told.add(words)
        wider = next((i for i, other in enumerate(kept) if _covers(item, other)), None)
        if wider is not None:
            kept[wider] = item
            continue
        kept.append(item)
        if len(kept) == most:
            break
    texts = [text_of(item.found.article) for item in kept]
    kept = [without_others_words(item, text) for item, text in zip(kept, texts, strict=True)]
    return Answer(
        question,
        tuple(
            AnswerSentence(_sentence(item, text, in_full=several, who=who), (n,))
            for n, (item, text) in enumerate(zip(kept, texts, strict=True), start=1)
        ),
        tuple(
            cite(n, item.found.article, item.stretch, text)
            for n, (item, text) in enumerate(zip(kept, texts, strict=True), start=1)
        ),
        notes=tuple(notes),
    )


def with_speakers(answer: Answer, said: Sequence[FoundQuotation]) -> Answer:
    """An answer in the articles' own words, with whoever a sentence calls "he" or "she" named before it; `said` is all
    that is quoted in the articles."""
    cited = {c.n: c for c in answer.citations}

    def named(sentence: AnswerSentence) -> AnswerSentence:
        c = cited[sentence.citations[0]]
        here = [
            f for f in said
            if f.article == c.article and any(p.start < c.end and c.start < p.end for p in f.quotation.pieces)
        ]  # fmt: skip
        speakers = {f.speaker for f in here}
        if len(speakers) != 1 or not all(is_pronoun(f.mention) for f in here):
            return sentence
        (name,) = speakers
        told = folded_words(sentence.text)
        if name is None or folded_words(name)[-1] in told:
            return sentence
        described = " ".join((here[0].quotation.description or "").split())
        told_too = 0 < len(described) <= _LONGEST_DESCRIPTION and not _BRACKETS.search(described)
        beside = f", {described}" if told_too else ""
        return replace(sentence, text=f"[{name}{beside}:] {sentence.text}")

    return replace(answer, sentences=tuple(named(s) for s in answer.sentences))


def holds_post_there(found: FoundQuotation, asked: str, text_of: TextOf) -> bool:
    """Whether whoever is quoted has a post where the speaker asked about has it ("Alm's director"): by the words for
    the speaker, the sentences the quotation stands in, or the title of the article. True where no such place is named.
    """
    owner = _OWNER.match(asked)
    if owner is None:
        return True
    article = text_of(found.article)
    text = article[found.said.start : found.said.end]
    post = re.escape(asked.split()[-1])
    if found.context is not None and re.search(rf"\b(?:its|his|her|their)\s+(?:[\w-]+\s+){{0,2}}{post}\b", text, re.I):
        text = article[found.context.start : found.context.end]  # whose it is stands in the sentence before
    told = f"{found.quotation.description or ''} {found.mention or ''} {text} {found.article.title}"
    return set(folded_words(owner["owner"])) <= set(folded_words(told))


def said_on(found: FoundQuotation) -> date:
    """The day on which it was said, else published; the earliest day there is where neither is known."""
    said = found.quotation.said_on
    return (said.last if said else None) or found.article.published_on or date.min


def is_pronoun(mention: str | None) -> bool:
    """Whether a mention names nobody."""
    return mention is None or folded(mention).strip() in title_words().pronouns


def _sentence(item: Shown, text: str, *, in_full: bool, who: bool) -> str:
    """What is shown, with the speaker in brackets right before what he or she says, never before other words."""
    stretch = item.stretch
    begins = max(stretch.start, item.found.said.start)
    context, said = (" ".join(text[s:e].split()) for s, e in ((stretch.start, begins), (begins, stretch.end)))
    before = _before(item.found, text, Stretch(begins, stretch.end), in_full=in_full)
    mention = item.found.mention or ""
    if who and item.found.speaker is None and not is_pronoun(mention) and any(c.isalpha() for c in mention):
        before = "" if said.startswith(mention) else mention
    return " ".join(part for part in (context, f"[{before}:]" if before else "", said) if part)


def _before(found: FoundQuotation, text: str, stretch: Stretch, *, in_full: bool) -> str:
    """Name, description and day of saying, as far as what is shown lacks them; empty where it lacks nothing."""
    if found.speaker is None:
        return ""
    here = set(folded_words(text[stretch.start : stretch.end]))
    name = _named(found, text, stretch, in_full=in_full)
    described = " ".join((found.quotation.description or "").split())
    told = " " not in described or set(folded_words(described)) <= here
    parts = [name] if name else []
    if not told and len(described) <= _LONGEST_DESCRIPTION and not _BRACKETS.search(described):
        parts = [found.speaker, described]
    mention = found.quotation.mention
    if not parts and mention is not None and mention.start - stretch.start > _LATE:
        parts = [part for part in (found.speaker, found.manner) if part]  # who speaks would be told only at its end
    said = found.quotation.said_on
    if said is not None and said.first is not None and said.first == said.last:
        day = f"{said.first:%-d %B %Y}"
        if not set(folded_words(day)) <= here:
            parts.append(day if parts else f"On {day}")
    return ", ".join(parts)


def _named(found: FoundQuotation, text: str, stretch: Stretch, *, in_full: bool) -> str | None:
    """The speaker's name where what is shown lacks it; `in_full` where a surname could be somebody else's."""
    if found.speaker is None:
        return None
    name = folded_words(found.speaker)
    mention = found.quotation.mention
    if mention is None or found.mention is None or not stretch.start <= mention.start < mention.end <= stretch.end:
        return found.speaker
    # A full name after "the chief engineer" names him; after "he" it may be somebody else's.
    beside = set(folded_words(found.mention))
    if not is_pronoun(found.mention) and not beside & set(name):
        beside = set(folded_words(text[stretch.start : stretch.end]))
    if not in_full and is_body(tuple(found.speaker.split())) and beside & set(name):
        return None
    wanted = set(name) if in_full else {name[-1]} if name else set()
    return None if wanted <= beside else found.speaker


def _covers(wider: Shown, item: Shown) -> bool:
    """Whether what is shown for one quotation has all that is shown for another."""
    article, other = wider.found.article, item.found.article
    same = (article.collection, article.id) == (other.collection, other.id)
    return same and wider.stretch.start <= item.stretch.start and item.stretch.end <= wider.stretch.end

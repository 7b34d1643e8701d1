"""Which of the quotations found are shown: those near the best, one of each speaker first, those that are certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.annotation.quotations.names import title_words
from retrieval.answering.genders_told import is_of_other_gender
from retrieval.answering.who_said.quoted import TextOf, is_pronoun
from retrieval.schema import ArticleHead, FoundQuotation, Stance
from retrieval.search.speech_questions import SpeechQuestion, Wanted
from retrieval.search.words import content_words, stem, stems

BESIDE_BEST = 0.7
"""Of the best score: what else is shown."""

_WHERE = re.compile(r"\s(?:at|in|on|during|after|before)\s", re.IGNORECASE)
_BESIDE = 300  # characters before what was said in which it is told of whom
_SURE = 0.6  # share of the topic's words that stand in the sentence of whoever is named as having said it
_SHARED = 1 / 3  # share of the topic's words that are said in whatever other words
_NEAR, _AHEAD = 0.7, 0.05  # score of a quotation in other words that is sure, and how far the next has to be behind


def told_to(addressee: str | None, found: Sequence[FoundQuotation], text_of: TextOf) -> list[FoundQuotation]:
    """Those of `found` said to `addressee`, all of them where none is known to be."""
    return said_to(addressee or "", found, text_of) or list(found)


def said_to(addressee: str, found: Sequence[FoundQuotation], text_of: TextOf) -> list[FoundQuotation]:
    """Those of `found` that are known to be said to `addressee`, also as "her" where one so called is named before."""
    wanted = {stem(word) for word in content_words(addressee)}
    told = [(f, stems(f.addressee or "")) for f in found]
    named = [f for f, whom in told if wanted and whom and (wanted <= whom or whom <= wanted)]
    return named or [f for f in found if wanted and _may_be_called_so(addressee, f, text_of(f.article))]


def _may_be_called_so(addressee: str, found: FoundQuotation, text: str) -> bool:
    """Whether words are said to "him" or "her", and `addressee` is named before, of no other gender; of two with one
    surname either may be meant by that alone."""
    pronoun = (found.addressee or "").casefold()
    *first, last = addressee.split()
    name = re.search(rf"\b{re.escape(last)}\b", text[: found.said.start], re.IGNORECASE)
    if pronoun not in ("him", "her") or name is None:
        return False
    bearers = {m[1].casefold() for m in re.finditer(rf"\b([A-Z][\w’'-]+)\s+{re.escape(name[0])}\b", text)}
    if len(bearers - title_words().titles) > 1:
        return not first
    return not is_of_other_gender(name[0], pronoun, text)


def not_to_others(addressee: str | None, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """`found` without what was said to somebody else than `addressee`, and without what they say themselves: "Roe
    testified that she was told to wait" does not tell who told her."""
    wanted = {stem(word) for word in content_words(addressee or "")}
    if not wanted:
        return list(found)
    return [
        f
        for f in found
        if (not f.addressee or is_pronoun(f.addressee) or wanted & stems(f.addressee))
        and not wanted & stems(f.speaker or f.mention or "")
    ]


def near_its_head(
    topic: str | None, found: Sequence[FoundQuotation], text_of: Callable[[ArticleHead], str]
) -> list[FoundQuotation]:
    """`found` without what is said before the name is named that a topic begins with: asked "about Roe at the fair",
    what somebody said of the fair in an article that tells of Roe elsewhere is on something else."""
    head, *rest = _WHERE.split(topic or "")
    wanted = {stem(word) for word in content_words(head)}
    if len(content_words(head)) != 1 or not rest:
        return list(found)
    (word,) = content_words(head)
    # A name stands inside sentences and never in small letters, as what a headline gives a capital does.
    name = re.compile(rf"(?<=[a-z,;] ){re.escape(word.capitalize())}\b")
    noun = re.compile(rf"\b{re.escape(word.lower())}\b")

    def is_beside(f: FoundQuotation) -> bool:
        text = text_of(f.article)
        near = stems(text[max(0, f.said.start - _BESIDE) : f.said.end])
        return bool(wanted & near) or name.search(text) is None or noun.search(text) is not None

    return [f for f in found if is_beside(f)]


def one_each(found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """`found` with the best of every speaker before the second best of any."""
    rank: dict[str, int] = {}
    turns: list[tuple[int, FoundQuotation]] = []
    for f in found:
        who = f.speaker or f.mention or ""
        rank[who] = rank.get(who, -1) + 1
        turns.append((rank[who], f))
    return [f for _, f in sorted(turns, key=lambda turn: turn[0])]


def near_the_best(asked: SpeechQuestion, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """Those near the best; denials first where a denial is asked for."""
    if (asked.wanted is Wanted.DENIALS) and (denials := [f for f in found if f.quotation.stance is Stance.DENIED]):
        found = denials
    least = BESIDE_BEST * found[0].score
    return [f for f in found if f.score >= least]


def certain_ones(asked: SpeechQuestion, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """Those of which it is certain who said them and that they are what is asked after."""
    wanted = {stem(word) for word in content_words(asked.topic)}
    if not wanted:
        return []
    certain = [
        f
        for f in found
        if (f.speaker or not is_pronoun(f.mention))
        and len(wanted & stems(f.text)) >= _SURE * len(wanted)
        and (asked.wanted is not Wanted.DENIALS or f.quotation.stance is Stance.DENIED)
    ]
    if certain:
        return near_the_best(asked, certain)
    # In other words, but far nearer to the question than anything else that was said.
    alone = bool(found) and (len(found) == 1 or found[0].score - found[1].score >= _AHEAD)
    return (
        [found[0]]
        if alone
        and asked.wanted is not Wanted.DENIALS
        and found[0].speaker
        and found[0].score >= _NEAR
        and len(wanted & stems(found[0].text)) >= _SHARED * len(wanted)
        else []
    )


def is_said_to_deny(speaker: str | None, text: str) -> bool:
    """Whether an article says that somebody, by the last word of a name, denied something: "Mr Roe denied that"."""
    named = re.escape(speaker.split()[-1]) if speaker and speaker.split() else ""
    return (
        bool(named)
        and re.search(rf"\b{named}(?:\s[\w’'-]+){{0,4}}?\s(?:den(?:y|ies|ied)|disput\w+)\b", text) is not None
    )

"""What an abstention says: what was looked for, what of it the nearest articles do not even name, and which sentence
comes nearest to an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.questions.asked_for import AskedFor, Wanted
from retrieval.answering.questions.nationalities import known
from retrieval.schema import ArticleHead, FoundPassage, Window
from retrieval.search.words import content_words, stem, stems

NOTHING_FOUND = "The articles do not answer that."
NOTHING_PLAIN = "I found no sentence that plainly answers that."
FROM = "The last answer is from"
_UNCLEAR = "It is not clear wh"
_NOTHING_SAID = re.compile(r"The articles (?:(?:quote|name) .{1,120}, but I found n|do not (?:answer|say) )")
_OF_SOMEBODY = re.compile(
    r"\W*(?P<before>(?:[\w’'-]+\s+){0,4}?)(?:did|does|do|is|was|has|had|will|would|can|could|should)\s+(?P<who>s?he|the\s+other\s+one)\b",
    re.IGNORECASE,
)
_OTHERWISE = "ask in other words, or in the language of the articles"
_LONGEST = 300  # characters of a sentence that is told
_MOST = 6  # words of the question that are named
_KINDS = {
    AskedFor.NUMBER: "a number",
    AskedFor.AMOUNT: "an amount",
    AskedFor.MEASURE: "a measure",
    AskedFor.EXTENT: "a length or a time",
    AskedFor.AGE: "an age",
    AskedFor.DAY: "a day",
    AskedFor.DURATION: "a length of time",
    AskedFor.PERSON: "a person",
    AskedFor.BODY: "an organisation",
    AskedFor.PLACE: "a place",
    AskedFor.NAME: "a name",
    AskedFor.POST: "a post",
    AskedFor.REASON: "a reason",
    AskedFor.DEFINITION: "a description",
    AskedFor.POSITION: "a position",
    AskedFor.WORDS: "something said",
    AskedFor.YES_NO: "a yes or a no",
}


def unclear_whom(question: str) -> str | None:
    """What to say where a question asks of "he", "she" or "the other one", and neither it nor its conversation tells
    who that is."""
    match = _OF_SOMEBODY.match(question)
    if match is None or any(word[0].isupper() for word in match["before"].split()[1:]):
        return None  # whom some article calls so is not meant
    who = " ".join(match["who"].lower().split())
    return f"{_UNCLEAR}{'om' if ' ' not in who else 'at'} “{who}” means: ask again with a name."


def unclear_what(question: str) -> str:
    """What to say of a "when?" for which no conversation tells what it is about."""
    return f"{_UNCLEAR}at “{question.strip()}” is about: ask it in full."


def unclear_topic(pronoun: str) -> str:
    """What to say of "about that" where no conversation tells what that is."""
    return f"{_UNCLEAR}at “{pronoun.lower()}” means: ask again with its name."


def unclear_correction(text: str) -> str:
    """What to say of "no, the other one" where nothing tells what is meant."""
    return f"{_UNCLEAR}at “{text.strip()}” corrects: ask the question in full."


def is_abstention(answer: str) -> bool:
    """Whether what was shown as an answer says that there is none, or tells of an article alone; the names in it are of
    what was looked for, or of the article's author."""
    nothing = (NOTHING_FOUND, NOTHING_PLAIN, _UNCLEAR, FROM)
    return answer.startswith(nothing) or _NOTHING_SAID.match(answer) is not None


def is_in_another_script(question: str, texts: Sequence[str]) -> bool:
    """Whether a question is written in letters that none of `texts` has: "谁当选了市长？" of articles in English."""
    letters = {c for c in question.casefold() if c.isalpha()}
    told = {c for text in texts for c in text.casefold()}
    return bool(letters) and letters.isdisjoint(told)


def nothing_found(question: str, wanted: Wanted, passages: Sequence[FoundPassage]) -> str:
    """Why there is no answer: names and words that the nearest articles lack, or what was looked for in them."""
    told = {s for p in passages for s in stems(f"{p.text} {p.article.title} {p.article.source or ''}")}
    words = content_words(wanted.about) or content_words(question)
    if not words or not any(known(stem(word), told) for word in words):
        return f"{NOTHING_FOUND} None of the question's words stands in the articles nearest to it: {_OTHERWISE}."
    named = [n for n in names_in(question) if n.start > 0 or len(n.words) > 1]  # the first word has a capital anyway
    names = [name.text for name in named if not all(known(stem(word), told) for word in name.words)]
    if names:
        return f"{NOTHING_FOUND} Those nearest to it do not name {' or '.join(dict.fromkeys(names))}."
    kind = _KINDS.get(wanted.kind, "a sentence")
    return f"{NOTHING_FOUND} I looked for {kind} beside {_listed([f'“{word}”' for word in words[:_MOST]])}."


def nothing_within(window: Window) -> str:
    """Why there is no answer where no article lies in the window that was asked for."""
    days = " and ".join(
        f"{word} {day:%-d %B %Y}" for word, day in (("from", window.first), ("up to", window.last)) if day
    )
    what = " ".join(filter(None, (f"by {window.source}" if window.source else "", f"published {days}" if days else "")))
    return f"{NOTHING_FOUND} None of them is {what}: ask without that, or name another."


def with_nearest(reason: str, sentence: str, article: ArticleHead) -> str:
    """A reason with the sentence that comes nearest to an answer, so that people may judge for themselves."""
    told = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST].rsplit(' ', 1)[0]} …"
    day = f"{article.published_on:%-d %B %Y}" if article.published_on else "undated"
    where = ", ".join(filter(None, (article.source, day)))
    reason = reason.replace(f": {_OTHERWISE}.", ".")
    return f"{reason.replace(NOTHING_FOUND, NOTHING_PLAIN, 1)} The nearest one ({where}): {told}"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]

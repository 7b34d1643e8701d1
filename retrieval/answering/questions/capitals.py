"""The capitals that articles give the names in a question that was typed without any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.annotation.quotations.names import Name, is_body, names_in, title_words
from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.schema import Question

_WORD = re.compile(r"[^\W_](?:(?!['’]s(?!\w))[\w’'.-])*(?<=\w)")
_LOWER = re.compile(r"(?<![\w’'-])[a-zß-ÿ][\w’'-]*")
_CAPITAL = re.compile(r"(?<!^)[A-ZÀ-ÖØ-Þ]")
_WITHIN = re.compile(r"[^\s.!?:“\"‘'][”\"’']*[^\S\n][“\"‘']?$")  # a sentence; its first word has a capital anyway
_LONGEST = 4  # words of a name
_WHOLE_NAME = 2  # words; a single one that is a name elsewhere may be none here: "open" of "the U.S. Open"
_OF_A_NAME = frozenset((AskedFor.AGE, AskedFor.DEFINITION))


def may_lack_capitals(question: str) -> bool:
    """Whether a question has no capital behind its first letter."""
    return _CAPITAL.search(question) is None


def with_capitals(question: str, texts: Sequence[str], *, least: int = 2, least_words: int = 1) -> str:
    """`question` with its names written as `texts` have them; as it is where it has a capital behind its first letter.

    A name of one word counts only where the texts have it `least` times, within a sentence too, and never in lower
    case; none does that has fewer than `least_words`.
    """
    if not may_lack_capitals(question):
        return question
    names = _forms(texts, least)
    words = list(_WORD.finditer(question))
    written, at, i = "", 0, 0
    while i < len(words):
        for length in range(min(_LONGEST, len(words) - i), least_words - 1, -1):
            run = words[i : i + length]
            form = names.get(tuple(_key(w.group()) for w in run))
            if form is not None:
                written += question[at : run[0].start()] + form
                at, i = run[-1].end(), i + length
                break
        else:
            i += 1
    return written + question[at:]


def with_name(question: Question, texts: Sequence[str]) -> Question:
    """A question who somebody is, or how old, with the name as `texts` write it: "ned" is no participle where "Ned" is
    a name. Any other is understood as well as it stands."""
    text, topic = (with_capitals(words, texts, least_words=_WHOLE_NAME) for words in (question.text, question.topic))
    return replace(question, text=text, topic=topic) if asked_for(topic).kind in _OF_A_NAME else question


def _forms(texts: Sequence[str], least: int) -> dict[tuple[str, ...], str]:
    """How names are written, by their words in lower case: whole ones, parts of several words, surnames."""
    lower = {word.group() for text in texts for word in _LOWER.finditer(text)} | title_words().openers
    forms: dict[tuple[str, ...], str] = {}
    seen: Counter[str] = Counter()
    within: set[str] = set()
    for text in texts:
        for name in names_in(text):
            for part in _parts(name):
                key = tuple(_key(word) for word in part if word != "&")  # which is no word of the question
                form = forms.setdefault(key, " ".join(part))
                if form.isupper():  # a dateline's capitals count while no other form is found
                    forms[key] = " ".join(part)
            seen[_key(name.words[-1])] += 1
            if len(name.words) > 1 or name.title or _WITHIN.search(text, 0, name.start) is not None:
                within.add(_key(name.words[-1]))
    often = {word for word, times in seen.items() if times >= least and word in within - lower}
    return {words: form for words, form in forms.items() if len(words) > 1 or words[0] in often}


def _parts(name: Name) -> Iterator[Sequence[str]]:
    words = (*name.title.split(), *name.words)
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + _LONGEST) + 1):
            yield words[start:end]
    if len(name.words) == 1 or not is_body(name.words):
        yield name.words[-1:]


def _key(word: str) -> str:
    return word.casefold().strip(".")

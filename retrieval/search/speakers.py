"""Finding speakers by what somebody types: surname, full name, another name, with or without a title and accents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.annotation.folding import folded, folded_words
from retrieval.annotation.quotations.names import SUFFIXES, title_words
from retrieval.schema import Speaker

_PLURAL = re.compile(r"(?<=[a-z]{3})s$")
# Whom a question means by "officials": offices that are held, by the nouns of a description.
_OFFICES = frozenset(
    """official minister secretary spokesman spokeswoman spokesperson president premier chancellor governor mayor
    councillor councilor senator congressman congresswoman lawmaker ambassador envoy diplomat commissioner inspector
    police ministry department government authority authorities agency council cabinet administration chief general
    admiral colonel prosecutor judge superintendent officer regulator""".split()  # noqa: SIM905
)
_OWNER = re.compile(r"(?:(?<=^)|(?<=\s))[\w.-]+(?: [A-Z][\w.-]+)*(?:['’]s|s['’])\s")
_COMPLEMENT = re.compile(r",|\s(?:for|of|to|at|in|on|with|from|by|under|against|who|whose|which|that)\s")
_POSSESSIVE = re.compile(r"(?P<owner>\S.*?)(?:['’]s|(?<=s)['’])\s+(?P<noun>\S.*)$")
_OFFICIALS = frozenset(("official", "authority", "authorities"))


@dataclass(frozen=True, slots=True)
class SpeakerQuery:
    """What was typed for a speaker: its folded words, titles taken off where a name is left.

    "Roe's daughter" has an `owner` and a `noun` besides.
    """

    words: tuple[str, ...]
    text: str
    owner: str | None = None
    noun: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return not self.words


def speaker_query(text: str) -> SpeakerQuery:
    """`text` ready to be compared with names."""
    words = folded_words(text)
    while len(words) > 1 and (words[0] in title_words().titles or words[0] in ("the", "a", "an", "any", "some")):
        words = words[1:]
    owned = _POSSESSIVE.match(text.strip())
    return SpeakerQuery(words, text, owned["owner"], owned["noun"]) if owned else SpeakerQuery(words, text)


def is_named(query: SpeakerQuery, name: str) -> bool:
    """Whether `name` is what was asked for: the same words, a surname, a first name, or first and last of more."""
    wanted = tuple(w for w in query.words if w not in SUFFIXES) or query.words
    have = tuple(w for w in folded_words(name) if w not in SUFFIXES)
    if not wanted or not have:
        return False
    if wanted == have:
        return True
    if len(have) > 1 and (_POSSESSIVE.match(name) or name.split()[-1].islower()):
        return wanted == have[-len(wanted) :]  # "Roe's department", "Roe campaign": neither is Roe
    if len(wanted) == 1:
        return wanted[0] in (have[0], have[-1]) or any(wanted[0] in w.split("-") for w in have)
    if len(have) == 1:
        return False  # a surname alone may be somebody else's
    at = 0
    for word in wanted:  # in order, all of them: "Kim Un" is not "Kim Jong Il", nor is "Un Kim" anybody
        found = next((i for i in range(at, len(have)) if _same_word(word, have[i])), None)
        if found is None:
            return False
        at = found + 1
    return have[-1] == wanted[-1] or have[0] == wanted[0]


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def meant(query: SpeakerQuery, speakers: Mapping[int, Speaker]) -> set[int]:
    """The numbers of the speakers that are meant; where one bears the very name, no others."""
    fits = {pk for pk, s in speakers.items() if any(is_named(query, name) for name in (s.name, *s.other_names))}
    exactly = {
        pk
        for pk in fits
        for name in (speakers[pk].name, *speakers[pk].other_names)
        if folded_words(name) == query.words
    }
    if len(query.words) > 1 and exactly:
        return exactly
    return fits


def describes(query: SpeakerQuery, text: str) -> bool:
    """Whether words for a speaker ("the police", "North Korean diplomats") are what was asked for.

    Whom somebody works for does not count ("Roe's lawyer" is not Roe), save that a spokesman speaks for a body.
    """
    wanted = [_singular(w) for w in query.words]
    head = _COMPLEMENT.split(_OWNER.sub(" ", text), maxsplit=1)[0]
    have = {_singular(w) for w in folded_words(head)}
    if wanted and wanted[-1] in _OFFICIALS and have & _OFFICES:
        return all(w in have for w in wanted[:-1])
    if wanted and query.words[-1] in title_words().bodies and any(w.startswith("spokes") for w in have):
        have = {_singular(w) for w in folded_words(text)}
    return bool(wanted) and all(w in have for w in wanted)


def may_describe(query: SpeakerQuery) -> frozenset[str]:
    """Of what a folded text has one at least, for which `describes` or `is_named` may hold: the first or the last word,
    or an office. The words between, as in "guests of the inn", stand in thousands of texts."""
    if query.empty:
        return frozenset()
    named = tuple(w for w in query.words if w not in SUFFIXES) or query.words
    words = frozenset(_singular(word) for word in (named[0], named[-1], query.words[-1]))
    return words | _OFFICES if _singular(query.words[-1]) in _OFFICIALS else words


def complete(prefix: str, speakers: Iterable[Speaker], limit: int) -> list[Speaker]:
    """At most `limit` speakers of whom a word of a name begins like `prefix`, the most quoted first."""
    wanted = " ".join(folded(prefix).split())
    fits = [s for s in speakers if any(_begins(wanted, name) for name in (s.name, *s.other_names))]
    return sorted(fits, key=lambda s: (-s.quoted, s.name.casefold()))[:limit]


def _begins(prefix: str, name: str) -> bool:
    words = folded(name).split()
    return any(" ".join(words[i:]).startswith(prefix) for i in range(len(words)))


def _singular(word: str) -> str:
    return _PLURAL.sub("", word)

"""What a message claims that somebody said, and who it says did."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.annotation.quotations.names import names_in

_QUOTED = re.compile(r"“([^”\n]{8,1500})”|\"([^\"\n]{8,1500})\"|«([^»\n]{8,1500})»|(?<!\w)‘([^’\n]{8,1500})’(?!\w)")
_LONGEST = 1_500  # characters of a message that are looked for
_FEWEST = 3  # words in quotation marks that are a claim
_SAID = (
    r"(?:said|says|say|claimed|claims|told\s+\S+|tweeted|wrote|writes|declared|announced|insisted|admitted|stated|argued"
    r"|warned|added|replied|once\s+said|allegedly\s+said)"
)
_NAME = r"(?P<name>[^\n,;:()“”\"«»–—]{2,80}?)"
_AFTER = (
    re.compile(rf"\s*[,.!?]?\s*(?i:{_SAID})\s+{_NAME}\s*(?:[,.;:!?()\n–—]|$|\s(?:on|in|at|to|about|when|after)\s)"),
    re.compile(rf"\s*[,.]?\s*{_NAME}\s+(?i:{_SAID})\b"),
    re.compile(rf"\s*(?:[-–—―~]|--|\()\s*{_NAME}\s*(?:[,.;:()\n]|$)"),
    re.compile(rf"\s*[,.]?\s*(?i:according\s+to)\s+{_NAME}\s*(?:[,.;:!?()\n]|$)"),
)
_BEFORE = (
    re.compile(rf"(?:^|[\n.!?;]\s*|,\s+|\b(?i:that|did|and|but|so)\s+){_NAME},?\s+(?i:(?:just|really|actually|also|once)\s+)?(?i:{_SAID})"
               r"(?:\s+that)?\s*[:,]?\s*$"),
    re.compile(rf"(?:^|\n)\s*{_NAME}\s*:\s*$"),
    re.compile(rf"(?i:according\s+to)\s+{_NAME}\s*[:,]\s*$"),
)  # fmt: skip
_NOBODY = re.compile(r"(?:some|any|every|no)(?:body|one)|people|others", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a message says were said, and by whom; `speaker` is None where it names nobody."""

    words: str
    speaker: str | None = None


def claimed_in(content: str) -> Claim:
    """The longest stretch of a message in quotation marks with the name beside it, else all of the message."""
    text = re.sub(r"(?m)^>\s?", "", content[:4000])
    quoted = [m for m in _QUOTED.finditer(text) if len((words := _words(m)).split()) >= _FEWEST and words]
    if not quoted:
        return Claim(text[:_LONGEST])
    longest = max(quoted, key=lambda m: len(_words(m)))
    return Claim(_words(longest)[:_LONGEST], _speaker(text, longest))


def _words(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "")


def _speaker(text: str, quoted: re.Match[str]) -> str | None:
    after, before = text[quoted.end() : quoted.end() + 160], text[max(0, quoted.start() - 160) : quoted.start()]
    for pattern in _AFTER:
        if (match := pattern.match(after)) is not None and (name := _named(match["name"])) is not None:
            return name
    for pattern in _BEFORE:
        if (match := pattern.search(before)) is not None and (name := _named(match["name"])) is not None:
            return name
    return None


def _named(words: str) -> str | None:
    """The name in `words`, None where it has none: "Jane Roe" in "the mayor, Jane Roe", nothing in "somebody"."""
    before = re.split(r"\s(?:of|from|for|in|at)\s", words.strip(" *_~`"))[0]
    names = [name for name in names_in(before) if not _NOBODY.fullmatch(name.text)]
    return names[-1].text if names else None

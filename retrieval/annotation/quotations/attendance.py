"""Initials in minutes: "Present: Judith Roe (Chair), Alan Poe" tells who "JR" and "AP" are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.annotation.quotations.names import Name, names_in
from retrieval.schema import Stretch

_ATTENDED = re.compile(r"(?:also |members )?(?:present|in attendance|attending|attendees|apologies)[^:\n]{0,20}:", re.I)


def initials_of(text: str, within: Sequence[Stretch]) -> Iterator[tuple[str, Name]]:
    """The initials that stand for one alone of the persons listed as attending, each with the name."""
    listed: dict[str, list[Name]] = {}
    for paragraph in within:
        for line in re.finditer(r"[^\n]+", text[paragraph.start : paragraph.end]):
            head = _ATTENDED.match(line[0])
            if head is None:
                continue
            start = paragraph.start + line.start() + head.end()
            for name in names_in(text, start, paragraph.start + line.end()):
                if len(name.words) > 1:
                    listed.setdefault("".join(w[0] for w in name.words), []).append(name)
    for letters, names in listed.items():
        if len({name.text for name in names}) == 1 and re.search(rf"\b{letters}\b", text):
            yield letters.lower(), names[0]

"""Words in quotation marks: they stand in a cited passage, in one quotation, and are shown in its own characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.annotation.quotations.marks import Quoted, quoted_stretches
from retrieval.answering.verification.cited import CitedPassage, Fault, Finding
from retrieval.schema import Stretch

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ‘.,\-‐‑][^\W_]+)*")
_GAP = re.compile(r"\[[^\[\]\n]{0,120}\]|…|\.(?:\s?\.){2,}")
_FOLDED = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"})
_FEW = 2  # words: a name or a term in quotation marks may stand without them in the passage


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words of a written sentence and where they stand: `at` in the passage, the whole with its gaps."""

    written: Quoted
    passage: CitedPassage
    at: Stretch


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A sentence with its quotations replaced by the source's characters, and what was found."""

    text: str
    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]


def check_quotations(sentence: str, passages: Sequence[CitedPassage]) -> QuotedWords:
    """Look up every quotation of `sentence`; typographic marks, white space, ellipses and insertions make no odds."""
    quotes: list[Quote] = []
    findings: list[Finding] = []
    text, shift = sentence, 0
    for quoted in quoted_stretches(sentence, [Stretch(0, len(sentence))]):
        inner = sentence[quoted.inner.start : quoted.inner.end]
        found = _places(inner, passages)
        own = [(p, at) for p, at in found if _in_one_quotation(p, at)]
        whole = own or [(p, at) for p, at in found if _outside(p, at) and len(inner.split()) <= _FEW]
        if not whole:
            fault = Fault.JOINED_QUOTATIONS if found and _crosses(*found[0]) else Fault.QUOTED_WORDS
            findings.append(Finding(fault, inner.strip()))
            continue
        passage, at = whole[0]
        quotes.extend(Quote(quoted, p, stretch) for p, stretch in whole)
        replaced = _as_printed(inner, passage.text[at.start : at.end])
        text = text[: quoted.inner.start + shift] + replaced + text[quoted.inner.end + shift :]
        shift += len(replaced) - len(inner)
    return QuotedWords(text, tuple(quotes), tuple(findings))


def _places(inner: str, passages: Sequence[CitedPassage]) -> list[tuple[CitedPassage, Stretch]]:
    parts = [keys for piece in _GAP.split(inner) if (keys := [k for k, _ in _words(piece)])]
    return [(p, at) for p in passages if parts for at in _find(parts, p.text)]


def _words(text: str) -> Iterator[tuple[str, Stretch]]:
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match.group()).translate(_FOLDED).casefold(), Stretch(*match.span())


def _find(parts: Sequence[Sequence[str]], text: str) -> Iterator[Stretch]:
    """Every place where the parts follow each other, whatever stands between two of them."""
    listed = list(_words(text))
    keys = [key for key, _ in listed]
    for begin in _runs(keys, parts[0], 0):
        end = begin + len(parts[0])
        for part in parts[1:]:
            at = next(_runs(keys, part, end), None)
            if at is None:
                return
            end = at + len(part)
        yield Stretch(listed[begin][1].start, listed[end - 1][1].end)


def _runs(keys: Sequence[str], part: Sequence[str], start: int) -> Iterator[int]:
    size = len(part)
    for at in range(start, len(keys) - size + 1):
        if keys[at] == part[0] and list(keys[at : at + size]) == list(part):
            yield at


def _marked(passage: CitedPassage) -> list[Quoted]:
    return quoted_stretches(passage.text, [Stretch(0, len(passage.text))])


def _in_one_quotation(passage: CitedPassage, at: Stretch) -> bool:
    return any(q.start <= at.start and at.end <= q.end for q in _marked(passage))


def _outside(passage: CitedPassage, at: Stretch) -> bool:
    return not any(q.start < at.end and at.start < q.end for q in _marked(passage))


def _crosses(passage: CitedPassage, at: Stretch) -> bool:
    return sum(q.start < at.end and at.start < q.end for q in _marked(passage)) > 1


def _as_printed(written: str, source: str) -> str:
    """The source's characters; where the writer left something out or put something in, part by part."""
    lead = written[: len(written) - len(written.lstrip())]
    trail = re.search(r"[\s.,;:!?…—–-]*$", written)
    if not _GAP.search(written):
        return lead + source + (trail.group() if trail else "")
    shown, position = [], 0
    for piece in re.split(rf"({_GAP.pattern})", written):
        keys = [k for k, _ in _words(piece)]
        if not keys or _GAP.fullmatch(piece):
            shown.append(piece)
            continue
        at = next(_find([keys], source[position:]))
        before, after = re.match(r"\s*", piece), re.search(r"[\s.,;:!?—–-]*$", piece)
        printed = source[position + at.start : position + at.end]
        shown.append((before.group() if before else "") + printed + (after.group() if after else ""))
        position += at.end
    return "".join(shown)

"""From an article's text to its attributions: parse what needs parsing, then join clauses and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.cues import Lexicon, lexicon
from retrieval.annotation.quotations.joining import join_quotes
from retrieval.annotation.quotations.marks import Quoted, quoted_stretches
from retrieval.annotation.quotations.names import title_words
from retrieval.annotation.quotations.reading import ParsedSentence, read_sentence
from retrieval.annotation.quotations.transcripts import transcribed
from retrieval.annotation.sentences import paragraphs, sentences
from retrieval.annotation.time.datelines import after_dateline
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST_SENTENCE = 4000  # characters

Parse = Callable[[Iterable[str]], Iterable["Doc"]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sentences and its quoted stretches; unparsed sentences have no tokens."""

    stretch: Stretch
    sentences: tuple[ParsedSentence, ...]
    quoted: tuple[Quoted, ...]
    attributions: tuple[Attribution, ...]


def extract(text: str, parse: Parse, within: Sequence[Stretch] | None = None) -> list[Attribution]:
    """The attributions of `text`, in order; `within` are the paragraphs to read (default: all)."""
    return join_quotes(text, read(text, parse, within))


def read(text: str, parse: Parse, within: Sequence[Stretch] | None = None) -> list[Paragraph]:
    """The paragraphs of `text` with what each sentence attributes by its grammar alone."""
    words = lexicon()
    cut: list[tuple[Stretch, list[Stretch], list[Quoted]]] = []
    wanted: list[Stretch] = []
    within = paragraphs(text) if within is None else within
    transcript = transcribed(text, within)
    for paragraph in within:
        if paragraph in transcript:
            cut.append((paragraph, [], []))
            continue
        quoted = quoted_stretches(text, [paragraph])
        told = Stretch(after_dateline(text, _after_label(text, paragraph), paragraph.end), paragraph.end)
        parts = list(_cut_within_quotes(text, sentences(text, [told]), quoted))
        cut.append((paragraph, parts, quoted))
        wanted.extend(s for s in parts if _needs_parsing(text, s, quoted, words))
    docs = dict(zip(wanted, parse([text[s.start : s.end] for s in wanted]), strict=True))
    read_paragraphs = []
    for paragraph, parts, quoted in cut:
        parsed = tuple(ParsedSentence(s, docs.get(s), quoted) for s in parts)
        if paragraph in transcript:
            read_paragraphs.append(Paragraph(paragraph, (), (), (transcript[paragraph],)))
            continue
        found = tuple(a for sentence in parsed if sentence.doc is not None for a in read_sentence(sentence, words))
        read_paragraphs.append(Paragraph(paragraph, parsed, tuple(quoted), found))
    return read_paragraphs


# "**18:05** " in a running report, "*Update, 3 May: ".
_LABEL = re.compile(
    r"[*_\s]*(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:[*_:–—\s-]*[*:–—]|(?=\s[A-Z]))"
    r"|(?P<word>[A-Z]\w*)(?:, (?:[^:\n“\"]|:\d){1,30})?:(?!\d))[*_\s]*"
)


def _after_label(text: str, paragraph: Stretch) -> int:
    """Where a paragraph begins behind the time or the label at its head, which nobody says."""
    match, heads = _LABEL.match(text, *paragraph), title_words().labels | title_words().askers
    if match is None or (match["word"] is not None and match["word"].lower() not in heads):
        return paragraph.start
    return match.end() if match.end() < paragraph.end else paragraph.start


_INNER_END = re.compile(r"[.?!]\s+(?=[A-Z])")


def _cut_within_quotes(text: str, parts: Sequence[Stretch], quoted: Sequence[Quoted]) -> Iterator[Stretch]:
    """`parts` cut where a sentence ends inside quotation marks: only what is next to the cue needs parsing."""
    for part in parts:
        start = part.start
        for q in quoted:
            if q.start >= part.end or q.end <= start or q.single:
                continue
            for match in _INNER_END.finditer(text, max(start, q.inner.start), min(part.end, q.inner.end)):
                if match.end() < part.end:
                    yield Stretch(start, match.start() + 1)
                    start = match.end()
        yield Stretch(start, part.end)


def _needs_parsing(text: str, sentence: Stretch, quoted: Sequence[Quoted], words: Lexicon) -> bool:
    """A sentence without a cue outside its quotation marks attributes nothing; one of pages is no sentence.

    One right before quotation marks may tell who speaks next: "Roe shook her head. “Not today.”"
    """
    if sentence.end - sentence.start > _LONGEST_SENTENCE:
        return False
    if any(sentence.end <= q.start and not text[sentence.end : q.start].strip() for q in quoted):
        return True
    position, outside = sentence.start, []
    for q in quoted:
        if q.end <= sentence.start or q.start >= sentence.end:
            continue
        outside.append(text[position : max(position, q.start)])
        position = max(position, q.end)
    outside.append(text[position : max(position, sentence.end)])
    return words.has_cue(" ".join(outside))

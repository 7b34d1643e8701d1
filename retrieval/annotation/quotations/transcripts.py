"""Transcripts: paragraphs that begin with who speaks, "ROWE: We will see."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.names import title_words
from retrieval.schema import Stretch

# A label in capitals or up to four capitalised words, perhaps with a role in brackets.
_LABEL = re.compile(r"[“\"]?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?: \([^()\n]{1,40}\))?:[ \t]+(?=\S)")
_FEWEST_OTHERS = 4  # paragraphs with labels in small letters that make a transcript
_TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|[Uu]s)\b|\?")
_TALKED = 0.4  # share of turns with "I", "you" or a question in them
_LOWER = re.compile(r"\b[a-z][a-z’'-]+")


def transcribed(text: str, within: Sequence[Stretch]) -> dict[Stretch, Attribution]:
    """The paragraphs of `within` that a speaker's label opens, each with its attribution."""
    labelled: list[tuple[Stretch, re.Match[str]]] = []
    for paragraph in within:
        match = _LABEL.match(text, paragraph.start, paragraph.end)
        if match and match.end() < paragraph.end and title_words().labels.isdisjoint(match.group(1).lower().split()):
            labelled.append((paragraph, match))
    if not labelled:
        return {}
    counts = Counter(match.group(1) for _, match in labelled)
    lower = set(_LOWER.findall(text))
    capitals = {label for label in counts if label.isupper() and len(label) > 2 and not _is_heading(label, lower)}
    talk = len(capitals) > 1 and any(counts[label] > 1 for label in capitals)  # else headings: "MIAMI: Three wins"
    others = {label for label, n in counts.items() if not label.isupper() and n > 1}
    turns = [text[match.end() : paragraph.end] for paragraph, match in labelled if match.group(1) in others]
    spoken = sum(_TALK.search(turn) is not None for turn in turns) >= _TALKED * len(turns)
    enough = len(turns) >= _FEWEST_OTHERS and len(others) > 1 and spoken  # else a listing: "Getting There: By ferry"
    return {
        paragraph: Attribution(
            pieces=(Stretch(match.end(), paragraph.end),),
            cue=(Stretch(match.end(1), match.end(1) + 1),),
            mention=Stretch(*match.span(1)),
            phrase=Stretch(*match.span(1)),
            verbatim=True,
        )
        for paragraph, match in labelled
        if (talk and match.group(1) in capitals) or (enough and match.group(1) in others)
    }


def _is_heading(label: str, lower: set[str]) -> bool:
    """Whether a label of several words begins with a common word: "MEDAL ALERT"."""
    words = label.casefold().split()
    return len(words) > 1 and words[0] in lower

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
_FEWEST_CAPITALS, _FEWEST_OTHERS = 2, 4  # labelled paragraphs that make a transcript


def transcribed(text: str, within: Sequence[Stretch]) -> dict[Stretch, Attribution]:
    """The paragraphs of `within` that a speaker's label opens, each with its attribution."""
    labelled: list[tuple[Stretch, re.Match[str]]] = []
    for paragraph in within:
        match = _LABEL.match(text, paragraph.start, paragraph.end)
        if match and match.end() < paragraph.end and title_words().labels.isdisjoint(match.group(1).lower().split()):
            labelled.append((paragraph, match))
    counts = Counter(match.group(1) for _, match in labelled)
    capitals = sum(n for label, n in counts.items() if label.isupper())
    others = {label for label, n in counts.items() if not label.isupper() and n > 1}
    enough = sum(counts[label] for label in others) >= _FEWEST_OTHERS and len(others) > 1
    return {
        paragraph: Attribution(
            pieces=(Stretch(match.end(), paragraph.end),),
            cue=(Stretch(match.end(1), match.end(1) + 1),),
            mention=Stretch(*match.span(1)),
            phrase=Stretch(*match.span(1)),
            verbatim=True,
        )
        for paragraph, match in labelled
        if (match.group(1).isupper() and len(match.group(1)) > 2 and capitals >= _FEWEST_CAPITALS)
        or (enough and match.group(1) in others)
    }

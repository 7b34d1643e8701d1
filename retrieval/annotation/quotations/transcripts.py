"""Transcripts: paragraphs that begin with who speaks, "ROWE: We will see."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.names import is_body, names_in, title_words
from retrieval.schema import Stretch

# A label in capitals or up to four capitalised words, perhaps with a role in brackets, perhaps bold in Markdown.
_LABEL = re.compile(
    r"(?P<bold>\*\*|__)?[“\"]?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?: \([^()\n]{1,40}\)|, [A-Z][A-Z. -]{2,30})?"
    r"(?:(?:\*\*|__):|:(?:\*\*|__)|:)[ \t]+(?=\S)"
)
_DIRECTION = re.compile(r"(?:\([a-z][^()\n]{0,40}\)|\[[a-z][^\[\]\n]{0,40}\]|\([A-Z ]+\))\s*")  # "(laughs)"
_ASKED, _ANSWERED = ("q", "question"), ("a", "answer")
_INTERVIEW = re.compile(r"\binterview|\b(?:spoke|talked|sat down|talks|speaks)\s(?:to|with)\b|\banswer(?:s|ed)\b", re.I)
_FEWEST_OTHERS = 4  # paragraphs with labels in small letters that make a transcript
_TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|[Uu]s)\b|\?")
_TALKED = 0.4  # share of turns with "I", "you" or a question in them
_LOWER = re.compile(r"\b[a-z][a-z’'-]+")


def transcribed(text: str, within: Sequence[Stretch]) -> dict[Stretch, Attribution]:
    """The paragraphs of `within` that a speaker's label opens, each with its attribution."""
    opened = [(p, m) for p in within if (m := _LABEL.match(text, p.start, p.end)) and m.end() < p.end]
    answers = _answers(text, within, opened)
    lists = title_words()
    labelled: list[tuple[Stretch, re.Match[str]]] = []
    for paragraph, match in opened:
        if (lists.labels | lists.askers).isdisjoint(match.group(2).lower().split()) and paragraph not in answers:
            labelled.append((paragraph, match))
    if not labelled:
        return answers
    counts = Counter(match.group(2) for _, match in labelled)
    lower = set(_LOWER.findall(text))
    capitals = {label for label in counts if label.isupper() and len(label) > 2 and not _is_heading(label, lower)}
    surnames = Counter(m.group(2).split()[-1] for _, m in labelled if m.group(2) in capitals)
    talk = len(surnames) > 1 and max(surnames.values()) > 1  # else headings: "MIAMI: Three wins"
    others = {label for label, n in counts.items() if not label.isupper() and n > 1}
    turns = [text[match.end() : paragraph.end] for paragraph, match in labelled if match.group(2) in others]
    spoken = sum(_TALK.search(turn) is not None for turn in turns) >= _TALKED * len(turns)
    enough = len(turns) >= _FEWEST_OTHERS and len(others) > 1 and spoken  # else a listing: "Getting There: By ferry"
    return answers | {
        paragraph: _turn(text, paragraph, match, Stretch(*match.span(2)))
        for paragraph, match in labelled
        if (talk and match.group(2) in capitals) or (enough and match.group(2) in others)
    }


def _turn(text: str, paragraph: Stretch, match: re.Match[str], speaker: Stretch) -> Attribution:
    end, start = paragraph.end, match.end()
    while (direction := _DIRECTION.match(text, start, end)) is not None and direction.end() < end:
        start = direction.end()
    colon = text.index(":", match.end(2))
    if match["bold"] and text[end - 2 : end] == match["bold"]:
        end -= 2  # the whole turn is bold
    return Attribution(
        pieces=(Stretch(start, end),),
        cue=(Stretch(colon, colon + 1),),
        mention=speaker,
        phrase=speaker,
        verbatim=True,
    )


def _answers(
    text: str, within: Sequence[Stretch], opened: Sequence[tuple[Stretch, re.Match[str]]]
) -> dict[Stretch, Attribution]:
    """The turns of an interview labelled "A", where the article says for certain who answers; who asks is nobody."""
    labels = {match.group(2).lower() for _, match in opened}
    if labels.isdisjoint(_ASKED) or labels.isdisjoint(_ANSWERED):
        return {}
    by_name = [(p, m) for p, m in opened if " " in m.group(2) and _answers_question(text, p, within, opened)]
    names = {match.group(2) for _, match in by_name}
    if len(names) > 1:
        return {}
    speaker = (
        Stretch(*by_name[0][1].span(2)) if names else _interviewed(text, Stretch(within[0].start, opened[0][0].start))
    )
    if speaker is None:
        return {}
    turns = [*by_name, *((p, m) for p, m in opened if m.group(2).lower() in _ANSWERED)]
    return {p: _turn(text, p, m, Stretch(*m.span(2)) if " " in m.group(2) else speaker) for p, m in turns}


def _answers_question(
    text: str, paragraph: Stretch, within: Sequence[Stretch], opened: Sequence[tuple[Stretch, re.Match[str]]]
) -> bool:
    """Whether the paragraph before is another's question."""
    before = next((p for p in reversed(within) if p.end <= paragraph.start), None)
    labelled = before is not None and any(p == before for p, _ in opened)
    return before is not None and labelled and text[before.start : before.end].rstrip("*_ ").endswith("?")


def _interviewed(text: str, introduction: Stretch) -> Stretch | None:
    """The only person whom an introduction names, where it tells of an interview."""
    if _INTERVIEW.search(text, *introduction) is None:
        return None
    named = [n for n in names_in(text, *introduction) if len(n.words) > 1 and not is_body(n.words)]
    return Stretch(named[0].start, named[0].end) if len({n.text for n in named}) == 1 else None


def _is_heading(label: str, lower: set[str]) -> bool:
    """Whether a label of several words begins with a common word: "MEDAL ALERT"."""
    words = label.casefold().split()
    return len(words) > 1 and words[0] in lower

"""Who a sentence that begins with "he" or "she" speaks of, where the sentence before leaves no doubt."""

from __future__ import annotations

import re

from retrieval.answering.speech import SAY, speakers_named

_BEGINS = re.compile(rf"^(?P<pronoun>He|She)(?=\s+(?:also\s+|later\s+|then\s+)?{SAY}\b)")
_FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+")
_MASCULINE = re.compile(r"\b(?:Mr|Sir|Lord|he|his|him|himself|chairman|spokesman|king|prince|father|son)\b\.?")
_FEMININE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Lady|Dame|she|her|hers|herself|chairwoman|spokeswoman|queen|mother"
    r"|daughter)\b\.?"
)


def with_speaker(sentence: str, before: str | None) -> str:
    """`sentence` with its speaker in square brackets behind the pronoun it begins with; as it is where that is open.

    Certain is one speaker alone: the sentence before names one, and nothing else in it is named with two words or has
    the other gender.
    """
    match = _BEGINS.match(sentence)
    if match is None or not before:
        return sentence
    named = set(speakers_named(before))
    if len(named) != 1:
        return sentence
    (name,) = named
    others = {other for other in _FULL_NAME.findall(before) if name not in other and other not in name}
    wrong = _FEMININE if match["pronoun"] == "He" else _MASCULINE
    if others or wrong.search(before):
        return sentence
    at = match.end()
    return f"{sentence[:at]} [{name.rstrip(',.')}]{sentence[at:]}"

"""What a check is given and what it gives: the cited passages, the findings, the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from retrieval.schema import Stance, Stretch

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> unit vectors, one a row."""

BearsOut = Callable[[str, Sequence[str]], float]
"""(sentence, excerpts of the sources) -> the log-odds that these bear it out."""

Entails = Callable[[str, str], float]
"""(premise, hypothesis) -> the probability in [0, 1] that the first entails the second."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that the article gives to somebody. `names` are all it calls them by; empty where it is unclear who speaks.

    `cue` is the verb or phrase that attributes, `[start, end)` where the words stand in the passage.
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    cue: str = ""
    stance: Stance = Stance.SAID


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as the writer was given it under `key`.

    `sentences` and `said` are stretches of `text`. `published` resolves its relative dates. `article` is the text of
    the whole article, from which full names and the persons behind pronouns are taken; nothing else is.
    """

    key: str
    text: str
    sentences: tuple[Stretch, ...]
    title: str = ""
    source: str | None = None
    published: date | None = None
    said: tuple[Said, ...] = ()
    article: str = ""

    def sentence_texts(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[start:end] for start, end in self.sentences]


class Fault(StrEnum):
    """What is wrong with a written sentence."""

    NO_CITATION = "no valid citation"
    QUOTED_WORDS = "words in quotation marks that the passage does not have"
    JOINED_QUOTATIONS = "two quotations joined into one"
    WRONG_SPEAKER = "words given to another speaker"
    NUMBER = "a number that the passages do not have"
    DATE = "a date that the passages do not have"
    NAME = "a name that the passages do not have"
    NEGATION = "negated in one and not in the other"
    MODALITY = "certain in one and open in the other"
    ROLES = "who did it and to whom it was done are exchanged"
    ATTRIBUTION = "told as a fact where the passage leaves it to somebody's word"
    CAUSE = "a cause that the passages do not give"
    ORDER = "an order in time that the passages do not give"
    TURNED_ORDER = "what came first and what came after are exchanged"
    SCOPE = "more or less than the passages say it of"
    CONTRARY = "the contrary of what the passage says"
    MEANING = "something the passages do not say"
    ANOTHER_YEAR = "a figure of another year than was asked for"
    LEANS = "words that lean on a sentence that is not shown"
    ECHO = "nothing that was not asked"
    MARKUP = "a link, a mention or an address"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with the words at fault."""

    fault: Fault
    words: str

    def __str__(self) -> str:
        return f"{self.fault}: {self.words}" if self.words else str(self.fault)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one sentence: `findings` empty where it is supported.

    `text` is the sentence with every quotation in the source's own characters. `support` are the sentences that
    support it, best first, as (key, stretch of the passage's text).
    """

    text: str
    findings: tuple[Finding, ...] = ()
    support: tuple[tuple[str, Stretch], ...] = field(default=())

    @property
    def supported(self) -> bool:
        return not self.findings

"""A written sentence where it is to stand: the verdict on it there, and what stands in its place where it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.sentences.agreement import FIGURES
from retrieval.answering.sentences.referents import with_names, without_connective
from retrieval.answering.verification.cited import CitedPassage, Fault, Finding, Verdict
from retrieval.answering.verification.verifier import Verifier
from retrieval.answering.verification.words import lemmas
from retrieval.answering.writing.leaning import Place, placed
from retrieval.answering.writing.model_json import Written
from retrieval.answering.writing.salvaging import own_sentence, words

# A date that the passages, as they are shown to the model, have behind a day; it is put in again when it is shown.
_COPIED_DAY = re.compile(r"(?<=\w)\s\[\d{1,2} [A-Z][a-z]+ \d{4}\]")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CREDIT = re.compile(r"(?<=\[according to )(?:The|An?|Its|His|Her|Their)\b")


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks what is written to answer `question` against the passages `given`."""

    verifier: Verifier
    question: str
    given: Mapping[str, CitedPassage]

    def check(self, written: Written, before: Verdict | None) -> Verdict:
        """The verdict on a sentence that stands behind `before`, None where nothing that is shown does."""
        text = _COPIED_DAY.sub("", written.text)
        text = text if before is not None else without_connective(text)
        named = with_names(text, before.text if before is not None else None)
        whole = named or text
        if asked_for(self.question).kind is not AskedFor.YES_NO and set(lemmas(whole)) <= set(lemmas(self.question)):
            return Verdict(text, (Finding(Fault.ECHO, text),))
        verdict = self._verified(whole, written.keys)
        if verdict.supported and (year := self._another_year(whole)) is not None:
            return replace(verdict, findings=(Finding(Fault.ANOTHER_YEAR, year),))
        if named is None:
            return _leaning(replace(verdict, text=text))
        return self._placed(verdict, before) or _leaning(verdict) if verdict.supported else verdict

    def in_its_place(self, written: Written, verdict: Verdict, before: Verdict | None) -> Verdict:
        """The verdict on a sentence that was checked before it was known what it stands behind."""
        if leans(verdict):
            return self.check(written, before)
        return self._placed(verdict, before) or _leaning(verdict) if verdict.supported else verdict

    def source(self, verdict: Verdict) -> str:
        """The sentence of the passages that comes nearest; empty where there is none."""
        return next((words(self.given[key], stretch) for key, stretch in verdict.support), "")

    def own_words(self, verdict: Verdict, before: Verdict | None) -> Verdict | None:
        """The source's own sentence for one that failed, None where there is none, or none that can stand there."""
        own = own_sentence(verdict, self.given, self.verifier.alike)
        return None if own is None else self._placed(own, before)

    def _another_year(self, text: str) -> str | None:
        """The year of a sentence that tells a figure of no year that the question names; None where it does not."""
        asked, told = set(_YEAR.findall(self.question)), _YEAR.findall(text)
        wants_figure = asked_for(self.question).kind in FIGURES - {AskedFor.DAY}
        return told[0] if wants_figure and asked and told and asked.isdisjoint(told) else None

    def _verified(self, text: str, keys: Sequence[str]) -> Verdict:
        """The verdict by the passages named; where none is, or none of those that were given, by each of these."""
        if any(key in self.given for key in keys):
            return self.verifier.verify(text, keys, self.given)
        alone = (self.verifier.verify(text, (key,), self.given) for key in self.given)
        return next((v for v in alone if v.supported), None) or self.verifier.verify(
            text, tuple(self.given), self.given
        )

    def _placed(self, verdict: Verdict, before: Verdict | None) -> Verdict | None:
        text = placed(verdict, Place(self.question, before, self.given), self.verifier.parsed)
        if text is None:
            return None
        return replace(verdict, text=_CREDIT.sub(lambda article: article[0].lower(), text))


def leans(verdict: Verdict) -> bool:
    """Whether a sentence fails because of where it stands."""
    return any(finding.fault is Fault.LEANS for finding in verdict.findings)


def _leaning(verdict: Verdict) -> Verdict:
    return replace(verdict, findings=(Finding(Fault.LEANS, verdict.text.split()[0]),))

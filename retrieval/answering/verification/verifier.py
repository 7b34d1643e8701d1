"""Checks a written sentence against the passages it cites; deterministic for one parser and one embedding model."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from retrieval.answering.verification import attribution
from retrieval.answering.verification.attribution import Parse
from retrieval.answering.verification.cited import BearsOut, CitedPassage, Embed, Entails, Fault, Finding, Verdict
from retrieval.answering.verification.clauses import Predicate, predicates
from retrieval.answering.verification.comparing import compare
from retrieval.answering.verification.days import date_supported, days_of, without_era
from retrieval.answering.verification.figures import Figure, exchanged, figures, listed, reckoned, summed_up, supports
from retrieval.answering.verification.likeness import Likeness
from retrieval.answering.verification.links import misdated, unlinked
from retrieval.answering.verification.meaning import Meaning, Source, best_sources, excerpts, sources
from retrieval.answering.verification.naming import name_supported, written_names
from retrieval.answering.verification.proper_nouns import proper_nouns, with_names
from retrieval.answering.verification.quoting import Quote, check_quotations
from retrieval.answering.verification.scope import unrestricted, wholes, widened
from retrieval.answering.verification.stated import Facts, Statement
from retrieval.answering.verification.stating import Report, unstated
from retrieval.answering.verification.words import lemma
from retrieval.schema import Quotation

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Doc

_LEAST_ENTAILED = 0.5
# Found by words and grammar, which may differ where the meaning does not; numbers, dates, names and quotations may not,
# nor may "after" and "before", which the reader's odds hardly tell apart.
_WORDING = (
    *(Fault.MEANING, Fault.NEGATION, Fault.MODALITY, Fault.ROLES, Fault.CAUSE, Fault.ORDER, Fault.SCOPE),
    Fault.CONTRARY,
)
# Log-odds. Of the lies written for this project, which grammar catches, none reads as more than 2.4
# (tests/retrieval/answering/verification/cases). Of what grammar lets pass in statements about stories that the reader
# did not learn from (tests/data/statements), one true one of 25 lies under -1.5, and four false ones of 14.
_SURE, _DOUBTED = 2.5, -1.5
_SURE_OF_WORDS = 2.2  # where only words are missing, or told of more: there none of these lies reads as more than 2.0
_WORDS = (Fault.MEANING, Fault.SCOPE)
_ROUGHER = (Fault.ROLES,)  # found by likeness of clauses: a source sentence that states it all overrules
_BEFORE = 12  # sentences of a passage that a name or pronoun may reach back over
_LONGEST = 600  # characters; what is longer is no sentence
_HOURS = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:to|and|until|–|-)\s*\d{1,2}(?:[.:]\d\d)?\s?(?P<half>[ap])\.?m", re.IGNORECASE
)
_MARKUP = re.compile(
    r"https?:|www\.|<[@#!/a-z]|@(?:everyone|here)\b|\]\(|discord\.|\b[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|gg|io|ru|xyz)\b|```|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]",
    re.IGNORECASE,
)


class Verifier:
    """Checks sentences. `parse` parses sentences, `embed` gives vectors.

    `bears_out`, if any, reads the sentence with the sources, and may overrule what grammar finds; `entails`, if any,
    judges what the rest lets pass.
    """

    def __init__(
        self, parse: Parse, embed: Embed, entails: Entails | None = None, bears_out: BearsOut | None = None
    ) -> None:
        self._parse_now, self._meaning = parse, Meaning(embed)
        self._entails, self._bears_out = entails, bears_out
        self._parsed = functools.lru_cache(maxsize=2048)(self._parse_one)
        self._predicates = functools.lru_cache(maxsize=2048)(self._predicates_one)
        self._facts = functools.lru_cache(maxsize=2048)(self._facts_one)
        self._alike = Likeness(self._meaning.near)

    def verify(self, sentence: str, keys: Sequence[str], given: Mapping[str, CitedPassage]) -> Verdict:
        """Whether the passages that `keys` name bear `sentence` out; keys that are not in `given` count for nothing."""
        sentence = " ".join(sentence.split())
        passages = [given[key] for key in dict.fromkeys(keys) if key in given]
        if not passages or not re.search(r"\w", sentence) or len(sentence) > _LONGEST:
            return Verdict(sentence, (Finding(Fault.NO_CITATION, "" if passages else " ".join(keys)),))
        if match := _MARKUP.search(sentence):
            return Verdict(sentence, (Finding(Fault.MARKUP, match.group().strip()),))
        found = self._verified(sentence, passages)
        if any(f.fault is Fault.ATTRIBUTION for f in found.findings):
            found = self._credited(found, passages) or found
        return found

    def _credited(self, verdict: Verdict, passages: Sequence[CitedPassage]) -> Verdict | None:
        """A sentence that tells as a fact what the passage leaves to somebody's word, with that credit behind it."""
        sentence, everything = verdict.text, sources(passages)
        best = best_sources(sentence, everything, self._meaning)[0][0]
        reported = attribution.reported(sentence, self._parse_now)
        said, unsettled = attribution.dropped(sentence, reported, best, everything)
        credit = attribution.credit(said) if said is not None and not unsettled else None
        if credit is None:
            return None
        found = self._verified(re.sub(r"\s*([.!?]?)$", rf", {credit[1:-1]}\1", sentence, count=1), passages)
        text = re.sub(r"\s*([.!?]?)$", rf" {credit}\1", sentence, count=1)
        return Verdict(text, (), found.support) if found.supported else None

    def _verified(self, sentence: str, passages: Sequence[CitedPassage]) -> Verdict:
        quoted = check_quotations(sentence, passages)
        findings = [*quoted.findings]
        everything = sources(passages)
        chosen = best_sources(sentence, everything, self._meaning)
        reported = attribution.reported(sentence, self._parse_now)
        findings += attribution.check_speakers(sentence, reported, quoted.quotes, passages, self._meaning)
        findings += attribution.check_heading(sentence, passages)
        findings += self._specifics(sentence, passages, everything, chosen[0][0].passage)
        written = self._written(sentence, reported, passages[0])
        findings += self._clauses(written, quoted.quotes, everything)
        findings += self._joins(sentence, passages, everything)
        if any(sentence == " ".join(s.text.split()) for s in everything):
            findings = [f for f in findings if f.fault is Fault.WRONG_SPEAKER]  # the source's own sentence
        else:
            if all(f.fault in _ROUGHER for f in findings):  # the dearest checks, and the strictest
                unstated = self._unstated(written, reported, quoted.quotes, everything, as_worded=bool(findings))
                findings = [*findings, *unstated] if unstated else []
            findings = self._read_on(sentence, everything, findings)
        if not findings:
            findings += self._entailed(sentence, chosen)
        text = quoted.text
        said, unsettled = attribution.dropped(sentence, reported, chosen[0][0], everything)
        if said is not None and not any(f.fault is Fault.ATTRIBUTION for f in findings):
            credit = attribution.credit(said)
            if credit is None or unsettled:
                findings.append(Finding(Fault.ATTRIBUTION, sentence))
            else:
                text = re.sub(r"\s*([.!?]?)$", rf" {credit}\1", text, count=1)
        support = tuple((s.passage.key, s.stretch) for s, _ in chosen)
        return Verdict(text, tuple(dict.fromkeys(findings)), support)

    def parsed(self, text: str) -> Doc:
        """A sentence as the checks read it."""
        return self._parsed(text)

    def alike(self, a: str, b: str) -> float:
        """The cosine of two sentences."""
        return self._meaning.cosines(a, [b])[0]

    # -- numbers, dates, names

    def _specifics(
        self, sentence: str, passages: Sequence[CitedPassage], everything: Sequence[Source], main: CitedPassage
    ) -> Iterator[Finding]:
        days = days_of(sentence, main.published)
        for expression in days.dates():
            ordered = [main, *(p for p in passages if p is not main)]
            if not date_supported(expression, sentence, ordered):
                yield Finding(Fault.DATE, days.words(expression))
        if (time := without_era(sentence, [p.text for p in passages])) is not None:
            yield Finding(Fault.DATE, time)
        stated = [f for s in everything for f in figures(s.text, days_of(s.text, s.passage.published).stretches)]
        spans = days.stretches
        written = figures(sentence, spans)
        for figure in written:
            yield from self._figure(sentence, figure, written, everything, stated, passages)
        if (other_way := exchanged(sentence, written, (s.text for s in everything))) is not None:
            yield Finding(Fault.NUMBER, sentence[slice(*other_way)])
        for words in written_names(sentence):
            if not name_supported(words, passages, sentence):
                yield Finding(Fault.NAME, " ".join(words))

    def _figure(
        self,
        sentence: str,
        figure: Figure,
        written: Sequence[Figure],
        everything: Sequence[Source],
        stated: Sequence[Figure],
        passages: Sequence[CitedPassage],
    ) -> Iterator[Finding]:
        if any(supports(figure, other) for other in stated):
            return
        if _is_hour(figure, sentence, passages) or summed_up(figure, written):
            return
        loose = figure.vague or any(listed(figure, s.text) for s in everything)
        if not loose and not reckoned(figure, sentence, stated) and not _in_dates(figure, passages, sentence):
            yield Finding(Fault.NUMBER, sentence[figure.stretch.start : figure.stretch.end])

    # -- who did what, and whether

    def _clauses(self, written: Facts, quotes: Sequence[Quote], everything: Sequence[Source]) -> list[Finding]:
        inside = [(q.written.start, q.written.end) for q in quotes]
        own = [p for at, p in written.predicates.items() if not any(s <= written.doc[at].idx < e for s, e in inside)]
        stated = [p for s in everything for p in self._predicates(s.text)]
        return compare(own, stated, self._meaning.near)

    def _joins(
        self, sentence: str, passages: Sequence[CitedPassage], everything: Sequence[Source]
    ) -> Iterator[Finding]:
        """Causes, orders in time, and how many or how much it is said of."""
        written, stated = self._parsed(sentence), [self._parsed(s.text) for s in everything]
        dates = days_of(sentence, passages[0].published).stretches
        yield from unlinked(written, stated, dates)
        yield from misdated(written, stated, dates)
        yield from widened(written, stated)
        yield from unrestricted(written, stated)
        yield from wholes(written, stated)

    def _written(self, sentence: str, reported: Sequence[Quotation], main: CitedPassage) -> Facts:
        pieces = tuple(piece for quotation in reported for piece in quotation.pieces)
        return Facts(with_names(self._parsed(sentence), _names_of(main)), main.published, pieces)

    def _unstated(
        self,
        written: Facts,
        reported: Sequence[Quotation],
        quotes: Sequence[Quote],
        everything: Sequence[Source],
        *,
        as_worded: bool,
    ) -> list[Finding]:
        """What no source sentence states of the same persons and things."""
        inside = [(q.written.start, q.written.end) for q in quotes]
        return unstated(
            written,
            [_report(written, q) for q in reported],
            inside,
            self._statements(everything),
            self._alike,
            lambda who, said, of: attribution.fits(who, said, of.passage),
            self._meaning.near,
            as_worded=as_worded,
        )

    def _statements(self, everything: Sequence[Source]) -> list[Statement]:
        found: list[Statement] = []
        for source in everything:
            facts = self._facts(source.text, source.passage.published, _names_of(source.passage))
            before = tuple(s.facts for s in found[-_BEFORE:] if s.passage is source.passage)
            found.append(Statement(facts, source.passage, source.stretch.start, before))
        return found

    def _read_on(self, sentence: str, everything: Sequence[Source], findings: list[Finding]) -> list[Finding]:
        """The same, but where the sentence reads as if the sources bore it out in other words, or did not at all."""
        if self._bears_out is None or any(f.fault not in _WORDING for f in findings):
            return findings
        read = [
            " ".join(" ".join(s.text.split()) for s in each) for each in excerpts(sentence, everything, self._meaning)
        ]
        odds = self._bears_out(sentence, read)
        if not findings:
            return [Finding(Fault.MEANING, sentence)] if odds < _DOUBTED else []
        sure = _SURE_OF_WORDS if all(f.fault in _WORDS for f in findings) else _SURE
        return findings if odds <= sure else []

    def _entailed(self, sentence: str, chosen: Sequence[tuple[Source, float]]) -> Iterator[Finding]:
        premise = " ".join(s.text for s, _ in chosen)
        if self._entails is not None and self._entails(premise, sentence) < _LEAST_ENTAILED:
            yield Finding(Fault.MEANING, sentence)

    def _facts_one(self, text: str, published: date | None, names: frozenset[str]) -> Facts:
        return Facts(with_names(self._parsed(text), names), published)

    def _predicates_one(self, text: str) -> list[Predicate]:
        return predicates(self._parsed(text))

    def _parse_one(self, text: str) -> Doc:
        return next(iter(self._parse_now([text.replace(" \u2212 ", " \u2013 ")])))  # a minus sign for a dash


def _names_of(passage: CitedPassage) -> frozenset[str]:
    return proper_nouns(passage.article or passage.text)


def _report(written: Facts, quotation: Quotation) -> Report:
    mention, sentence = quotation.mention, written.doc.text
    who = quotation.speaker or (sentence[mention.start : mention.end] if mention is not None else "")
    cue = frozenset(t.i for t in written.doc for c in quotation.cue if c.start <= t.idx < c.end)
    return Report(tuple((p.start, p.end) for p in quotation.pieces), who, cue)


def _is_hour(figure: Figure, sentence: str, passages: Sequence[CitedPassage]) -> bool:
    """Whether a number is the first hour of "6 to 10 a.m.", and a passage has 6 a.m."""
    match = _HOURS.match(sentence, figure.stretch.start)
    if match is None:
        return False
    hour = rf"(?<![\d.:]){match['hour']}(?:[.:]00)?\s?{match['half']}\.?m"
    return any(re.search(hour, p.text, re.IGNORECASE) for p in passages)


def _in_dates(figure: Figure, passages: Sequence[CitedPassage], sentence: str) -> bool:
    """Whether a duration is what lies between two dates of the passages, in days or in years."""
    if figure.unit not in (lemma("day"), lemma("week"), lemma("month"), lemma("year")):
        return False
    dates = [d.span.first for p in passages for d in days_of(p.text, p.published).dates() if d.span and d.span.first]
    per = {lemma("day"): 1.0, lemma("week"): 7.0, lemma("month"): 30.44, lemma("year"): 365.25}[figure.unit]
    spans = {abs((a - b).days) / per for a in dates for b in dates}
    slack = 0.01 if per == 1.0 else 0.04
    return any(abs(span - float(figure.value)) <= slack * max(1.0, float(figure.value)) for span in spans)

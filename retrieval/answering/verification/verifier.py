"""Checks a written sentence against the passages it cites; deterministic for one parser and one embedding model."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.verification import attribution
from retrieval.answering.verification.attribution import Parse
from retrieval.answering.verification.binding import Bound, bound, misbound, places
from retrieval.answering.verification.cited import CitedPassage, Embed, Entails, Fault, Finding, Verdict
from retrieval.answering.verification.clauses import Predicate, predicates
from retrieval.answering.verification.comparing import compare
from retrieval.answering.verification.covering import uncovered
from retrieval.answering.verification.days import date_supported, days_of
from retrieval.answering.verification.figures import Figure, figures, listed, reckoned, supports
from retrieval.answering.verification.links import misdated, unlinked
from retrieval.answering.verification.meaning import Meaning, Source, best_sources, printed_words, sources, unsupported
from retrieval.answering.verification.naming import name_supported, written_names
from retrieval.answering.verification.quoting import Quote, check_quotations
from retrieval.answering.verification.scope import wholes, widened
from retrieval.answering.verification.words import all_lemmas, classes, contrary, lemma
from retrieval.schema import Stretch, TimeExpression
from retrieval.search.words import content_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEAST_COSINE = 0.35  # of a sentence and the best of its sources
_LEAST_ENTAILED = 0.5
_MOST_MISSING = 0.3  # of the words that carry the meaning
_LONGEST = 600  # characters; what is longer is no sentence
_EMPTY_TAGS = ("IN", "CC", "DT", "MD", "PRP", "PRP$", "WDT", "WP", "WRB", "EX", "PDT")
_MARKUP = re.compile(
    r"https?:|www\.|<[@#!/a-z]|@(?:everyone|here)\b|\]\(|discord\.|\b[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|gg|io|ru|xyz)\b|```|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]",
    re.IGNORECASE,
)


class Verifier:
    """Checks sentences. `parse` parses sentences, `embed` gives vectors, `entails`, if any, judges entailment."""

    def __init__(self, parse: Parse, embed: Embed, entails: Entails | None = None) -> None:
        self._parse_now, self._meaning, self._entails = parse, Meaning(embed), entails
        self._parsed = functools.lru_cache(maxsize=2048)(self._parse_one)
        self._predicates = functools.lru_cache(maxsize=2048)(self._predicates_one)

    def verify(self, sentence: str, keys: Sequence[str], given: Mapping[str, CitedPassage]) -> Verdict:
        """Whether the passages that `keys` name bear `sentence` out; keys that are not in `given` count for nothing."""
        sentence = " ".join(sentence.split())
        passages = [given[key] for key in dict.fromkeys(keys) if key in given]
        if not passages or not re.search(r"\w", sentence) or len(sentence) > _LONGEST:
            return Verdict(sentence, (Finding(Fault.NO_CITATION, "" if passages else " ".join(keys)),))
        if match := _MARKUP.search(sentence):
            return Verdict(sentence, (Finding(Fault.MARKUP, match.group().strip()),))
        quoted = check_quotations(sentence, passages)
        findings = [*quoted.findings]
        everything = sources(passages)
        chosen = best_sources(sentence, everything, self._meaning)
        reported = attribution.reported(sentence, self._parse_now)
        findings += attribution.check_speakers(sentence, reported, quoted.quotes, passages, self._meaning)
        findings += self._specifics(sentence, passages, everything, chosen[0][0].passage)
        findings += self._clauses(sentence, quoted.quotes, everything)
        findings += self._joins(sentence, passages, everything)
        findings += _reversed(sentence, chosen[0][0], everything)
        findings += self._meant(sentence, passages, chosen)
        if not findings:  # the dearest check
            findings += uncovered(self._parsed(sentence), [s.text for s in everything], self._meaning.near)
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
            elif self._date_misbound(sentence, expression, everything):
                yield Finding(Fault.BINDING, days.words(expression))
        stated = {id(s): figures(s.text, days_of(s.text, s.passage.published).stretches) for s in everything}
        spans = days.stretches
        for figure in figures(sentence, spans):
            yield from self._figure(sentence, figure, everything, stated, passages)
        yield from self._misplaced(sentence, everything)
        for words in written_names(sentence):
            if not name_supported(words, passages, sentence):
                yield Finding(Fault.NAME, " ".join(words))

    def _misplaced(self, sentence: str, everything: Sequence[Source]) -> Iterator[Finding]:
        """Places that the passages connect with another happening: "held in A, broke in B"."""
        written = places(self._parsed(sentence))
        if not written:
            return
        stated = [(name, place) for s in everything for name, place in places(self._parsed(s.text), s.words)]
        for name, place in written:
            own = [b for n, b in stated if n == name]
            rivals = [b for n, b in stated if n != name]
            if misbound(replace(place, context=frozenset()), own, rivals, self._meaning.near, named=False):
                yield Finding(Fault.BINDING, name)

    def _figure(
        self,
        sentence: str,
        figure: Figure,
        everything: Sequence[Source],
        stated: Mapping[int, Sequence[Figure]],
        passages: Sequence[CitedPassage],
    ) -> Iterator[Finding]:
        own = [(s, f) for s in everything for f in stated[id(s)] if supports(figure, f)]
        if not own:
            flat = [f for s in everything for f in stated[id(s)]]
            loose = figure.vague or any(listed(figure, s.text) for s in everything)
            if not loose and not reckoned(figure, sentence, flat) and not _in_dates(figure, passages, sentence):
                yield Finding(Fault.NUMBER, sentence[figure.stretch.start : figure.stretch.end])
            return
        if figure.vague or any(f.vague for _, f in own) or (figure.value <= 1 and not figure.unit):
            return
        verb = bound(self._parsed(sentence), figure.stretch, frozenset()).verb_text
        shares = figure.unit == "%" and verb and lemma(verb) not in classes().light
        if shares and not self._tells(verb, [s for s, _ in own]):
            yield Finding(Fault.BINDING, sentence[figure.stretch.start : figure.stretch.end])
            return
        rivals = [
            (s, f)
            for s in everything
            for f in stated[id(s)]
            if f.value != figure.value
            and f.ordinal == figure.ordinal
            and not f.vague
            and (f.unit == figure.unit or (not f.unit and figure.unit != "%"))
        ]
        if misbound(
            bound(self._parsed(sentence), figure.stretch, frozenset()),
            [bound(self._parsed(s.text), f.stretch, s.words) for s, f in own],
            [bound(self._parsed(s.text), f.stretch, s.words) for s, f in rivals],
            self._meaning.near,
            counted=not figure.unit and not figure.ordinal,
        ):
            yield Finding(Fault.BINDING, sentence[figure.stretch.start : figure.stretch.end])

    def _tells(self, verb: str, told: Sequence[Source]) -> bool:
        """Whether a sentence that has a number has a word for what the verb over it says."""
        words = list(dict.fromkeys(w for s in told for w in content_words(s.text)))
        return not unsupported(verb, [verb], words, self._meaning)

    def _date_misbound(self, sentence: str, expression: TimeExpression, everything: Sequence[Source]) -> bool:
        own: list[Bound] = []
        rivals: list[Bound] = []
        for source in everything:
            for other in days_of(source.text, source.passage.published).dates():
                if other.span is None or expression.span is None:
                    continue
                place = bound(self._parsed(source.text), Stretch(other.start, other.end), source.words)
                inside = (
                    expression.span.first is not None
                    and other.span.first is not None
                    and (
                        expression.span.first <= other.span.first
                        and (other.span.last or other.span.first) <= (expression.span.last or expression.span.first)
                    )
                )
                (own if inside else rivals).append(place)
        written = bound(self._parsed(sentence), Stretch(expression.start, expression.end), frozenset())
        return misbound(written, own, rivals, self._meaning.near, named=False)

    # -- who did what, and whether

    def _clauses(self, sentence: str, quotes: Sequence[Quote], everything: Sequence[Source]) -> list[Finding]:
        inside = [(q.written.start, q.written.end) for q in quotes]
        written = predicates(self._parsed(sentence), inside)
        stated = [p for s in everything for p in self._predicates(s.text)]
        return compare(written, stated, self._meaning.near)

    def _joins(
        self, sentence: str, passages: Sequence[CitedPassage], everything: Sequence[Source]
    ) -> Iterator[Finding]:
        """Causes, orders in time, and how many or how much it is said of."""
        written, stated = self._parsed(sentence), [self._parsed(s.text) for s in everything]
        dates = days_of(sentence, passages[0].published).stretches
        yield from unlinked(written, stated, dates)
        yield from misdated(written, stated, dates)
        yield from widened(written, stated)
        yield from wholes(written, stated)

    # -- the rest of the meaning

    def _meant(
        self, sentence: str, passages: Sequence[CitedPassage], chosen: Sequence[tuple[Source, float]]
    ) -> Iterator[Finding]:
        names = {w for n in names_in(sentence) for w in n.words}
        empty = {t.text for t in self._parsed(sentence) if t.tag_ in _EMPTY_TAGS}
        words = [w for w in content_words(sentence) if w not in names | empty and not any(c.isdigit() for c in w)]
        vocabulary = printed_words(passages)
        self._meaning.learn([*words, *vocabulary])
        missing = unsupported(sentence, words, vocabulary, self._meaning)
        verbs = {t.text for t in self._parsed(sentence) if t.tag_.startswith("VB")}
        acts = [w for w in missing if (w in verbs or w in self._cores(sentence)) and lemma(w) not in classes().light]
        if acts or len(missing) > max(1, _MOST_MISSING * len(words)):
            yield Finding(Fault.MEANING, ", ".join(missing))
        elif max(c for _, c in chosen) < _LEAST_COSINE and self._joined(sentence, chosen) < _LEAST_COSINE:
            yield Finding(Fault.MEANING, sentence)
        elif self._entails is not None:
            premise = " ".join(s.text for s, _ in chosen)
            if self._entails(premise, sentence) < _LEAST_ENTAILED:
                yield Finding(Fault.MEANING, sentence)

    def _cores(self, sentence: str) -> set[str]:
        """The nouns that say who did it or to whom it was done."""
        return {
            t.text
            for t in self._parsed(sentence)
            if t.tag_ in ("NN", "NNS")
            and (t.dep_ in ("nsubj", "nsubjpass", "dobj") or (t.dep_ == "pobj" and t.head.dep_ == "agent"))
        }

    def _joined(self, sentence: str, chosen: Sequence[tuple[Source, float]]) -> float:
        return self._meaning.cosines(sentence, [" ".join(s.text for s, _ in chosen)])[0]

    def _predicates_one(self, text: str) -> list[Predicate]:
        return predicates(self._parsed(text))

    def _parse_one(self, text: str) -> Doc:
        return next(iter(self._parse_now([text])))


def _reversed(sentence: str, best: Source, everything: Sequence[Source]) -> Iterator[Finding]:
    """A word that the passages do not have, where their nearest sentence has its contrary and nobody negates."""
    own, theirs = all_lemmas(sentence), all_lemmas(best.text)
    if (own | theirs) & classes().denying_words:
        return
    known = set().union(*(all_lemmas(s.text) for s in everything))
    for word in sorted(own - known):
        if any(word in side and theirs & side for side in (classes().approving, classes().disapproving)):
            continue  # the passage has a word for the same side as well
        if any(contrary(word, other) for other in theirs - own):
            yield Finding(Fault.CONTRARY, word)


def _in_dates(figure: Figure, passages: Sequence[CitedPassage], sentence: str) -> bool:
    """Whether a duration is what lies between two dates of the passages, in days or in years."""
    if figure.unit not in (lemma("day"), lemma("week"), lemma("month"), lemma("year")):
        return False
    dates = [d.span.first for p in passages for d in days_of(p.text, p.published).dates() if d.span and d.span.first]
    per = {lemma("day"): 1.0, lemma("week"): 7.0, lemma("month"): 30.44, lemma("year"): 365.25}[figure.unit]
    spans = {abs((a - b).days) / per for a in dates for b in dates}
    slack = 0.01 if per == 1.0 else 0.04
    return any(abs(span - float(figure.value)) <= slack * max(1.0, float(figure.value)) for span in spans)

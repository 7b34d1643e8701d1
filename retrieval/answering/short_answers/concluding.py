"""What follows from two compared figures: which side has more; nothing where either is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.comparisons import Degree, degree_compared
from retrieval.answering.questions.dimensions import tells_dimension
from retrieval.answering.questions.question_syntax import Parse
from retrieval.answering.short_answers.figure_told import figure
from retrieval.answering.short_answers.told_at_once import told_at_once
from retrieval.answering.verification.figures import Figure, figures
from retrieval.answering.verification.words import lemma, same_root
from retrieval.schema import Answer, AnswerSentence, Citation
from retrieval.search.words import content_words, stems

_COMPARED = frozenset((AskedFor.NUMBER, AskedFor.AMOUNT, AskedFor.MEASURE, AskedFor.EXTENT, AskedFor.AGE))
_IN_OTHERS = (
    ("millimetre", "1/1000", "metre"), ("centimetre", "1/100", "metre"), ("kilometre", "1000", "metre"),
    ("millimeter", "1/1000", "metre"), ("centimeter", "1/100", "metre"), ("kilometer", "1000", "metre"),
    ("meter", "1", "metre"), ("mm", "1/1000", "metre"), ("cm", "1/100", "metre"), ("km", "1000", "metre"),
    ("m", "1", "metre"), ("gram", "1/1000", "kilogram"), ("tonne", "1000", "kilogram"), ("kilo", "1", "kilogram"),
    ("kg", "1", "kilogram"), ("second", "1", "second"), ("minute", "60", "second"), ("hour", "3600", "second"),
    ("day", "86400", "second"), ("week", "604800", "second"),
)  # fmt: skip
_ROUGHLY = Fraction(1, 5)  # of the larger: two figures of which one is no exact one have to lie further apart


def concluded(answer: Answer, sides: Sequence[Answer], parse: Parse) -> Answer:
    """`answer`, which joins the answers for the two sides, with what follows from their figures before it, in square
    brackets and citing both; as it is where nothing follows for certain."""
    degree = degree_compared(answer.question.text)
    if degree is None or len(sides) != 2:
        return answer
    at_once = _at_once(answer, sides, degree)
    if at_once is not None or any(side.abstained for side in sides):
        return at_once or answer
    names = (degree.one, degree.other)
    told = [_figure(side, name, parse) for side, name in zip(sides, names, strict=True)]
    cited = [_cited(answer, side.citations[0]) for side in sides]
    one, other = told
    if one is None or other is None or None in cited or _names(sides[0], degree.other) or _names(sides[1], degree.one):
        return answer
    return _with(answer, _conclusion(one, other, degree), [n for n in cited if n is not None])


def _at_once(answer: Answer, sides: Sequence[Answer], degree: Degree) -> Answer | None:
    """`answer` with what follows from one sentence that tells both sides, and that sentence alone; else None."""
    for side in sides:
        told = None if side.abstained else told_at_once(side.citations[0].text, degree)
        if told is None or asked_for(side.question.topic).kind not in _COMPARED:
            continue
        (one, first), (other, second) = told
        if not degree.counted and not tells_dimension(side.citations[0].text, side.question.topic):
            continue
        said = _conclusion((one, first), (other, second), degree)
        if said:
            citation = replace(side.citations[0], n=1)
            sentence = replace(side.sentences[0], citations=(1,))
            return _with(Answer(answer.question, (sentence,), (citation,)), said, [1])
    return None


def _with(answer: Answer, conclusion: str, cited: Sequence[int]) -> Answer:
    if not conclusion:
        return answer
    sentences = (AnswerSentence(conclusion, tuple(cited)), *answer.sentences)
    return Answer(answer.question, sentences, answer.citations, notes=answer.notes)


def _conclusion(one: tuple[Figure, str], other: tuple[Figure, str], degree: Degree) -> str:
    """Which side is the one asked for, in words; empty where that is not certain."""
    (first, said), (second, said_of_other) = one, other
    ahead = _ahead(first, second, degree)
    alike = degree.counted and not _counted(said) + _counted(said_of_other)  # bare figures: one noun counts for both
    if ahead is None or not (first.unit or alike or _counted(said) == _counted(said_of_other)):
        return ""
    winner, most, least = (degree.one, said, said_of_other) if ahead else (degree.other, said_of_other, said)
    return f"[{degree.label[0].upper()}{degree.label[1:]}: {winner}, {most} against {least}.]"


def _figure(side: Answer, name: str, parse: Parse) -> tuple[Figure, str] | None:
    """The one figure of the kind asked for in the first sentence of a side, where that sentence names the side."""
    wanted = asked_for(side.question.topic)
    text = side.citations[0].text
    if wanted.kind not in _COMPARED or not _names(side, name):
        return None
    (sentence,) = parse([text])
    shown = figure(wanted, side.question.topic, stems(side.question.topic), sentence)
    values = {f.value for f in figures(shown) if not f.ordinal}
    found = [f for f in figures(text) if f.value in values]  # "about" may stand before what is shown
    return (found[0], shown) if len(values) == len(found) == 1 else None


def _names(side: Answer, name: str) -> bool:
    """Whether the first sentence of a side has the first word that a side is called by."""
    called = lemma(content_words(name)[0]) if content_words(name) else ""
    return any(same_root(lemma(word), called) for word in content_words(side.citations[0].text))


def _counted(figure: str) -> str:
    """What a figure counts: "people"."""
    words = content_words(figure)
    return lemma(words[-1]) if words and words[-1].isalpha() else ""


def _ahead(one: Figure, other: Figure, degree: Degree) -> bool | None:
    """Whether the first side is the one asked for; None where that is not certain."""
    (first, kind), (second, other_kind) = _measured(one), _measured(other)
    if kind != other_kind or first == second or (not kind and not degree.counted):
        return None
    inexact = one.bound or other.bound or one.near or other.near
    if inexact and abs(first - second) <= _ROUGHLY * max(first, second):
        return None
    return (first > second) is not degree.downwards


def _measured(figure: Figure) -> tuple[Fraction, str]:
    """A value in the unit that all of its kind are compared in, and that unit."""
    factor, unit = _units().get(figure.unit, (Fraction(1), figure.unit))
    return figure.value * factor, unit


@cache
def _units() -> dict[str, tuple[Fraction, str]]:
    """Unit -> how many of which other unit one of it is."""
    return {form: (Fraction(factor), lemma(base)) for unit, factor, base in _IN_OTHERS for form in {lemma(unit), unit}}


def _cited(answer: Answer, citation: Citation) -> int | None:
    place = (citation.article.id, citation.start, citation.end)
    return next((c.n for c in answer.citations if (c.article.id, c.start, c.end) == place), None)

"""Which sentences are shown of those that may answer: the best one, what adds to it, and what outdates it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.sentences.barring import LEAST_POST, NOT_DONE, may_answer
from retrieval.answering.sentences.conflicts import conflicts
from retrieval.answering.sentences.corrections import corrects, takes_back, with_what_is_right
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.introduced import naming
from retrieval.answering.sentences.roles import FILLED, UNKNOWN
from retrieval.answering.sentences.selector import among, confidence
from retrieval.schema import Question
from retrieval.search.words import stems

_SENTENCES = 3  # shown at most
_INSTEAD = 0.5  # of the best sentence's share: one that has the verb asked about comes before those that lack it
_NAMING = 0.1  # of the best sentence's share: one that names or describes whom that one does not
_NAMED = 0.6  # strength of an offer from which somebody is named
_HEADED = 0.5  # of the question's words in the heading that a sentence stands under
_BESIDE_BEST = 0.1  # of the best sentence's share: what else is shown. At .2 one or two right answers in fifty less are
# shown, over the samples and the training news; at .05 one more, and half a sentence more
_AS_MUCH = 0.8  # of the question's words in the best sentence: what tells of the same thing
_DOUBTED = -2.0  # log-odds: below them the judge is believed that a sentence does not answer, however near it is
_DOUBTED_NUMBER = -3.0  # the same where a number is asked for, which stands beside what is counted or does not


def choose(question: Question, evidence: Sequence[Evidence], least_confidence: float) -> list[Evidence]:
    """The sentences to show, best first; none where nothing answers."""
    able = among(_doing(asked_for(question.text).kind, [e for e in evidence if may_answer(question, e)]))
    if able and able[0].measures.role < FILLED:
        able.sort(key=lambda e: not is_sure(e))  # stable: the best of those that say just what is asked
    if not able:
        return []
    best = able[0]
    # One of those that will be shown is to be sure enough: which of them tells it best is another matter.
    chance = max(confidence(e) for e in able[:_SENTENCES] if e.share >= _BESIDE_BEST * best.share)
    doubted = best.measures.judged < (_DOUBTED_NUMBER if best.kind is AskedFor.NUMBER else _DOUBTED)
    if not is_sure(best) and (chance < least_confidence or doubted):
        return []
    chosen = [best, *naming(best, evidence)]
    for item in able[1:]:
        if len(chosen) == _SENTENCES or item.share < _BESIDE_BEST * best.share:
            break
        elsewhere = item.passage.article.id != best.passage.article.id
        if elsewhere and not _on_the_same(item, best):
            continue
        if takes_back(item.text) and not _has_as_much(item, best):
            continue  # another thing's price
        if all(_adds(item, other) for other in chosen):
            chosen.append(item)
    chosen += _naming(best, evidence) if asked_for(question.text).kind is AskedFor.PERSON else []
    # What a newer article says otherwise is shown with what it replaces, however the two rank.
    others = [e for e in (*able, *(e for e in evidence if takes_back(e.text))) if e not in chosen]
    told = [c for c in chosen if _on_the_same(c, best)]  # another thing's price is not corrected here
    replaced = [e for e in others if any(_outdates(e, c) or _outdates(c, e) for c in told) and _on_the_same(e, best)]
    whole = [_whole(e) for e in (*chosen, *replaced[:1])]
    # Two sentences of one correction are whole in the same words.
    return [e for i, e in enumerate(whole) if all((e.passage, e.stretch) != (o.passage, o.stretch) for o in whole[:i])]


def is_sure(e: Evidence) -> bool:
    """Whether a sentence says just what is asked, and its article is of no other days."""
    return e.outright and e.measures.timely >= UNKNOWN


def _naming(best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The next sentence of the same article that names somebody, where the best only describes: "by a student"."""
    if best.measures.offered >= _NAMED or best.measures.role < FILLED:
        return []
    others = (
        e for e in evidence if e.passage.article.id == best.passage.article.id and e.share >= _NAMING * best.share
    )
    return [e for e in others if e.measures.offered > _NAMED and e.measures.predicate >= LEAST_POST][:1]


def _doing(kind: AskedFor, able: list[Evidence]) -> list[Evidence]:
    """Those that have the verb asked about with its parts filled, where they tell as much and are not far behind, and
    what the judge prefers to them; else all. Yes or no may be told by another verb: "refused" for "take"."""
    if kind in (AskedFor.YES_NO, AskedFor.POSITION):
        return able
    if kind is AskedFor.DEFINITION:
        describing = [e for e in able if (e.outright or _describes(e.measures)) and e.share >= _NAMING * able[0].share]
        return describing or able
    done = [e for e in able if e.measures.role >= FILLED or e.measures.headed >= _HEADED]
    if not done or done[0].share < _INSTEAD * able[0].share:
        return able
    if done[0].measures.context < _AS_MUCH * able[0].measures.context:
        return able
    judged = max(0.0, *(e.measures.judged for e in done))
    return [
        e for e in able if e.measures.role not in NOT_DONE or e.measures.headed >= _HEADED or e.measures.judged > judged
    ]


def _describes(m: Measures) -> bool:
    """Whether a sentence tells who or what something is, or stands under a heading that asks so."""
    return m.offered == 1.0 or m.headed >= _HEADED


def _on_the_same(e: Evidence, best: Evidence) -> bool:
    """Whether a sentence has as much of the question as the best one, or takes something back."""
    return takes_back(e.text) or _has_as_much(e, best)


def _has_as_much(e: Evidence, best: Evidence) -> bool:
    return e.measures.coverage >= _AS_MUCH * best.measures.coverage > 0


def _whole(e: Evidence) -> Evidence:
    """A correction with what it says to be right; any other sentence as it is."""
    if not takes_back(e.text):
        return e
    stretch = with_what_is_right(e.passage, e.stretch)
    start = e.passage.start
    return replace(e, stretch=stretch, text=e.passage.text[stretch.start - start : stretch.end - start])


def _adds(item: Evidence, other: Evidence) -> bool:
    """Whether a sentence says something that another does not, or says it otherwise."""
    a, b = stems(item.text), stems(other.text)
    overlap = len(a & b) / max(1, min(len(a), len(b)))
    return overlap < 0.7 or conflicts(item.text, other.text)


def outdated(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Those that a newer article contradicts or takes back."""
    return [e for e in chosen if any(_outdates(other, e) for other in chosen)]


def _outdates(newer: Evidence, older: Evidence) -> bool:
    if corrects(newer.text, older.text):
        return _day(newer) >= _day(older)
    elsewhere = newer.passage.article.id != older.passage.article.id
    return elsewhere and _day(newer) > _day(older) and conflicts(newer.text, older.text)


def _day(e: Evidence) -> date:
    return e.passage.article.published_on or date.min

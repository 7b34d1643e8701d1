"""The extractive answer: the articles' own sentences, chosen, ordered and cited; or an abstention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

from retrieval.annotation.time.datelines import after_dateline
from retrieval.answering.abstaining import is_in_another_script, nothing_found, nothing_within, with_nearest
from retrieval.answering.citations import cite
from retrieval.answering.joining import joined
from retrieval.answering.overviews import asked_as_such, asked_what_befell, overview
from retrieval.answering.parts_in_turn import answered_in_turn
from retrieval.answering.questions.abbreviations import with_abbreviations
from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.capitals import with_name
from retrieval.answering.questions.comparisons import compared
from retrieval.answering.questions.question_syntax import Parse, question_syntax
from retrieval.answering.questions.question_words import names_in, question_words
from retrieval.answering.relative_days import with_days
from retrieval.answering.sentences.answer_judge import Judge
from retrieval.answering.sentences.antecedents import in_full, with_antecedent
from retrieval.answering.sentences.asked_there import with_its_question
from retrieval.answering.sentences.barring import LEAST_NAMES, may_answer
from retrieval.answering.sentences.choosing import choose, is_sure, outdated
from retrieval.answering.sentences.corrections import takes_back
from retrieval.answering.sentences.evidence import Evidence, TextOf, gather
from retrieval.answering.sentences.expectations import with_what_came
from retrieval.answering.sentences.introduced import introduced, told_of_whom, with_whom
from retrieval.answering.sentences.namesakes import without_namesakes
from retrieval.answering.sentences.other_things import with_other_things
from retrieval.answering.sentences.part_sums import wholes_first
from retrieval.answering.sentences.parties import on_the_parties
from retrieval.answering.sentences.parts_told import with_roles
from retrieval.answering.sentences.passage_reader import PassageReader
from retrieval.answering.sentences.purposes import with_purposes
from retrieval.answering.sentences.referents import of_those_asked_about, without_other_gender
from retrieval.answering.sentences.selector import among, confidence, ranked
from retrieval.answering.short_answers.concluding import concluded
from retrieval.answering.short_answers.leads import lead
from retrieval.schema import Answer, AnswerSentence, Citation, FoundPassage, Question, QuestionKind, Stretch
from retrieval.search.words import content_words, stem, stems
from retrieval.settings import Caution
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.store import Store

_NAMED_IN = 5  # passages in which the name that a question asks about may have its capitals
_NEAREST = 3  # articles offered with an abstention
_TELLING = 3  # content words at least of the nearest sentence

LEAST_CONFIDENCE = {Caution.BOLD: 0.1, Caution.BALANCED: 0.25, Caution.CAREFUL: 0.5}
"""An answer less likely to be right than this is not given: one in ten, in four, in two."""


_LEAST_FOR_LEAD = 0.25  # confidence: a wrong short answer is worse than a sentence beside the point
_LEAST_JUDGED_FOR_LEAD = 0.0  # log-odds: the same, where the judge says that it does not answer
_PARTS_AT_ONCE = 2
_QUESTIONS = 64  # whose grammar is remembered
_JUDGED, _JUDGED_ANYWAY = 8, 4  # sentences that the judge reads at most, and at least; of a part of a question these
_JUDGED_WITHIN = 1.5  # of the best score: what is further behind it lifts too seldom to be worth its time
_UNREAD = 2.0  # log-odds that a sentence which the judge does not read counts less than the last one which it does
_LOOKED_INTO = 8  # sentences that are parsed for who does what in them
_OF_A_PART = 0.25  # of the least confidence, for a part of a question: with it 7 of 26 such questions over the samples
# were answered whole and 11 in part, without it 3 and 8

HELP = (
    "I answer from the articles I was given, with the source of every sentence: ask me what happened, when, or who said"
    " what, for example “Who said that …?” or “When did … happen?”."
)

Part = tuple[Question, Sequence[FoundPassage]]
"""A question for one fact, with the passages found for it."""

Recorded = Callable[[Question], Answer | None]


class ExtractiveAnswerer:
    """Answers with sentences of the passages. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        text_of: TextOf,
        parse: Parse,
        caution: Caution = Caution.BALANCED,
        recorded: Recorded = lambda _: None,
        judge: Judge | None = None,
    ) -> None:
        """`recorded` answers a part of a question from quotations or events, where they hold it."""
        self._store, self._text_of = store, text_of
        self._reader, self._parse = PassageReader(embedder, store.states.known), parse
        self._recorded, self._judge = recorded, judge
        self._least_confidence = LEAST_CONFIDENCE[caution]
        self._beside = ThreadPoolExecutor(_PARTS_AT_ONCE, thread_name_prefix="sides")
        # A question is read once for its sentences and once for the short answer.
        self._syntax_of = lru_cache(maxsize=_QUESTIONS)(lambda topic: question_syntax(topic, parse))

    def close(self) -> None:
        """End its threads; what is asked afterwards fails."""
        self._beside.shutdown(wait=False)

    def answer(self, question: Question, passages: Sequence[FoundPassage], parts: Sequence[Part] = ()) -> Answer:
        """The sentences of `passages` (best first) that answer, or an abstention with the nearest articles.

        `parts` are the questions that `question` is made of, each with what was found for it: each is answered for
        itself, and what finds no answer is said to be missing.
        """
        if question.kind is QuestionKind.HELP:
            return Answer(question, (), (), abstained=True, reason=HELP)
        sides = list(self._beside.map(lambda part: self._part(*part), parts))
        if sides and not compared(question.text.strip(" ?.!")):
            sides = answered_in_turn(sides, parts, self._part)
        answer = joined(question, sides) if sides else None
        if answer is None:
            return self._whole(question, passages, self._least_confidence)
        return concluded(answer, sides, self._parse)

    def _part(self, part: Question, passages: Sequence[FoundPassage]) -> Answer:
        """The answer to a part: from what is recorded, else from the passages, with less caution: it says more exactly
        what is asked for than a question of its own."""
        answer = self._recorded(part)
        if answer is not None and not answer.abstained:
            return answer
        return self._whole(part, passages, _OF_A_PART * self._least_confidence, _JUDGED_ANYWAY)

    def _whole(
        self, question: Question, passages: Sequence[FoundPassage], least_confidence: float, judged: int = _JUDGED
    ) -> Answer:
        question = with_name(question, [p.text for p in passages[:_NAMED_IN]])
        as_such = asked_as_such(question.topic)
        if as_such is not None and (told := overview(question, as_such, passages, self._text_of)) is not None:
            return told
        foreign = is_in_another_script(question.topic, [p.text for p in passages])
        evidence = self.evidence(question, passages, judged) if passages and not foreign else []
        if chosen := choose(question, evidence, least_confidence):
            return self._compose(question, chosen)
        befallen = asked_what_befell(question.topic)
        if befallen is not None and (told := overview(question, befallen, passages, self._text_of)) is not None:
            return told
        return self._abstain(question, passages, evidence)

    def evidence(self, question: Question, passages: Sequence[FoundPassage], judged: int = _JUDGED) -> list[Evidence]:
        """The sentences an answer is chosen from, best first, whether they may answer or not; none of passages that do
        not tell of whom or what the question is about."""
        syntax = self._syntax_of(question.topic)
        wanted = asked_for(question.text)
        words = content_words(wanted.about) or content_words(question.text)
        frequencies, total = self._store.frequencies.of(sorted({stem(word) for word in words}))
        small = {stem(question.topic[slice(*name)]) for name in syntax.names}
        names = names_in(passages, words) | {name for name in small if not frequencies.get(name)}
        if syntax.predicate is not None:
            names -= {stem(question.topic[slice(*syntax.predicate)])}  # "live" is no name for "Saturday Night Live"
        weighed = question_words(wanted, question.text, frequencies, total, names)
        weighed = replace(weighed, stems_of=with_abbreviations(question.topic, [p.text for p in passages]))
        gathered = gather(question, syntax, weighed, passages, self._reader, self._text_of)
        if wanted.kind is AskedFor.DEFINITION:  # only who or what is named can be told
            gathered = [e for e in gathered if e.names >= LEAST_NAMES] or gathered
        gathered = without_other_gender(question.topic, gathered, self._text_of)
        gathered = with_whom(weighed, without_namesakes(question.topic, wanted.kind, gathered))
        first = self._judged(question.topic, ranked(gathered), judged)
        looked_into = with_roles(question, syntax, weighed, first[:_LOOKED_INTO], self._parse)
        looked_into = with_other_things(question.topic, syntax, looked_into, self._parse, self._reader)
        if wanted.kind is AskedFor.REASON:
            looked_into = with_purposes(question.topic, syntax, looked_into, self._parse)
        found = ranked([*looked_into, *first[_LOOKED_INTO:]])
        if wanted.kind is AskedFor.YES_NO:
            found = of_those_asked_about(question.topic, found, self._text_of)
            found = with_what_came(question.topic, syntax, found)
        return on_the_parties(wholes_first(question.text, found), syntax, question.topic, self._reader)

    def _judged(self, topic: str, found: list[Evidence], most: int) -> list[Evidence]:
        """The same, best first, by what the judge says of the first ones too, so many at `most`; the others count
        somewhat less than the last of these."""
        if self._judge is None or not found:
            return found
        least = found[0].score - _JUDGED_WITHIN
        near = [e for n, e in enumerate(found[:most]) if n < _JUDGED_ANYWAY or e.score >= least]
        scores = self._judge.scores(topic, [self._as_judged(e) for e in near]).tolist()
        scores += [min(*scores, 0.0) - _UNREAD] * (len(found) - len(scores))
        return ranked([replace(e, measures=replace(e.measures, judged=s)) for e, s in zip(found, scores, strict=True)])

    def _as_judged(self, e: Evidence) -> str:
        """A sentence with whom it is on, or with the article's own question that it answers."""
        if introduced(e):
            return told_of_whom(e)
        return with_its_question(in_full(e.text, e.before, self._parse), e.before, e.measures.headed)

    def _compose(self, question: Question, chosen: Sequence[Evidence]) -> Answer:
        older = outdated(chosen)
        ordered = [*(e for e in chosen if e not in older), *(e for e in chosen if e in older)]
        citations = tuple(
            cite(n, e.passage.article, e.stretch, self._text_of(e.passage.article)) for n, e in enumerate(ordered, 1)
        )
        before = [_dated(e) if e in older else self._lead(question, e) if not n else "" for n, e in enumerate(ordered)]
        sentences = tuple(
            AnswerSentence(f"{short} {self._shown(e)}".lstrip(), (n,))
            for n, (short, e) in enumerate(zip(before, ordered, strict=True), 1)
        )
        return Answer(question, sentences, citations)

    def _lead(self, question: Question, e: Evidence) -> str:
        """The short answer that stands before a sentence; empty where it is not certain."""
        if takes_back(e.text) or (confidence(e) < _LEAST_FOR_LEAD and not is_sure(e)):
            return ""
        described = e.outright and e.kind is AskedFor.DEFINITION  # which grammar tells better than the judge
        if e.measures.judged < _LEAST_JUDGED_FOR_LEAD and not described:
            return ""
        syntax = self._syntax_of(question.topic)
        wanted = asked_for(question.topic[slice(*syntax.asking)])
        (sentence,) = self._parse([e.text[after_dateline(e.text) :]])
        return lead(wanted, syntax, question.topic, stems(question.topic), sentence)

    def _shown(self, e: Evidence) -> str:
        article = e.passage.article
        text = with_days(self._text_of(article), article.published, e.stretch, e.text)
        return with_antecedent(text, e.before, self._parse)

    def _abstain(self, question: Question, passages: Sequence[FoundPassage], evidence: Sequence[Evidence]) -> Answer:
        """What was looked for, and the nearest articles; the one sentence that might answer, where there is one."""
        if not passages and question.window:
            return Answer(question, (), (), abstained=True, reason=nothing_within(question.window))
        reason = nothing_found(question.text, asked_for(question.topic), passages)
        places = [(p.article, Stretch(p.start, p.end)) for p in passages]
        able = among([e for e in evidence if may_answer(question, e)])
        best = next((e for e in able if len(content_words(e.text)) >= _TELLING), None)  # "It was 60." tells nobody
        if best is not None and confidence(best) >= LEAST_CONFIDENCE[Caution.BOLD]:
            reason = with_nearest(reason, best.text, best.passage.article)
            places.insert(0, (best.passage.article, best.stretch))
        nearest: list[Citation] = []
        for article, stretch in places:
            if len(nearest) < _NEAREST and all(article.id != c.article.id for c in nearest):
                nearest.append(cite(len(nearest) + 1, article, stretch, self._text_of(article)))
        return Answer(question, (), (), abstained=True, reason=reason, nearest=tuple(nearest))


def _dated(e: Evidence) -> str:
    day = e.passage.article.published_on
    return f"[Earlier, on {day:%-d %B %Y}:]" if day else "[In an undated article:]"

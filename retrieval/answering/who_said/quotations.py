"""Answers to "who said what" out of the quotations: the sentences they stand in, or that nothing is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.folding import folded_words
from retrieval.annotation.quotations.names import title_words
from retrieval.annotation.time import Order, QuestionTime, window_of
from retrieval.answering.abstaining import unclear_topic
from retrieval.answering.citations import cite
from retrieval.answering.questions.several import parts
from retrieval.answering.questions.speech import bare_body, is_taken_up, speaks
from retrieval.answering.who_said.days_said import within_days, without_days
from retrieval.answering.who_said.disagreement import spoken_against
from retrieval.answering.who_said.quotation_choice import (
    BESIDE_BEST,
    certain_ones,
    is_said_to_deny,
    near_its_head,
    near_the_best,
    not_to_others,
    one_each,
    said_to,
    told_to,
)
from retrieval.answering.who_said.quoted import (
    TextOf,
    compose,
    holds_post_there,
    said_on,
    shown,
    with_speakers,
    with_what_follows,
)
from retrieval.answering.who_said.spoken_for import speaks_for
from retrieval.answering.who_said.unnamed_topic import NOT_NAMED, said_in_articles_on_it
from retrieval.schema import Answer, AnswerOrigin, Citation, FoundQuotation, Question, QuotationQuery, Stance, Stretch
from retrieval.search.quotations import QuotationSearch
from retrieval.search.speech_questions import SpeechQuestion, Wanted, speech_question
from retrieval.search.verb_forms import told_stem, told_stems
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.passages import searched_passages
from retrieval.storage.store import Store
from retrieval.storage.word_matches import match_words

_NO_NAME = re.compile(r"(?:he|she|it|they|his|her|hers|its|their|him|them|this|that)")
_SHOWN = 4  # quotations
_NEAREST = 3  # articles offered with an abstention
_LOOKED_AT = 40  # passages that name somebody, before it is said that none reports words
_NO_DENIAL = "No denial is reported in so many words; this is what was said on it."
_IN_ORDER = "In the order in which they were said."


class QuotationAnswerer:
    """Answers from quotations where that is certain. Safe to use from several threads."""

    def __init__(self, store: Store, search: QuotationSearch, text_of: TextOf, today: Callable[[], date]) -> None:
        self._store, self._search, self._text_of, self._today = store, search, text_of, today

    def answer(self, question: Question, otherwise: Callable[[], Answer]) -> Answer:
        """The quotations asked for; else what `otherwise` answers, unless that X said so would be a guess."""
        text = question.topic or question.text
        time = window_of(text, question.today or self._today())
        timed, untimed = speech_question(text), speech_question(without_days(text, time))
        if timed is None or untimed is None or parts(question.text):
            return otherwise()
        if untimed.speaker and is_taken_up(untimed.topic) and untimed.wanted in (Wanted.WORDS, Wanted.DENIALS):
            if not question.articles:
                return Answer(question, (), (), abstained=True, reason=unclear_topic(untimed.topic))
            timed, untimed = replace(timed, topic=""), replace(untimed, topic="")  # the articles are on it
        window, articles = question.window, frozenset(id_ for _, id_ in question.articles) or None
        days = (window.first, window.last)
        query = QuotationQuery(timed.speaker, timed.topic or None, *days, None, window.source, articles)
        narrowed = within_days(replace(query, about=untimed.topic or None), time)
        if timed.wanted is Wanted.DISAGREEMENT:
            return self._disagreement(question, _recalled(untimed, question), narrowed, otherwise)
        if timed.anybody:
            found = near_the_best(untimed, self._search.search(narrowed, question.collections))
            return self._compose(question, one_each(found), time, newest=False) if found else otherwise()
        if timed.speaker is None:  # days in what is said to have been said are part of that
            said = not_to_others(timed.addressee, self._search.search(query, question.collections))
            chosen = certain_ones(timed, [f for f in said if timed.act is None or _does(f, timed.act)])
            if not chosen:
                return self._with_speakers(otherwise())
            return self._compose(question, chosen, time, newest=False, who=True)
        if timed.wanted is Wanted.OTHERWISE:
            return self._otherwise(question, _recalled(untimed, question), narrowed, otherwise)
        return self._of_speaker(question, untimed, query, narrowed, time, otherwise)

    def _of_speaker(
        self,
        question: Question,
        asked: SpeechQuestion,
        query: QuotationQuery,
        narrowed: QuotationQuery,
        time: QuestionTime,
        otherwise: Callable[[], Answer],
    ) -> Answer:
        if question.articles and (noun := bare_body(asked.speaker or "")) is not None:
            said = self._search.search(replace(narrowed, speaker=None), question.collections)
            theirs = one_each([f for f in said if speaks_for(f, noun, self._text_of)])
            return self._compose(question, theirs, time, newest=narrowed.about is None) if theirs else otherwise()
        if asked.addressee is not None and asked.addressee == asked.topic:  # "what did Roe say to Lind?"
            everything = self._search.search(replace(narrowed, about=None), question.collections)
            if to_them := said_to(asked.addressee, everything, self._text_of):
                return self._compose(question, to_them, time, newest=True)
        found = told_to(asked.addressee, self._search.search(narrowed, question.collections), self._text_of)
        there = [f for f in found if holds_post_there(f, asked.speaker or "", self._text_of)]
        if found and not there:
            return otherwise()
        if asked.act is not None and not (there := [f for f in there if _does(f, asked.act)]):
            return otherwise()
        found = self._called_so(asked.speaker or "", near_its_head(narrowed.about, there, self._text_of), question)
        named = bool(self._search.meant(asked.speaker or "", question.collections))
        if not found and narrowed != query and query.about:
            # Said at another time, but of the days that the question names.
            wanted = {stem(word) for word in content_words(query.about)}
            found = [f for f in self._search.search(query, question.collections) if wanted <= stems(f.text)]
        if found and named:
            best = near_the_best(asked, found)
            undenied = asked.wanted is Wanted.DENIALS and not any(
                f.quotation.stance is Stance.DENIED or is_said_to_deny(f.speaker, self._text_of(f.article))
                for f in best
            )
            if asked.wanted is Wanted.DENIALS and not (best := self._on_topic(narrowed.about, best)):
                reason = f"The articles quote {asked.speaker}, but I found no denial of that."
                return Answer(question, (), (), abstained=True, reason=reason, nearest=self._nearest(found[:_NEAREST]))
            answer = self._compose(question, best, time, newest=narrowed.about is None)
            return replace(answer, notes=(*answer.notes, _NO_DENIAL)) if undenied else answer
        beside = (
            self._search.in_context(narrowed, question.collections, _SHOWN, self._text_of) if narrowed.about else []
        )
        so_called = self._called_so(
            asked.speaker or "", near_its_head(narrowed.about, [f for f, _ in beside], self._text_of), question
        )
        beside = [pair for pair in beside if pair[0] in so_called]
        if found:
            found = one_each([*near_the_best(asked, found), *(f for f, _ in beside)])
            return self._compose(question, found, time, newest=narrowed.about is None)
        if asked.wanted is Wanted.DENIALS:  # what was said beside the topic is no answer to that
            beside = [pair for pair in beside if self._on_topic(narrowed.about, [pair[0]])]
        if beside:
            near = [pair for pair in beside if pair[0].score >= BESIDE_BEST * beside[0][0].score]
            return compose(question, [shown(f, with_context=c) for f, c in near], self._text_of, _SHOWN)
        if (
            narrowed.about
            and asked.wanted is not Wanted.DENIALS
            and (told := said_in_articles_on_it(narrowed, question, self._store, self._search, self._text_of))
        ):
            return compose(question, [shown(f) for f in told], self._text_of, _SHOWN, notes=(NOT_NAMED,))
        return self._not_found(question, asked.speaker or "", narrowed, otherwise)

    def _called_so(self, speaker: str, found: Sequence[FoundQuotation], question: Question) -> list[FoundQuotation]:
        """`found` without whoever an article calls otherwise, where it calls somebody else by the one word that is
        asked with: "Griner" is then not Griner’s wife, whom it calls "Cherelle"."""
        word = folded_words(speaker)
        if len(word) != 1 or not found:
            return list(found)
        said = self._search.of_one(speaker, {f.article.id for f in found}, question.collections)
        called = {(f.article, f.speaker) for f in said if f.mention and folded_words(f.mention) == word}
        clear = {article for article, _ in called}
        return [f for f in found if f.article not in clear or (f.article, f.speaker) in called]

    def _on_topic(self, about: str | None, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
        """The quotations that stand beside half of the words of a topic; of denials those beside any."""
        wanted = {stem(word) for word in content_words(about or "")}
        told = ((f, wanted & stems(self._text_of(f.article)[f.said.start : f.said.end])) for f in found)
        return [f for f, w in told if 2 * len(w) >= len(wanted) or (w and f.quotation.stance is Stance.DENIED)]

    def _otherwise(
        self, question: Question, asked: SpeechQuestion, query: QuotationQuery, otherwise: Callable[[], Answer]
    ) -> Answer:
        """All that somebody said on a topic, the oldest first: whether it agrees is for the reader to see."""
        query = replace(query, about=asked.topic or None)
        found = self._search.search(query, question.collections)
        if query.about:
            near = self._search.in_context(query, question.collections, 2 * _SHOWN, self._text_of, titled=True)
            found = [*found, *(f for f, _ in near if all(f.quotation != g.quotation for g in found))]
        if not found:
            return self._not_found(question, asked.speaker or "", query, otherwise)
        told = sorted(found[: 3 * _SHOWN], key=lambda f: (said_on(f), f.article.id, f.said.start))
        chosen = told if len(told) <= _SHOWN else [*told[: _SHOWN // 2], *told[-(_SHOWN - _SHOWN // 2) :]]
        return compose(question, [shown(f) for f in chosen], self._text_of, _SHOWN, notes=(_IN_ORDER,))

    def _disagreement(
        self, question: Question, asked: SpeechQuestion, query: QuotationQuery, otherwise: Callable[[], Answer]
    ) -> Answer:
        """Who spoke against it; that nobody did in so many words, with what was said, else what `otherwise` answers."""
        topic, against = asked.topic, asked.against
        if against is None and topic and self._search.meant(topic, question.collections):
            topic, against = "", topic  # "who disagreed with strake?"
        if against is not None and not topic:
            revisions = self._naming(against, question)
            spoken = self._search.of_passages(revisions, question.collections) if revisions else []
        else:
            spoken = self._search.of_articles(topic or None, query, question.collections)
        chosen = spoken_against(spoken, self._text_of, topic, against)
        if chosen:
            return compose(question, [shown(f) for f in one_each(chosen)], self._text_of, _SHOWN, who=True)
        if topic and (said := self._search.search(replace(query, about=topic), question.collections, _NEAREST)):
            reason = "The articles do not say that anybody disagreed on that."
            return Answer(question, (), (), abstained=True, reason=reason, nearest=self._nearest(said))
        if against is not None and spoken:
            reason = f"The articles do not say in so many words that anybody disagreed with {against}."
            return Answer(question, (), (), abstained=True, reason=reason, nearest=self._nearest(spoken[:_NEAREST]))
        return otherwise()

    def _matching(self, expression: str, question: Question, limit: int) -> list[int]:
        """The numbers of the passages that match an FTS5 expression, best first."""
        within = self._store.publications.within(question.collections, question.window)
        return match_words(self._store.read(), expression, question.collections, within, limit)

    def _naming(self, name: str, question: Question) -> set[int]:
        """The searched revisions that have a name."""
        words = [w for w in folded_words(name) if w not in title_words().titles | {"the", "a", "an"}]
        if not words:
            return set()
        numbers = self._matching(f'"{words[-1]}"', question, _LOOKED_AT)
        found = searched_passages(self._store.read(), numbers, question.collections, question.window)
        return {passage.revision for passage in found.values()}

    def _not_found(
        self, question: Question, speaker: str, query: QuotationQuery, otherwise: Callable[[], Answer]
    ) -> Answer:
        everything = self._search.search(QuotationQuery(speaker=speaker), question.collections, _NEAREST)
        if not everything:
            return self._unquoted(question, speaker) or otherwise()
        meant = self._search.meant(speaker, question.collections)
        name = meant[0].name if len(meant) == 1 else speaker
        reason = f"The articles quote {name}, but I found nothing said{_on(query)}."
        if (query.first, query.last) == (question.window.first, question.window.last):
            other = otherwise()
            # Words that were not seen to be a quotation are shown only where they are on what was asked.
            told = other.sentences[0].text if other.sentences else ""
            if not other.abstained and _is_about(query.about, other) and speaks(speaker, told):
                return other
        return Answer(question, (), (), abstained=True, reason=reason, nearest=self._nearest(everything))

    def _with_speakers(self, answer: Answer) -> Answer:
        """An answer in the articles' own words with the names of those whom it calls "he" or "she"."""
        if answer.abstained or answer.origin is not AnswerOrigin.EXTRACTIVE:
            return answer
        articles = {c.article.id for c in answer.citations}
        return with_speakers(answer, self._search.within(articles, answer.question.collections))

    def _nearest(self, found: Sequence[FoundQuotation]) -> tuple[Citation, ...]:
        return tuple(
            cite(n, f.article, f.quotation.pieces[0], self._text_of(f.article)) for n, f in enumerate(found, 1)
        )

    def _compose(
        self,
        question: Question,
        found: Sequence[FoundQuotation],
        time: QuestionTime,
        *,
        newest: bool,
        who: bool = False,
    ) -> Answer:
        if time.order is Order.FIRST:
            found = sorted(found, key=said_on)
        elif newest or time.order is not None:
            found = sorted(found, key=said_on, reverse=True)
        beside = self._search.beside(found[: 2 * _SHOWN], question.collections)
        items = [with_what_follows(shown(f), beside, self._text_of(f.article)) for f in found]
        return compose(question, items, self._text_of, _SHOWN, who=who)

    def _unquoted(self, question: Question, speaker: str) -> Answer | None:
        """That articles name somebody and report no words of theirs; None where they do not name anybody so."""
        words = [w for w in folded_words(speaker) if w not in title_words().titles | {"the", "a", "an", "any"}]
        if not words or _NO_NAME.fullmatch(words[0]):
            return None
        connection = self._store.read()
        expression = '"' + " ".join(words) + '"'
        numbers = self._matching(expression, question, _LOOKED_AT)
        passages = searched_passages(connection, numbers, question.collections, question.window)
        heads = heads_by_revision(connection, [p.revision for p in passages.values()])
        nearest: list[Citation] = []
        name = None
        for number in numbers:
            passage = passages.get(number)
            if passage is None or passage.revision not in heads:
                continue
            here = _as_named(words, passage.text)
            called = here.split()[-1] if here else words[-1]  # with its capital it is a name and no description
            if any(speaks(called, passage.text[s - passage.start : e - passage.start]) for s, e in passage.sentences):
                return None  # words that were not recognised as a quotation
            name = name or here
            head = heads[passage.revision]
            if len(nearest) < _NEAREST and all(c.article.id != head.id for c in nearest):
                stretch = Stretch(passage.start, passage.end)
                nearest.append(cite(len(nearest) + 1, head, stretch, self._text_of(head)))
        if name is None:
            return None
        reason = f"The articles name {name}, but I found no words of {name}."
        return Answer(question, (), (), abstained=True, reason=reason, nearest=tuple(nearest))


def _does(found: FoundQuotation, act: str) -> bool:
    """Whether somebody says something by the act that a question names: "promised" for "promise"."""
    return told_stem(act) in told_stems(found.cue)


def _recalled(asked: SpeechQuestion, question: Question) -> SpeechQuestion:
    """`asked` about what the conversation was about last, where it names no topic of its own."""
    if asked.topic or asked.against or not question.turns:
        return asked
    before = speech_question(question.turns[-1].question)
    return replace(asked, topic=before.topic if before is not None else question.turns[-1].question)


def _is_about(topic: str | None, answer: Answer) -> bool:
    """Whether an answer has enough of the words of a topic, in its sentences or in their article's title."""
    wanted = {stem(word) for word in content_words(topic or "")}
    told = stems(" ".join((answer.text, *(c.article.title for c in answer.citations[:1]))))
    return bool(wanted) and 2 * len(wanted & told) >= len(wanted)


def _as_named(words: Sequence[str], text: str) -> str | None:
    """The words as `text` has them, where they stand there with capitals, as names do."""
    pattern = re.compile(r"\b\w[\w’'-]*(?:\W{1,2}\w[\w’'-]*){" + str(len(words) - 1) + r"}")
    for start in (m.start() for m in re.finditer(r"\b[^\W\d_]", text)):
        match = pattern.match(text, start)
        if match and folded_words(match.group()) == tuple(words) and match.group()[0].isupper():
            return re.sub(r"['’]s$|[()]", "", match.group())  # "Congressman (Josh) Lind"
    return None


def _on(query: QuotationQuery) -> str:
    on_that = " on that" if query.about else ""
    return f"{on_that} in that time" if query.first or query.last else on_that

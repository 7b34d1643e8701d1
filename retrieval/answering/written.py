"""The written answer: a language model's sentences, each checked against the passages that it cites.

write -> read its JSON -> verify every sentence -> let it repair once what failed -> number the citations. What fails
twice is left out; where nothing is left, or the model cannot be reached, the extractive answer stands.
"""

from __future__ import annotations

import functools
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from retrieval.answering.asked_for import asked_for
from retrieval.answering.chat_models import ChatModel, Completion
from retrieval.answering.citations import cite
from retrieval.answering.extractive import Part
from retrieval.answering.instructions import speaks_to_the_writer, visible
from retrieval.answering.model_json import Written, read_sentences
from retrieval.answering.offers import offers
from retrieval.answering.verification import CitedPassage, Verdict, Verifier
from retrieval.answering.verification.sources import cited_passage
from retrieval.errors import ModelUnavailable
from retrieval.schema import (
    Answer,
    AnswerOrigin,
    AnswerSentence,
    ArticleHead,
    Citation,
    FoundPassage,
    Question,
    QuestionKind,
    Quotation,
    Stretch,
)
from retrieval.storage.embedding import Embedder

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_PASSAGES = 6  # given to the model
_CHARACTERS = 12_000  # of passages given: some 3,000 tokens, within the window of small local models
_SENTENCES = 5  # shown at most
_TURNS = 3  # of the conversation that the model is told
_LEAST_ABOUT = 0.30  # cosine of the question and the sentence that is nearest to it
_WORTH_ASKING = 0.40  # cosine of the best passage from which the model is asked although no single sentence answers

DID_NOT_ANSWER = "The language model gave no answer; these are the articles' own sentences."
NOT_BORNE_OUT = "What the language model wrote was not borne out; these are the articles' own sentences."
SPENT = "The language model's tokens for today are spent; these are the articles' own sentences."

QuotationsOf = Callable[[ArticleHead, str], Sequence[Quotation]]
"""The quotations of a revision of an article, given its head and its text."""


class Answerer(Protocol):
    """Answers a question from found passages."""

    def answer(self, question: Question, passages: Sequence[FoundPassage], parts: Sequence[Part] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True)
class _Given:
    """A passage under its key: as found, and as checked against."""

    found: FoundPassage
    cited: CitedPassage


class WrittenAnswerer:
    """Answers in a model's words, verified; `extractive` answers where that fails. Safe to use from several threads.

    `daily_tokens` bounds what is spent a day; None is no bound.
    """

    def __init__(
        self,
        model: ChatModel,
        extractive: Answerer,
        verifier: Verifier,
        embedder: Embedder,
        text_of: Callable[[ArticleHead], str],
        quotations_of: QuotationsOf,
        *,
        today: Callable[[], date] = date.today,
        daily_tokens: int | None = None,
    ) -> None:
        self._model, self._extractive, self._verifier, self._embedder = model, extractive, verifier, embedder
        self._text_of, self._today = text_of, today
        self._spending = _Spending(daily_tokens, today)
        self._quotations = functools.lru_cache(maxsize=256)(quotations_of)

    def answer(self, question: Question, passages: Sequence[FoundPassage], parts: Sequence[Part] = ()) -> Answer:
        """A written answer, or the extractive one with a footnote that says why."""
        plain = self._extractive.answer(question, passages, parts)
        if question.kind is QuestionKind.HELP or not passages:
            return plain
        if plain.abstained and max((p.cosine or 0.0 for p in passages), default=0.0) < _WORTH_ASKING:
            return plain
        if self._spending.exhausted():
            return _with_note(plain, SPENT)
        given = self._give(passages)
        try:
            kept, dropped = self._write(question, given)
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return _with_note(plain, DID_NOT_ANSWER)
        if not kept or not self._is_about(question, kept):
            return _with_note(plain, NOT_BORNE_OUT) if kept or dropped else plain
        return self._compose(question, kept, dropped, given)

    # -- passages in, sentences out

    def _give(self, passages: Sequence[FoundPassage]) -> dict[str, _Given]:
        given: dict[str, _Given] = {}
        left = _CHARACTERS
        for found in passages[:_PASSAGES]:
            left -= len(found.text)
            if left < 0 and given:
                break
            key = f"p{len(given) + 1}"
            article = self._text_of(found.article)
            cited = cited_passage(key, found, article, self._quotations(found.article, article))
            clean = without_orders(cited)
            if clean.sentences:
                given[key] = _Given(found, clean)
        return given

    def _write(self, question: Question, given: dict[str, _Given]) -> tuple[list[Verdict], list[Verdict]]:
        """The sentences that passed, and those that failed and stayed so."""
        messages = self._messages(question, given)
        reply = self._complete(messages)
        written = read_sentences(reply.text)
        if written is None:
            raise ModelUnavailable("its reply holds no sentences")
        passages = {key: g.cited for key, g in given.items()}
        verdicts = [self._verifier.verify(w.text, w.keys, passages) for w in written[: 2 * _SENTENCES]]
        failed = [i for i, v in enumerate(verdicts) if not v.supported]
        if failed:
            for i, again in zip(failed, self._repair(messages, reply, [verdicts[i] for i in failed]), strict=False):
                repaired = self._verifier.verify(again.text, again.keys, passages)
                if repaired.supported:
                    verdicts[i] = repaired
        kept = list({v.text.casefold(): v for v in verdicts if v.supported}.values())[:_SENTENCES]
        return kept, [v for v in verdicts if not v.supported]

    def _repair(self, messages: Sequence[BaseMessage], reply: Completion, failed: Sequence[Verdict]) -> list[Written]:
        from langchain_core.messages import AIMessage

        from prompts import load_prompt

        told = "\n".join(f"- {v.text}\n  ({'; '.join(map(str, v.findings))})" for v in failed)
        asked = load_prompt("repair").format_messages(failures=told)
        try:
            again = self._complete([*messages, AIMessage(reply.text), *asked])
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return []
        return read_sentences(again.text) or []

    def _complete(self, messages: Sequence[BaseMessage]) -> Completion:
        completion = self._model.complete(messages)
        self._spending.spend(completion.input_tokens + completion.output_tokens)
        return completion

    def _messages(self, question: Question, given: dict[str, _Given]) -> list[BaseMessage]:
        from prompts import load_prompt

        boundary = f"--- {secrets.token_hex(8)}"
        blocks = [boundary]
        for key, g in given.items():
            head = g.found.article
            day = str(head.published_on) if head.published_on else "date unknown"
            title, source = (" ".join(visible(t or "").split()) for t in (head.title, head.source))
            blocks += [f"[{key}] {title} | {source} | {day}", " ".join(visible(g.cited.text).split()), boundary]
        earlier = "".join(f"Earlier question: {t.question}\nAnswer: {t.answer}\n" for t in question.turns[-_TURNS:])
        return load_prompt("answer").format_messages(
            today=str(self._today()),
            boundary=boundary,
            passages="\n".join(blocks),
            earlier=earlier,
            question=question.text,
        )

    # -- sentences in, answer out

    def _is_about(self, question: Question, kept: Sequence[Verdict]) -> bool:
        """Whether the sentences answer this question, not another: true words beside the point are no answer."""
        wanted = asked_for(question.text).kind
        if not any(offers(wanted, v.text, question.text) for v in kept):
            return False
        vectors = self._embedder.embed_documents([v.text for v in kept])
        return float((vectors @ self._embedder.embed_query(question.topic)).max()) >= _LEAST_ABOUT

    def _compose(
        self, question: Question, kept: Sequence[Verdict], dropped: Sequence[Verdict], given: dict[str, _Given]
    ) -> Answer:
        numbers: dict[tuple[str, str, int, int], Citation] = {}
        sentences = []
        for verdict in kept:
            cited = []
            for key, stretch in verdict.support:
                found = given[key].found
                place = Stretch(found.start + stretch.start, found.start + stretch.end)
                name = (found.article.collection, found.article.id, *place)
                if name not in numbers:
                    numbers[name] = cite(len(numbers) + 1, found.article, place, self._text_of(found.article))
                cited.append(numbers[name].n)
            sentences.append(AnswerSentence(verdict.text, tuple(dict.fromkeys(cited))))
        for verdict in dropped:
            _log.info("left out: %s (%s)", verdict.text, "; ".join(map(str, verdict.findings)))
        notes = (_left_out(dropped),) if dropped else ()
        return Answer(question, tuple(sentences), tuple(numbers.values()), notes=notes, origin=AnswerOrigin.WRITTEN)


def without_orders(passage: CitedPassage) -> CitedPassage:
    """A passage without the sentences that speak to the writer, and what follows them in their paragraph.

    Blanks stand in their place, so offsets stay.
    """
    text = list(passage.text)
    kept: list[Stretch] = []
    last, hostile = 0, False
    for stretch in passage.sentences:
        # What follows an order in its paragraph is taken to belong to it.
        hostile = hostile and "\n" not in passage.text[last : stretch.start]
        hostile = hostile or speaks_to_the_writer(passage.text[stretch.start : stretch.end])
        last = stretch.end
        if hostile:
            text[stretch.start : stretch.end] = " " * (stretch.end - stretch.start)
        else:
            kept.append(stretch)
    if len(kept) == len(passage.sentences):
        return passage
    title = "" if speaks_to_the_writer(passage.title) else passage.title
    said = tuple(s for s in passage.said if any(k.start < s.end and s.start < k.end for k in kept))
    return replace(passage, text="".join(text), sentences=tuple(kept), title=title, said=said)


def _left_out(dropped: Sequence[Verdict]) -> str:
    reasons = Counter(str(v.findings[0].fault) for v in dropped)
    listed = "; ".join(f"{reason} ({n})" if n > 1 else reason for reason, n in reasons.most_common())
    what = "One sentence" if len(dropped) == 1 else f"{len(dropped)} sentences"
    return f"{what} of the language model left out: {listed}."


def _with_note(answer: Answer, note: str) -> Answer:
    return replace(answer, notes=(*answer.notes, note)) if not answer.abstained else answer


class _Spending:
    """Tokens spent today, in this process."""

    def __init__(self, most: int | None, today: Callable[[], date]) -> None:
        self._most, self._today = most, today
        self._lock = threading.Lock()
        self._day, self._spent = today(), 0

    def spend(self, tokens: int) -> None:
        with self._lock:
            if self._today() != self._day:
                self._day, self._spent = self._today(), 0
            self._spent += tokens

    def exhausted(self) -> bool:
        self.spend(0)
        return self._most is not None and self._spent >= self._most

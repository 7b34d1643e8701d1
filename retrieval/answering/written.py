"""The written answer: a language model's sentences, each checked against the passages that it cites.

given -> written -> verified -> repaired -> numbered. Sentences are checked while the model still writes, and shown as
they pass. What fails is repaired once by the model, then cut down to its supported part, or the source's own sentence
stands in its place, or it is left out; where nothing is left, or the model cannot be reached, the extractive answer
stands.
"""

from __future__ import annotations

import functools
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from retrieval.answering.answerer import Answerer
from retrieval.answering.asked_for import AskedFor, asked_for
from retrieval.answering.chat_models import MOST_TOKENS, ChatModel
from retrieval.answering.condensing import Complete
from retrieval.answering.extractive import Part
from retrieval.answering.given import Given, QuotationsOf, give, set_off
from retrieval.answering.listening import Hearing, Stage
from retrieval.answering.metering import Caps, Meter, Prices, exhausted
from retrieval.answering.model_json import SentenceReader, Written, one_by_one, read_sentences
from retrieval.answering.numbering import Numbering
from retrieval.answering.referents import with_names, without_connective
from retrieval.answering.salvaging import cut_down, own_sentence
from retrieval.answering.verification.cited import CitedPassage, Fault, Finding, Verdict
from retrieval.answering.verification.verifier import Verifier
from retrieval.answering.verification.words import lemmas
from retrieval.errors import ModelUnavailable
from retrieval.schema import Answer, AnswerOrigin, ArticleHead, FoundPassage, LeftOut, Question, QuestionKind
from retrieval.search.words import stems
from retrieval.storage.embedding import Embedder
from retrieval.storage.spending import Spending

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_TURNS = 3  # of the conversation that the model is told
_READ = 10  # sentences of a reply that are checked
_WORTH_ASKING = 0.40  # cosine of the best passage from which the model is asked although no single sentence answers

DID_NOT_ANSWER = "The language model gave no answer; these are the articles' own sentences."
BROKE_OFF = "The language model broke off; its answer may lack something."
NOT_BORNE_OUT = "What the language model wrote was not borne out; these are the articles' own sentences."
SPENT = "The language model's tokens for today are spent; these are the articles' own sentences."
FOUND_NO_ANSWER = "The articles do not answer that, as the language model reads them."


@dataclass(slots=True)
class _Draft:
    """An answer as far as it is made: what failed, with the keys it named, and the model's whole reply."""

    question: str
    messages: list[BaseMessage]
    reply: SentenceReader = field(default_factory=SentenceReader)
    failed: list[tuple[Written, Verdict]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    broke_off: str | None = None


class WrittenAnswerer:
    """Answers in a model's words, verified; `extractive` answers where that fails. Safe to use from several threads.

    `spending` counts tokens, which `caps` bound; `prices` turn them into what an answer cost.
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
        today: Callable[[], date],
        answer_tokens: int = MOST_TOKENS,
        spending: Spending | None = None,
        caps: Caps = Caps(),  # noqa: B008 - frozen
        prices: Prices | None = None,
    ) -> None:
        self._model, self._extractive, self._verifier, self._embedder = model, extractive, verifier, embedder
        self._text_of, self._today, self._answer_tokens = text_of, today, answer_tokens
        self._spending, self._caps, self._prices = spending, caps, prices
        self._quotations = functools.lru_cache(maxsize=256)(quotations_of)

    def answer(
        self,
        question: Question,
        passages: Sequence[FoundPassage],
        parts: Sequence[Part] = (),
        *,
        hearing: Hearing | None = None,
        asker: str | None = None,
    ) -> Answer:
        """A written answer, or the extractive one with a footnote that says why."""
        hearing = hearing or Hearing(None)
        plain = self._extractive.answer(question, passages, parts)
        if question.kind is QuestionKind.HELP or not passages:
            return plain
        if plain.abstained and max((p.cosine or 0.0 for p in passages), default=0.0) < _WORTH_ASKING:
            return plain
        if exhausted(self._spending, self._caps, asker):
            return _with_note(plain, SPENT)
        meter = Meter(self._model, self._spending, asker, self._prices, hearing.check_wanted)
        try:
            written = self._write(question, _joined(passages, parts), plain, meter, hearing)
        finally:
            meter.log()
        return replace(written, usage=meter.usage())

    def completion(self, asker: str | None, hearing: Hearing) -> Complete | None:
        """What completes a prompt at this asker's cost, in one go; None where their tokens are spent."""
        if exhausted(self._spending, self._caps, asker):
            return None
        return Meter(self._model, self._spending, asker, self._prices, hearing.check_wanted).complete

    def _write(
        self, question: Question, passages: Sequence[FoundPassage], plain: Answer, meter: Meter, hearing: Hearing
    ) -> Answer:
        try:
            hearing.reach(Stage.WRITING)
            given = self._give(question, passages)
            draft = _Draft(question.text, self._messages(question, given))
            numbering = Numbering(question, given, self._embedder, self._text_of, hearing)
            cited = {key: g.cited for key, g in given.items()}
            for verdict in self._verified(self._sentences(draft, meter, hearing), cited, draft):
                numbering.add(verdict)
                if numbering.full:
                    break
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return _with_note(plain, DID_NOT_ANSWER)
        says_no = not draft.failed and not numbering.sentences and draft.broke_off is None
        if draft.failed and not numbering.full:
            self._mend(draft, cited, numbering, meter, hearing)
        left_out = tuple([*draft.left_out, *(LeftOut(v.text, _reasons(v)) for _, v in draft.failed)])
        if not numbering.sentences:
            if says_no and read_sentences(draft.reply.reply) == []:
                return replace(plain, sentences=(), citations=(), abstained=True, reason=FOUND_NO_ANSWER, notes=())
            return replace(_with_note(plain, NOT_BORNE_OUT), left_out=left_out)
        notes = tuple(note for note in (draft.broke_off, _told(left_out)) if note)
        return Answer(
            question,
            tuple(numbering.sentences),
            numbering.citations,
            notes=notes,
            origin=AnswerOrigin.WRITTEN,
            left_out=left_out,
        )

    # -- given

    def _give(self, question: Question, passages: Sequence[FoundPassage]) -> dict[str, Given]:
        window = self._model.window
        taken = sum(self._model.count(str(m.text)) for m in self._messages(question, {})) if window else 0

        def fits(characters: int) -> bool:
            # twice the answer: the repair reads the first answer, too
            return (
                window is None
                or taken + self._model.count("x " * (characters // 2)) <= window - 2 * self._answer_tokens
            )

        return give(passages, self._text_of, self._quotations, fits)

    def _messages(self, question: Question, given: Mapping[str, Given]) -> list[BaseMessage]:
        from prompts import load_prompt

        passages, boundary = set_off(given)
        earlier = "".join(f"Earlier question: {t.question}\nAnswer: {t.answer}\n" for t in question.turns[-_TURNS:])
        return load_prompt("answer").format_messages(
            today=str(question.today or self._today()),
            boundary=boundary,
            passages=passages,
            earlier=earlier,
            question=question.text,
        )

    # -- written

    def _sentences(self, draft: _Draft, meter: Meter, hearing: Hearing) -> Iterator[Written]:
        """The model's sentences, each as soon as it is written; what is whole of a reply that breaks off."""
        count = 0
        try:
            for bit in meter.stream(draft.messages):
                for sentence in (each for item in draft.reply.feed(bit) for each in one_by_one(item)):
                    count += 1
                    hearing.reach(Stage.VERIFYING, count)
                    yield sentence
                if count >= _READ:
                    return
        except ModelUnavailable as error:
            if not count:
                raise
            _log.warning("%s broke off: %s", self._model.name, error)
            draft.broke_off = BROKE_OFF
            return
        rest = draft.reply.rest()
        if rest is None:
            raise ModelUnavailable("its reply holds no sentences")
        if rest:
            hearing.reach(Stage.VERIFYING, len(rest))
        yield from [each for item in rest for each in one_by_one(item)][:_READ]

    # -- verified

    def _verified(
        self, sentences: Iterator[Written], given: Mapping[str, CitedPassage], draft: _Draft
    ) -> Iterator[Verdict]:
        """The sentences that are borne out; the others go to `draft.failed`."""
        before: str | None = None
        seen: set[str] = set()
        for written in sentences:
            verdict = self._check(written, before, given, draft.question)
            before = verdict.text if verdict.supported else None
            if not verdict.supported:
                draft.failed.append((written, verdict))
            elif verdict.text.casefold() not in seen:
                seen.add(verdict.text.casefold())
                yield verdict

    def _check(self, written: Written, before: str | None, given: Mapping[str, CitedPassage], question: str) -> Verdict:
        """The verdict on a sentence that stands behind `before`, None where nothing that is shown does."""
        text = written.text if before is not None else without_connective(written.text)
        named = with_names(text, before)
        if named is None:
            return Verdict(text, (Finding(Fault.LEANS, text.split()[0]),))
        if asked_for(question).kind is not AskedFor.YES_NO and set(lemmas(named)) <= set(lemmas(question)):
            return Verdict(text, (Finding(Fault.ECHO, named),))
        return self._verifier.verify(named, written.keys, given)

    # -- repaired

    def _mend(
        self, draft: _Draft, given: Mapping[str, CitedPassage], numbering: Numbering, meter: Meter, hearing: Hearing
    ) -> None:
        """Show what can be saved of the sentences that failed, behind the others."""
        hearing.reach(Stage.REPAIRING, len(draft.failed))
        repaired = self._repaired(draft, given, meter) if draft.broke_off is None else {}
        failed, draft.failed = draft.failed, []
        for at, (written, verdict) in enumerate(failed):
            instead = repaired.get(at) or self._salvaged(written, verdict, given, numbering)
            if instead is None or numbering.full or numbering.has(instead.text):
                draft.left_out.append(LeftOut(verdict.text, _reasons(verdict)))
                continue
            numbering.add(instead)
            draft.left_out.append(LeftOut(verdict.text, _reasons(verdict), instead.text))

    def _repaired(self, draft: _Draft, given: Mapping[str, CitedPassage], meter: Meter) -> dict[int, Verdict]:
        """Sentences that the model wrote anew and that are borne out, by the place of the failed one."""
        from langchain_core.messages import AIMessage

        from prompts import load_prompt

        told = "\n".join(f"- {v.text}\n  ({'; '.join(map(str, v.findings))})" for _, v in draft.failed)
        asked = load_prompt("repair").format_messages(failures=told)
        try:
            again = meter.complete([*draft.messages, AIMessage(draft.reply.reply), *asked])
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return {}
        found: dict[int, Verdict] = {}
        rewritten = [each for item in read_sentences(again) or [] for each in one_by_one(item)]
        for written in rewritten[:_READ]:
            verdict = self._check(written, None, given, draft.question)
            free = [at for at in range(len(draft.failed)) if at not in found]
            if verdict.supported and free:
                words = stems(verdict.text)
                found[max(free, key=lambda at: len(words & stems(draft.failed[at][1].text)))] = verdict
        return found

    def _salvaged(
        self, written: Written, verdict: Verdict, given: Mapping[str, CitedPassage], numbering: Numbering
    ) -> Verdict | None:
        """A part of a failed sentence; else the source's own, beside others that the model wrote, where it is new."""
        if not verdict.support:
            return None
        cut = cut_down(verdict, written.keys, given, self._verifier)
        if cut is not None or not numbering.sentences:
            return cut
        own = own_sentence(verdict, given, self._verifier.alike)
        return own if own is not None and not numbering.rests_on(own) else None


def _joined(passages: Sequence[FoundPassage], parts: Sequence[Part]) -> list[FoundPassage]:
    """The passages of a question and of its parts, by turns, each once: every part is to be answered."""
    lists = [list(found) for _, found in parts] or [list(passages)]
    ordered = [found[at] for at in range(max(map(len, lists), default=0)) for found in lists if at < len(found)]
    seen: dict[tuple[str, str, int], FoundPassage] = {}
    for found in [*ordered, *passages]:
        seen.setdefault((found.article.collection, found.article.id, found.start), found)
    return list(seen.values())


def _reasons(verdict: Verdict) -> tuple[str, ...]:
    return tuple(map(str, verdict.findings))


def _told(left_out: Sequence[LeftOut]) -> str | None:
    """A footnote on what was left out or replaced."""
    if not left_out:
        return None
    reasons = Counter(item.reasons[0].partition(":")[0] for item in left_out)
    listed = "; ".join(f"{reason} ({n})" if n > 1 else reason for reason, n in reasons.most_common())
    what = "One sentence" if len(left_out) == 1 else f"{len(left_out)} sentences"
    done = "left out" if not any(item.instead for item in left_out) else "left out or put right"
    return f"{what} of the language model {done}: {listed}."


def _with_note(answer: Answer, note: str) -> Answer:
    return replace(answer, notes=(*answer.notes, note)) if not answer.abstained else answer

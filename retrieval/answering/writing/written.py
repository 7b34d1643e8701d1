"""The written answer: a language model's sentences, each checked against the passages that it cites.

given -> written -> verified -> repaired -> placed -> numbered. Sentences are checked while the model still writes, and
shown as they pass, up to the first that fails. What fails is repaired once by the model, or the source's own sentence
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
from retrieval.answering.extractive import Part
from retrieval.answering.listening import Hearing, Stage
from retrieval.answering.numbering import Numbering
from retrieval.answering.verification.cited import Verdict
from retrieval.answering.verification.verifier import Verifier
from retrieval.answering.writing.chat_models import MOST_TOKENS, ChatModel
from retrieval.answering.writing.checking import Checker, leans
from retrieval.answering.writing.given import Given, QuotationsOf, give, set_off
from retrieval.answering.writing.metering import Caps, Meter, Prices, exhausted
from retrieval.answering.writing.model_json import SentenceReader, Written, one_by_one, read_sentences
from retrieval.errors import ModelUnavailable
from retrieval.schema import Answer, AnswerOrigin, ArticleHead, FoundPassage, LeftOut, Question, QuestionKind
from retrieval.search.words import stems
from retrieval.storage.community.spending import Spending
from retrieval.storage.encoding.embedding import Embedder

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_TURNS = 3  # of the conversation that the model is told
_READ = 10  # sentences of a reply that are checked
_WORTH_ASKING = 0.40  # cosine of the best passage from which the model is asked although no single sentence answers

DID_NOT_ANSWER = "The language model gave no answer; these are the articles' own sentences."
BROKE_OFF = "The language model broke off; its answer may lack something."
NOT_BORNE_OUT = "What the language model wrote was not borne out; these are the articles' own sentences."
BESIDE_THE_POINT = "What the language model wrote was not on what was asked; these are the articles' own sentences."
SPENT = "The language model's tokens for today are spent; these are the articles' own sentences."
SAW_NO_ANSWER = "The language model saw no answer in the articles; these are the sentences nearest to the question."
FOUND_NO_ANSWER = "The articles do not answer that, as the language model reads them."


@dataclass(slots=True)
class _Draft:
    """An answer as far as it is made: the model's whole reply, and its sentences from the first on that failed."""

    messages: list[BaseMessage]
    reply: SentenceReader = field(default_factory=SentenceReader)
    rest: list[tuple[Written, Verdict]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    broke_off: str | None = None

    @property
    def failed(self) -> dict[int, Verdict]:
        """Those that the passages do not bear out wherever they stand, by their places in `rest`."""
        return {
            at: verdict for at, (_, verdict) in enumerate(self.rest) if not verdict.supported and not leans(verdict)
        }


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
        plain: Answer | None = None,
        hearing: Hearing | None = None,
        asker: str | None = None,
        meter: Meter | None = None,
    ) -> Answer:
        """A written answer, or the extractive one, which is `plain` where that is known, with a footnote that says why.

        `meter` has counted what was spent on the question before.
        """
        hearing = hearing or Hearing(None)
        plain = plain or self._extractive.answer(question, passages, parts)
        if question.kind is QuestionKind.HELP or not passages:
            return plain
        if plain.abstained and max((p.cosine or 0.0 for p in passages), default=0.0) < _WORTH_ASKING:
            return plain
        if not self.may_spend(asker):
            return _with_note(plain, SPENT)
        meter = meter or self.meter(asker, hearing)
        try:
            written = self._write(question, _joined(passages, parts), plain, meter, hearing)
        finally:
            meter.log()
        return replace(written, usage=meter.usage())

    def meter(self, asker: str | None, hearing: Hearing) -> Meter:
        """The model with a meter on it, for all that is asked of it for one answer."""
        return Meter(self._model, self._spending, asker, self._prices, hearing.check_wanted)

    def may_spend(self, asker: str | None) -> bool:
        """Whether the asker has tokens left."""
        return not exhausted(self._spending, self._caps, asker)

    def _write(
        self, question: Question, passages: Sequence[FoundPassage], plain: Answer, meter: Meter, hearing: Hearing
    ) -> Answer:
        try:
            hearing.reach(Stage.WRITING)
            given = self._give(question, passages)
            draft = _Draft(self._messages(question, given))
            numbering = Numbering(question, given, self._embedder, self._text_of, hearing)
            cited = {key: g.cited for key, g in given.items()}
            checker = Checker(self._verifier, question.text, cited)
            for sentence in self._sentences(draft, meter, hearing):
                self._take(sentence, draft, checker, numbering)
                if numbering.full:
                    break
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return _with_note(plain, f"{DID_NOT_ANSWER} {error.advice}".rstrip())
        says_no = not draft.rest and not numbering.sentences and draft.broke_off is None
        if draft.rest and not numbering.full:
            self._mend(draft, checker, numbering, plain, meter, hearing)
        if numbering.holds_back and plain.abstained:
            numbering.show_held()
        left_out = tuple(replace(o, instead=numbering.shown_as.get(o.instead or "")) for o in draft.left_out)
        if not numbering.sentences:
            if numbering.holds_back:
                return replace(_with_note(plain, BESIDE_THE_POINT), left_out=left_out)
            if says_no and read_sentences(draft.reply.reply) == []:
                return replace(plain, reason=FOUND_NO_ANSWER) if plain.abstained else _with_note(plain, SAW_NO_ANSWER)
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

    def _take(self, written: Written, draft: _Draft, checker: Checker, numbering: Numbering) -> None:
        """Check the next sentence; it is added where it and all before it are borne out."""
        verdict = checker.check(written, None if draft.rest else numbering.last)
        if draft.rest or not verdict.supported:
            draft.rest.append((written, verdict))
        elif not numbering.has(verdict.text):
            numbering.add(verdict)

    # -- repaired

    def _mend(
        self, draft: _Draft, checker: Checker, numbering: Numbering, plain: Answer, meter: Meter, hearing: Hearing
    ) -> None:
        """Show what can be saved of the sentences from the first on that failed, each in its own place."""
        failed = draft.failed
        if failed:
            hearing.reach(Stage.REPAIRING, len(failed))
        repaired = self._repaired(draft, failed, checker, meter) if failed and draft.broke_off is None else {}
        if numbering.last is None and not repaired and not any(v.supported for _, v in draft.rest):
            own = [o for _, v in draft.rest if (o := checker.own_words(v, None)) is not None]
            if not plain.abstained and all(numbering.is_cited_in(plain, o) for o in own):
                draft.left_out += [LeftOut(v.text, _reasons(v)) for _, v in draft.rest]
                return  # the extractive answer has the same sentences, with its short answer
        for at, (written, verdict) in enumerate(draft.rest):
            before = numbering.last
            shown: Verdict | None = checker.in_its_place(written, repaired.get(at, verdict), before)
            assert shown is not None
            fails = not shown.supported
            if fails and (shown := checker.own_words(shown, before)) is not None and numbering.rests_on(shown):
                shown = None
            if shown is not None and (numbering.full or numbering.has(shown.text)):
                shown = None
            if shown is not None:
                numbering.add(shown)
            if fails or at in repaired:
                draft.left_out.append(LeftOut(verdict.text, _reasons(verdict), shown.text if shown else None))

    def _repaired(
        self, draft: _Draft, failed: Mapping[int, Verdict], checker: Checker, meter: Meter
    ) -> dict[int, Verdict]:
        """Sentences that the model wrote anew and that are borne out, by the place of the failed one."""
        from langchain_core.messages import AIMessage

        from prompts import load_prompt

        told = "\n".join(
            f"- {v.text}\n  Why: {'; '.join(map(str, v.findings))}\n  The passage: {checker.source(v)}"
            for v in failed.values()
        )
        asked = load_prompt("repair").format_messages(failures=told)
        try:
            again = meter.complete([*draft.messages, AIMessage(draft.reply.reply), *asked])
        except ModelUnavailable as error:
            _log.warning("%s: %s", self._model.name, error)
            return {}
        found: dict[int, Verdict] = {}
        rewritten = [each for item in read_sentences(again) or [] for each in one_by_one(item)]
        for written in rewritten[:_READ]:
            verdict = checker.check(written, None)
            free = [at for at in failed if at not in found]
            if verdict.supported and free:
                words = stems(verdict.text)
                found[max(free, key=lambda at: len(words & stems(failed[at].text)))] = verdict
        return found


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

"""From a question to its answer, on one page: LangChain runnables, each named for what it adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answering.answerer import Answerer
from retrieval.answering.asking import Asking, HeadsOf, Search, stage
from retrieval.answering.conversation.condensing import condense
from retrieval.answering.conversation.follow_ups import is_fragment
from retrieval.answering.conversation.in_conversation import OF_ANYTHING, InConversation
from retrieval.answering.conversation.turn_mentions import Parse
from retrieval.answering.descriptions import described, name_told
from retrieval.answering.joining import joined, only_of
from retrieval.answering.listening import Hearing, Stage
from retrieval.answering.questions.capitals import may_lack_capitals, with_capitals
from retrieval.answering.questions.comparisons import compared
from retrieval.answering.questions.requests import as_question
from retrieval.answering.questions.several import parts
from retrieval.answering.sentences.evidence import TextOf
from retrieval.answering.what_happened.events import EventAnswerer
from retrieval.answering.who_said.quotations import QuotationAnswerer
from retrieval.answering.writing.written import WrittenAnswerer
from retrieval.schema import Answer, Question, QuestionKind
from retrieval.search.spelling import possible_owners, respelled
from retrieval.search.understanding import understand

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

UNDERSTOOD = "Understood as:"

_PASSAGES_READ = 12  # by the answerer
_PARTS_AT_ONCE = 2
_ARTICLES_NAMED_IN = 3  # whose names a question may have
_NAMED_IN = 20_000  # characters of such an article that are read for them

_TURNS = 5  # whose articles show who is a woman and who a man


def recorded(question: Question, quotations: QuotationAnswerer, events: EventAnswerer) -> Answer | None:
    """What quotations or events answer of a question; None where they do not."""
    if question.kind is QuestionKind.WHO_SAID:
        answer = quotations.answer(question, lambda: Answer(question, (), (), abstained=True))
        return None if answer.abstained else answer
    return events.answer(question)


@dataclass(frozen=True)
class AnswerPipeline:
    """condensed | decomposed | identified | recorded | retrieved | composed.

    What was said and what happened when is answered from the quotations and the events (recorded); all else from
    passages, in a language model's words where there is one (`written`), else in the articles' own. `unknown` tells the
    words of a text that stand in no article.
    """

    search: Search
    quotations: QuotationAnswerer
    events: EventAnswerer
    extractive: Answerer
    written: WrittenAnswerer | None
    parse: Parse
    today: Callable[[], date]
    text_of: TextOf
    heads_of: HeadsOf
    unknown: Callable[[str], Sequence[str]]

    def close(self) -> None:
        """End its threads, and those of the extractive answers; what is asked afterwards fails."""
        if "_beside" in vars(self):
            self._beside.shutdown(wait=False)
        self.extractive.close()

    def answer(self, question: Question, hearing: Hearing, asker: str | None, *, written: bool = True) -> Answer:
        """The answer to a question; raises Stopped where nobody wants it any more.

        Without `written`, no language model takes part.
        """
        writer = self.written if written else None
        meter = writer.meter(asker, hearing) if writer is not None else None
        asking = stage(self._condensed).invoke(Asking(question, hearing, asker, writer, meter=meter))
        done = self._answered(asking)
        assert done.answer is not None
        answer = self._with_capitals(done.answer)
        if asking.meter is not None and asking.meter.usage().calls:
            answer = replace(answer, usage=asking.meter.usage())
        if done.question.asked is None:
            return answer
        return replace(answer, notes=(*answer.notes, f"{UNDERSTOOD} {answer.question.text}"))

    def _with_capitals(self, answer: Answer) -> Answer:
        """The answer to a question whose names are written as its articles have them, for what leans on it next."""
        if not may_lack_capitals(answer.question.text):
            return answer
        articles = list(dict.fromkeys(c.article for c in answer.citations or answer.nearest))[:_ARTICLES_NAMED_IN]
        texts = [self.text_of(article)[:_NAMED_IN] for article in articles]
        written = with_capitals(answer.question.text, texts)
        return replace(answer, question=replace(answer.question, text=written))

    def _answered(self, asking: Asking) -> Asking:
        """The answer. What is asked of what is decided by the articles' own sentences: what a model writes is shown
        while it writes, and stands."""
        done = self._in_conversation.answered_there(asking)
        if asking.writer is None or not done.from_passages:
            return done
        plain = done.answer
        assert plain is not None
        answer = asking.writer.answer(
            done.question,
            done.passages,
            done.found,
            plain=plain,
            hearing=asking.hearing,
            asker=asking.asker,
            meter=asking.meter,
        )
        if OF_ANYTHING in plain.notes and OF_ANYTHING not in answer.notes:
            answer = replace(answer, notes=(*answer.notes, OF_ANYTHING))
        return replace(done, answer=answer)

    @cached_property
    def _in_conversation(self) -> InConversation:
        return InConversation(
            answered=lambda asking: self._chain.invoke(asking),
            whole=self._whole,
            search=self.search,
            events=self.events,
            parse=self.parse,
            text_of=self.text_of,
            heads_of=self.heads_of,
        )

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Threads for the parts of a question: each waits for the model and the index most of its time."""
        return ThreadPoolExecutor(_PARTS_AT_ONCE, thread_name_prefix="parts")

    @cached_property
    def _chain(self) -> Runnable[Asking, Asking]:
        return (
            stage(self._decomposed)
            | stage(self._identified)
            | stage(self._recorded)
            | stage(self._retrieved)
            | stage(self._composed)
        )

    def _condensed(self, asking: Asking) -> Asking:
        """The question stands alone: what it leaves to its conversation is put in."""
        question = asking.question
        text = as_question(question.text)
        if question.turns:
            asking.hearing.reach(Stage.CONDENSING)
            may_ask = asking.meter is not None and asking.writer is not None and asking.writer.may_spend(asking.asker)
            complete = asking.meter.complete if asking.meter is not None and may_ask else None
            cited = dict.fromkeys(article for turn in question.turns[-_TURNS:] for article in turn.articles)
            texts = [self.text_of(head) for head in self._in_conversation.talked_of(question, tuple(cited))]
            text = condense(self._named(question, text, texts), question.turns, self.parse, complete, texts)
        text = self._respelled(question, text)
        return asking if text == question.text else replace(asking, question=self._whole(question, text))

    def _named(self, question: Question, text: str, texts: Sequence[str]) -> str:
        """A fragment with its names written as the articles talked of have them, else as those found for it do."""
        if not is_fragment(text):
            return text
        if (named := with_capitals(text, texts, least=1)) != text:
            return named
        found = dict.fromkeys(p.article for p in self.search(self._whole(question, text), _PASSAGES_READ))
        return with_capitals(text, [self.text_of(a)[:_NAMED_IN] for a in list(found)[:_ARTICLES_NAMED_IN]])

    def _respelled(self, question: Question, text: str) -> str:
        """The text with words that no article has as those found for it spell them."""
        if question.kind is QuestionKind.HELP:
            return text
        unknown = self.unknown(text)
        if not (unknown or possible_owners(text)):
            return text
        found = self.search(self._whole(question, text), _PASSAGES_READ)
        return respelled(text, unknown, [f"{p.article.title} {p.text}" for p in found])

    def _whole(self, question: Question, text: str) -> Question:
        """`question` as `text` has it."""
        whole = understand(
            text,
            collections=question.collections,
            window=question.window,
            turns=question.turns,
            today=question.today or self.today(),
        )
        return replace(whole, asked=question.asked or question.text)

    def _decomposed(self, asking: Asking) -> Asking:
        """The questions for one fact each that the question is made of."""
        return replace(asking, parts=tuple(self._part(asking.question, text) for text in parts(asking.question.text)))

    def _part(self, question: Question, text: str) -> Question:
        part = understand(
            text, collections=question.collections, window=question.window, today=question.today or self.today()
        )
        return replace(part, prior=question.prior, articles=question.articles)

    def _identified(self, asking: Asking) -> Asking:
        """Whoever or whatever is known only by a description is looked up first, then asked about by name.

        Both are shown; where no one name is certain, the question is asked as it stands.
        """
        question = asking.question
        if asking.parts or question.kind is QuestionKind.HELP:
            return asking
        found = described(question.topic, self.parse)
        if found is None:
            return asking
        first = self._part(question, found.identity)
        passages = self.search(first, _PASSAGES_READ)
        identity = self.extractive.answer(first, passages) if passages else None
        name = name_told(identity, self.parse) if identity is not None else None
        if identity is None or name is None:
            return asking
        second = self._part(question, found.named(name))
        if asking.writer is not None:
            return replace(asking, parts=(first, second))
        told = recorded(second, self.quotations, self.events)
        if told is None or told.abstained:
            told = self.events.dated(self.extractive.answer(second, self.search(second, _PASSAGES_READ)))
        if told.abstained:
            whole = self.extractive.answer(question, self.search(question, _PASSAGES_READ))
            if whole.citations[:1] == identity.citations[:1]:
                return asking  # the sentence that tells who it is tells the rest too
        one = replace(identity, sentences=identity.sentences[:1], citations=identity.citations[:1])
        return replace(asking, answer=joined(question, (one, told)))

    def _recorded(self, asking: Asking) -> Asking:
        """The answer, where quotations or events hold it."""
        question = asking.question
        if asking.answer is not None:
            return asking
        if question.kind is QuestionKind.WHO_SAID and not asking.parts:
            return self._quoted(asking)
        if asking.parts and not compared(question.text.strip(" ?.!")):
            return asking  # each part is looked up for itself
        answer = self.events.answer(question)
        if answer is not None and question.articles:
            answer = only_of(answer, question.articles)
        return replace(asking, answer=answer)

    def _quoted(self, asking: Asking) -> Asking:
        """The quotations asked for, or what the passages answer where these leave it to them."""
        tried: list[Asking] = []

        def otherwise() -> Answer:
            tried.append(self._composed(self._retrieved(asking)))
            answer = tried[-1].answer
            assert answer is not None
            return answer

        answer: Answer | None = self.quotations.answer(asking.question, otherwise)
        written = next((done for done in tried if done.answer is answer), None)
        if written is None and answer is not None and asking.question.articles:
            answer = only_of(answer, asking.question.articles)
        return written or replace(asking, answer=answer)

    def _retrieved(self, asking: Asking) -> Asking:
        """The passages for each part of the question, and for the whole where it has none or a model is to write."""
        question, hearing = asking.question, asking.hearing
        if asking.answer is not None or question.kind is QuestionKind.HELP:
            return asking
        hearing.reach(Stage.SEARCHING, max(1, len(asking.parts)))
        searched = self._beside.map(lambda part: self.search(part, _PASSAGES_READ), asking.parts)
        found = tuple(zip(asking.parts, searched, strict=True))
        whole = asking.writer is not None or not found
        passages = tuple(self.search(question, _PASSAGES_READ)) if whole else ()
        hearing.reach(Stage.READING, len(passages) + sum(len(p) for _, p in found))
        return replace(asking, passages=passages, found=found)

    def _composed(self, asking: Asking) -> Asking:
        """The answer from passages, in the articles' own words."""
        if asking.answer is not None:
            return asking
        question = asking.question
        answer = self.extractive.answer(question, asking.passages, asking.found)
        if answer.abstained and compared(question.text.strip(" ?.!")):
            # One sentence may compare both. Two questions in one are answered by none that answers neither.
            answer = self.extractive.answer(question, self.search(question, _PASSAGES_READ))
        from_passages = question.kind is not QuestionKind.HELP
        return replace(asking, answer=self.events.dated(answer), from_passages=from_passages)

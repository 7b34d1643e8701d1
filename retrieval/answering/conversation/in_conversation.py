"""Of what a question is asked that names nothing: of the articles its conversation is on, else of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.abstaining import unclear_correction, unclear_what, unclear_whom
from retrieval.answering.asking import Asking, HeadsOf, Search, given
from retrieval.answering.conversation.conversation_subject import (
    REACH,
    asks_for_words_of_a_body,
    at_hand,
    has_a_subject,
    has_words_of,
    in_context,
    keeps_to,
    means_as_known,
    names_a_role,
    names_something,
    subject,
    takes_up_what_was_told,
    tells_of,
)
from retrieval.answering.conversation.correcting import is_correction
from retrieval.answering.conversation.follow_ups import is_bare, is_fragment, leans
from retrieval.answering.conversation.sources_asked import asks_for_source, source_told
from retrieval.answering.conversation.turn_mentions import Parse
from retrieval.answering.conversation.whether_true import asks_whether_true, truth_told
from retrieval.answering.joining import of_articles, only_of
from retrieval.answering.questions.capitals import with_capitals
from retrieval.answering.sentences.evidence import TextOf
from retrieval.answering.what_happened.events import EventAnswerer
from retrieval.schema import Answer, ArticleHead, Question, QuestionKind

OF_ANYTHING = "Nothing was found on what was asked before: this may be of something else."

_READ = 100_000  # characters of an article in which the words of a question are looked for
_RECENT = 5  # turns whose articles are talked of still
_NAMED_IN = 3  # passages in which the names of a question may have their capitals


@dataclass(frozen=True)
class InConversation:
    """Asks a question, as it stands alone, of the articles that it means.

    `answered` answers a question from whatever it finds; `whole` is a question with another text; the rest is what the
    pipeline has.
    """

    answered: Callable[[Asking], Asking]
    whole: Callable[[Question, str], Question]
    search: Search
    events: EventAnswerer
    parse: Parse
    text_of: TextOf
    heads_of: HeadsOf

    def answered_there(self, asking: Asking) -> Asking:
        """The answer in the articles' words; to a question that names nothing, first of the articles talked of, then
        about what the talk is about."""
        question = asking.question
        if (told := self._of_the_last_answer(question)) is not None:
            return replace(asking, answer=told)
        if question.turns and is_correction(question.text):
            return replace(asking, answer=_unclear(question, unclear_correction(question.asked or question.text)))
        unclear = unclear_what(question.text) if is_bare(question.text) else unclear_whom(question.text)
        if unclear is not None and question.kind is not QuestionKind.HELP:
            return replace(asking, answer=_unclear(question, unclear))
        if (of_the_talk := self._of_the_talk(asking)) is not None:
            return of_the_talk
        # "And the lake?" is no more about the bridge.
        anew = question.asked is not None and is_fragment(question.asked)
        anew = anew and not means_as_known(question.text, self.parse)
        text = None if anew else in_context(question.text, question.turns)
        if text is None or question.kind is QuestionKind.HELP or self.events.asks_for_all(question):
            done = self.answered(asking)
            if question.asked is None or given(done) is not None or not names_something(question.asked):
                return self._told_apart(done)
            # What "what about the pier?" was taken for has no answer: then it may ask for the pier itself.
            plain = self.answered(replace(asking, question=replace(self.whole(question, question.asked), asked=None)))
            return done if given(plain) is None else plain
        if self._names_without_capitals(question):
            return self.answered(asking)
        kept = self.answered(replace(asking, question=self.whole(question, text)))
        if (answer := given(kept)) is not None and keeps_to(question.text, answer):
            return kept
        done = self.answered(asking)
        answer = given(done)
        about = subject(question.turns)
        if answer is not None and any(self._tells_of(about, c.article) for c in answer.citations):
            return replace(done, answer=of_articles(answer, lambda article: self._tells_of(about, article)))
        of_this = leans(question.asked or question.text) or not has_a_subject(question.text, self.parse)
        if given(kept) is None and (answer is None or of_this):
            # "The last one", "how many were killed?" are not asked of another article. What has a subject of its own
            # and finds this article by itself was in no need of what it was about before.
            # A model is told what the talk is about.
            itself = not of_this and asking.writer is None and self._is_near(done, about)
            return done if itself else kept
        return done if answer is None else _noted(done)

    def _of_the_last_answer(self, question: Question) -> Answer | None:
        """What is told of the last answer itself, where its source is asked for, or whether it is true."""
        asked = question.asked or question.text
        if asks_whether_true(asked):
            claims = [t for t in question.turns if t.articles and not asks_whether_true(t.question)]
            heads = self.talked_of(question, claims[-1].articles) if claims else ()
            if heads:
                return truth_told(question, claims[-1].answer, heads, self.text_of)
            return _unclear(question, unclear_what(asked))
        last = next((turn for turn in reversed(question.turns) if turn.articles), None)
        heads = self.talked_of(question, last.articles) if last is not None else ()
        return source_told(question, heads, self.text_of) if heads and asks_for_source(asked, question.turns) else None

    def _of_the_talk(self, asking: Asking) -> Asking | None:
        """What the articles that the conversation last cited answer to a question that names nothing and all of whose
        words they have; None where they do not."""
        question = asking.question
        if question.kind is QuestionKind.HELP or self.events.asks_for_all(question):
            return None
        if takes_up_what_was_told(question.text):
            # Whoever is named may speak "about that" in any of them.
            cited = dict.fromkeys(turn.articles for turn in reversed(question.turns[-REACH:]) if turn.articles)
            stories = ((n, self._there(asking, articles)) for n, articles in enumerate(cited))
            n, told = next(((n, t) for n, t in stories if t is not None and not t.from_passages), (0, None))
            return _noted(told) if told is not None and n else told
        if names_something(question.text) or self._names_without_capitals(question):
            return None
        articles, about = at_hand(question.turns), subject(question.turns)
        texts = [f"{head.title} {self.text_of(head)[:_READ]}" for head in self.talked_of(question, articles)]
        if not texts or not tells_of(about, " ".join(texts)):  # what was asked about since is something else
            return None
        if asks_for_words_of_a_body(question.text):  # "the union" is theirs, whatever they call it
            told = self._there(asking, articles)
            return None if told is None or told.from_passages else told
        return self._there(asking, articles) if has_words_of(question.text, texts) else None

    def _there(self, asking: Asking, articles: Sequence[tuple[str, str]]) -> Asking | None:
        """What these articles answer; None where they do not."""
        question = asking.question
        there = tuple((head.collection, head.id) for head in self.talked_of(question, articles))
        kept = self.answered(replace(asking, question=replace(question, articles=there))) if there else asking
        answer = given(kept)
        return replace(kept, question=question, answer=replace(answer, question=question)) if answer else None

    def _told_apart(self, done: Asking) -> Asking:
        """The answer, with a note where other articles than those talked of answer a question that names nothing, nor
        has a subject of its own."""
        question, answer = done.question, given(done)
        talked_of = at_hand(question.turns)
        if answer is None or not talked_of or names_something(question.text):
            return done
        known = means_as_known(question.text, self.parse)
        if set(talked_of) & set(answer.cited):
            there = only_of(answer, talked_of) if known else None  # "the minister" of these articles
            return done if there is None else replace(done, answer=there)
        own = has_a_subject(question.text, self.parse) and (question.asked is not None or not leans(question.text))
        if (own and not known) or self.events.asks_for_all(question) or self._names_without_capitals(question):
            return done
        if any(article in turn.articles for turn in question.turns[-_RECENT:] for article in answer.cited):
            return done  # the talk has come back to it
        return _noted(done)

    def talked_of(self, question: Question, articles: Sequence[tuple[str, str]]) -> Sequence[ArticleHead]:
        """The articles, each its collection and its id, as far as they are still there and may be asked."""
        return self.heads_of([article for article in articles if article[0] in question.collections])

    def _names_without_capitals(self, question: Question) -> bool:
        """Whether a question names something that the passages found for it write with capitals; "the mayor" is named
        by no "Mayor Roe"."""
        written = with_capitals(question.text, [p.text for p in self.search(question, _NAMED_IN)])
        pairs = zip(question.text.split(), written.split(), strict=True)
        return names_something(written) and not all(names_a_role(old) for old, new in pairs if old != new)

    def _is_near(self, done: Asking, about: Sequence[str]) -> bool:
        """Whether the article that is offered first with an abstention tells of what the conversation is about."""
        nearest = done.answer.nearest if done.answer is not None else ()
        return bool(nearest) and self._tells_of(about, nearest[0].article)

    def _tells_of(self, about: Sequence[str], article: ArticleHead) -> bool:
        return tells_of(about, f"{article.title} {self.text_of(article)}")


def _unclear(question: Question, reason: str) -> Answer:
    return Answer(question, (), (), abstained=True, reason=reason)


def _noted(done: Asking) -> Asking:
    """An answer with the note that it may be of something else."""
    assert done.answer is not None
    return replace(done, answer=replace(done.answer, notes=(*done.answer.notes, OF_ANYTHING)))

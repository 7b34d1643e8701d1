"""How well each sentence of the found passages answers: what is measured of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.annotation.passages import heading
from retrieval.answering.agreement import answer_words, can_agree
from retrieval.answering.asked_for import AskedFor, Wanted, asked_for
from retrieval.answering.asked_there import asks, headed, questions_before
from retrieval.answering.matching import WordVectors, nearness, unit_rows, word_vectors
from retrieval.answering.offers import Offer, offers
from retrieval.answering.passage_reader import PassageReader
from retrieval.answering.posts import names_office
from retrieval.answering.question_syntax import QuestionSyntax
from retrieval.answering.question_words import QuestionWords
from retrieval.answering.roles import UNKNOWN
from retrieval.schema import ArticleHead, FoundPassage, Question, Stretch
from retrieval.search.freshness import fit
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.token_states import TokenStates

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""

_PASSAGES = 5  # that sentences are taken from: what two cores read in a tenth of a second; more found no more answers
_HEADING = 240  # characters of a headline: a longer one would push the passage out of what the model reads
_INNER_NAME = re.compile(r"(?:(?<=[a-z,;] )|(?<=[a-z,;] [“‘]))[A-Z][\w-]+")
_CAPITAL = re.compile(r"[A-Z][\w-]+")
_WISHED = 0.3  # strength from which a question asks for articles of certain days
_TITLED = 1  # counts a name of the title for each passage found
# What a question may be the answer to: words, and what it takes for known ("Why was Roe, 70, there?").
_ASKED = frozenset((AskedFor.WORDS, AskedFor.POSITION, AskedFor.AGE))
_BYLINE = re.compile(r"(?:[Bb]y\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,3}")  # who wrote it, and nothing else
# When an article was written, and nothing else.
_DATELINE = re.compile(
    r"(?:(?:Updated|Published|Posted|Last|at|on|[ECPMB]S?T|[ECPM]DT|GMT|UTC|[ap]\.?m|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|\d+)\b|[^\w“”\"])+",
    re.IGNORECASE,
)
_NEAR = 6  # tokens at which a word counts half for what is offered beside it


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of a sentence; all in [0, 1] but `cosine`, in [-1, 1].

    Shares are of the question's words, by rarity. `coverage` is the share that stands in the sentence; `context` the
    same with the article's title, publisher and the sentence before; `passage` with the whole passage. `offered` is how
    plainly the kind of thing asked for is there and `tie` how near the question's words stand to it; `others` is 1
    where a name of the question is missing and another stands in its place; `rank` is the passage's fused score beside
    the best. `asking` is how near the words of the sentence that asks are to the nearest tokens, `predicate` the same
    of its verb, `instance` of the noun asked for ("which animal") and tokens that the question lacks. `salient` is how
    much the article is about a name that the question lacks, `lead` how near its beginning the sentence stands, `found`
    how high both searches put the passage, `timely` whether it is of the days asked for, `role` whether the sentence
    has the part that the question asks for, `weakest` how near the word of the sentence that asks is that is met least
    in the sentence, the one before it and the title; `headed` how much of the question a question of the article's own
    has that stands before the sentence, less with each sentence between.
    """

    cosine: float = 0.0
    coverage: float = 0.0
    context: float = 0.0
    passage: float = 0.0
    offered: float = 0.0
    tie: float = 0.0
    others: float = 0.0
    rank: float = 0.0
    asking: float = 0.0
    predicate: float = 0.0
    instance: float = 0.0
    salient: float = 0.0
    lead: float = 0.0
    timely: float = UNKNOWN
    role: float = UNKNOWN
    weakest: float = 0.0
    headed: float = 0.0

    def row(self) -> NDArray[np.float64]:
        """The measures in the order of their names above."""
        return np.array([getattr(self, f.name) for f in fields(self)], np.float64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer. `names` is the share of the question's names and numbers in what was found of its
    article, title and publisher included; `kind` what is asked for, `answer` the words of what is best offered of it,
    none where that is no name or figure. `share` is the chance to answer among all sentences, `agreed` that of all
    which say the same and nothing forbids, `ahead` the latter among what nothing forbids.
    """

    passage: FoundPassage
    stretch: Stretch
    text: str
    before: tuple[str, ...]
    names: float
    measures: Measures
    kind: AskedFor = AskedFor.ANYTHING
    answer: frozenset[str] = frozenset()
    score: float = 0.0
    share: float = 0.0
    agreed: float = 0.0
    ahead: float = 0.0

    @property
    def position(self) -> int:
        """Where it begins in its article."""
        return self.stretch.start


def gather(
    question: Question,
    syntax: QuestionSyntax,
    words: QuestionWords,
    passages: Sequence[FoundPassage],
    reader: PassageReader,
    text_of: TextOf,
) -> list[Evidence]:
    """The sentences of the first of `passages`, measured, each once, in no order.

    The model reads the question and each passage, under its heading, once; a sentence is what its tokens mean there, so
    that "it" and "the company" are near what they stand for.
    """
    read = passages[:_PASSAGES]
    if not read:
        return []
    told: dict[str, set[str]] = {}
    for passage in passages:
        told.setdefault(passage.article.id, set()).update(
            stems(passage.text), stems(passage.article.title), stems(passage.article.source or "")
        )
    texts = [as_read(p) for p in read]
    asked, states = reader.read(question.topic, texts)
    vectors, asking = word_vectors(question.topic, words.words, asked), question.topic[slice(*syntax.asking)]
    measure = _Measuring(
        question,
        asked_for(asking),
        words,
        syntax,
        asked,
        vectors,
        np.array([word.casefold() in asking.casefold() for word in vectors.words], bool),
        _told_often(passages),
        frozenset(stems(question.text)),
    )
    found = []
    for passage, text, passage_states in zip(read, texts, states, strict=True):
        offset = len(text) - len(passage.text)
        of_passage = _sentences(question, passage, words, read[0].score, told[passage.article.id], text_of)
        inside = [
            passage_states.within(e.stretch.start - e.passage.start + offset, e.stretch.end - e.passage.start + offset)
            for e in of_passage
        ]
        title = _met(nearness(vectors, passage_states.within(0, offset)))
        near = [nearness(vectors, states_of_it) for states_of_it in inside]
        met = [_met(of_it) for of_it in near]
        for i, (e, states_of_it) in enumerate(zip(of_passage, inside, strict=True)):
            weakest = measure.weakest(title, *met[max(0, i - 1) : i + 1])
            measured = measure.measured(e, states_of_it, near[i], met[i])
            found.append(replace(measured, measures=replace(measured.measures, weakest=weakest)))
    stated = [e for e in found if not (_DATELINE.fullmatch(e.text) or _BYLINE.fullmatch(e.text))]
    return _distinct([e for e in stated if measure.wanted.kind in _ASKED or not asks(e.text)])


def as_read(passage: FoundPassage) -> str:
    """A passage under its heading, as the model reads it."""
    return f"{heading(passage.article)[:_HEADING]}\n{passage.text}"


@dataclass(frozen=True, slots=True)
class _Measuring:
    """Measures what needs the model's states."""

    question: Question
    wanted: Wanted
    words: QuestionWords
    syntax: QuestionSyntax
    asked: TokenStates
    vectors: WordVectors
    inside: NDArray[np.bool_]  # which of the words stand in the sentence that asks
    often: Mapping[str, Counter[str]]
    asked_stems: frozenset[str]

    @property
    def wants_name(self) -> bool:
        """Whether a name may answer."""
        if self.wanted.kind in (AskedFor.PERSON, AskedFor.BODY, AskedFor.NAME, AskedFor.PLACE):
            return True
        return self.wanted.kind in (AskedFor.ANYTHING, AskedFor.LIST) and self.syntax.focus is not None

    @property
    def _post(self) -> Stretch | None:
        """ "Who is the treasurer": what stands for a verb where somebody is asked for by a post."""
        return self.syntax.focus if self.wanted.kind is AskedFor.PERSON else None

    def measured(
        self, e: Evidence, states: TokenStates, near: NDArray[np.float32], met: NDArray[np.float32]
    ) -> Evidence:
        """`e` with what its `states` show; `near` is how near its tokens are to the words, `met` the nearest."""
        weights = np.array([self.words.weights[stem(word)] for word in self.vectors.words], np.float64)
        total = float(weights.sum()) or 1.0
        found = offers(self.wanted.kind, e.text, self.question.text)
        if self.wanted.kind is AskedFor.ANYTHING and self.syntax.focus is not None:
            found = [replace(o, strength=0.5) for o in found] + offers(AskedFor.NAME, e.text, self.question.text)
        ties = [(_tie(o, near, weights, states) / total, o) for o in found]
        counts = weights * self.inside if self.inside.any() else weights
        tie, best = max(ties, key=lambda pair: pair[0] * pair[1].strength, default=(0.0, None))
        measures = replace(
            e.measures,
            cosine=float(self.asked.pooled() @ states.pooled()),
            offered=max((o.strength for o in found), default=0.0),
            tie=tie * best.strength if best else 0.0,
            asking=float(met @ counts) / (float(counts.sum()) or 1.0) if len(weights) else 0.0,
            predicate=self._near_deed(e, states),
            instance=self._near(self.syntax.focus, e, states, fresh=True),
            salient=self._salient(e),
        )
        return replace(e, measures=measures, kind=self.wanted.kind, answer=self._answer(e.text, best))

    def _near_deed(self, e: Evidence, states: TokenStates) -> float:
        post = self._post
        if post is not None and names_office(self.question.topic[slice(*post)], e.text):
            return 1.0
        return self._near(self.syntax.predicate or post, e, states, fresh=False)

    def _answer(self, text: str, best: Offer | None) -> frozenset[str]:
        """The words of what is offered, where it is something that sentences can agree on."""
        named = self.wanted.kind is AskedFor.ANYTHING and self.syntax.focus is not None
        if best is None or best.end - best.start == len(text) or not (named or can_agree(self.wanted.kind)):
            return frozenset()
        offered = text[best.start : best.end]
        if self.wanted.kind is AskedFor.PERSON and not any(word[0].isupper() for word in content_words(offered)):
            return frozenset()  # "he said" is said of many
        return answer_words(offered, self.asked_stems)

    def weakest(self, *met: NDArray[np.float32]) -> float:
        """How near the word of the sentence that asks is that is met least in any of these."""
        if not self.vectors.words:
            return 0.5
        best = np.max(met, axis=0)
        return float(best[self.inside].min() if self.inside.any() else best.min())

    def _near(self, word: Stretch | None, e: Evidence, states: TokenStates, *, fresh: bool) -> float:
        """How near the sentence's nearest token is to a word of the question; `fresh`: of those not in the question."""
        if word is None or not len(states.spans):
            return 0.5
        inside = (self.asked.spans[:, 0] < word.end) & (self.asked.spans[:, 1] > word.start)
        if not inside.any():
            return 0.5
        vector = WordVectors(("",), unit_rows(self.asked.states[inside].mean(axis=0, keepdims=True)))
        near = nearness(vector, states)[0]
        if fresh:
            known_ = [stem(e.text[a:b]) in self.words.weights for a, b in states.spans]
            near = np.where(known_, 0.0, near)
        return float(near.max())

    def _salient(self, e: Evidence) -> float:
        """How much of its article is about a name that the sentence has and the question lacks."""
        if not self.wants_name:
            return 0.5
        often = self.often[e.passage.article.id]
        most = max((n for name, n in often.items() if name not in self.words.weights), default=0)
        fresh = {s for name in _CAPITAL.findall(e.text) if (s := stem(name)) not in self.words.weights}
        return max((often[s] / most for s in fresh if s in often), default=0.0) if most else 0.0


def _met(near: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near the nearest token is to each word of the question."""
    return near.max(axis=1) if near.size else np.zeros(len(near), np.float32)


def _told_often(passages: Sequence[FoundPassage]) -> dict[str, Counter[str]]:
    """Of each article, how often a name stands in what was found of it; one that its title has too counts more."""
    counts: dict[str, Counter[str]] = {}
    for passage in passages:
        own = counts.setdefault(passage.article.id, Counter())
        own.update(stem(name) for name in _INNER_NAME.findall(passage.text))
    for passage in passages:
        own = counts[passage.article.id]
        for name in {stem(word) for word in _CAPITAL.findall(passage.article.title)} & own.keys():
            own[name] += _TITLED
    return counts


def _tie(offer: Offer, near: NDArray[np.float32], weights: NDArray[np.float64], states: TokenStates) -> float:
    """How near the question's words stand to what is offered, each by its weight."""
    if not near.size:
        return 0.0
    inside = (states.spans[:, 0] < offer.end) & (states.spans[:, 1] > offer.start)
    places = np.arange(len(states.spans))
    if not inside.any():
        return 0.0
    first, last = places[inside][0], places[inside][-1]
    distance = np.maximum(0, np.maximum(first - places, places - last))
    return float((near * (_NEAR / (_NEAR + distance))).max(axis=1) @ weights)


def _sentences(
    question: Question, passage: FoundPassage, words: QuestionWords, best: float, told: set[str], text_of: TextOf
) -> list[Evidence]:
    prior = question.prior
    wished = prior is not None and prior.strength >= _WISHED
    timely = fit(passage.article.published_on, prior) if prior is not None and wished else UNKNOWN
    texts = [passage.text[s - passage.start : e - passage.start] for s, e in passage.sentences]
    found = [stems(text) for text in texts]
    around = stems(passage.article.title) | stems(passage.article.source or "")
    whole = around.union(*found) if found else around
    names = words.covered(told, words.names)
    evidence = []
    above = questions_before(text_of(passage.article), passage.start)
    under = headed(question, [*above, *texts], words)[len(above) :]
    for i, (stretch, text) in enumerate(zip(passage.sentences, texts, strict=True)):
        near = around | found[i] | (found[i - 1] if i else set())
        measures = Measures(
            coverage=words.covered(found[i]),
            context=words.covered(near),
            passage=words.covered(whole),
            others=float(words.covered(found[i], words.names) < 1.0 and _names_others(text, words)),
            rank=passage.score / best if best else 0.0,
            timely=timely,
            lead=1.0 / (1.0 + stretch[0] / 400.0),
            headed=under[i],
        )
        evidence.append(Evidence(passage, Stretch(*stretch), text, tuple(texts[:i]), names, measures))
    return evidence


def _names_others(text: str, words: QuestionWords) -> bool:
    return any(stem(name) not in words.weights for name in _INNER_NAME.findall(text))


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, from the article that ranks first, whatever number of articles print it."""
    seen: set[str] = set()
    kept = []
    for item in evidence:
        key = " ".join(re.findall(r"\w+", item.text.casefold()))
        if key and key not in seen:
            seen.add(key)
            kept.append(item)
    return kept

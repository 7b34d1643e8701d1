"""Teaches the judge which sentence answers a question, and writes what it learnt.

Run with `python -m tests.benchmarks.fit_judge first` and then with `... second` and so on to `... eighth`; three
hours on two cores.
It learns from the articles of `tests/data/judged_news`, invented for it, with questions and the sentences that answer
them; every tenth article is held out, and counted at the end. The second run begins with what the first one wrote, and
reads the quizzes (`quiz_*.txt`), in which many a sentence nearly answers, among as many of the other articles; the
third one reads stories beside these (`story_*.txt`), each told in several reports of which one answers; the fourth and
the fifth read what somebody who has only heard of it would ask in words of their own, of the plain facts and of side
matters (`tests/data/everyday_*.txt`), beside half of the articles with their first questions. The last three read
stories of which a good deal is asked that they seem to tell and do not, told by several newsrooms (`near_*.txt`,
`close_*.txt`) or at length, as pages of the web do (`page_*.txt`), beside some of all that was asked before, and each
question with sentences that the judge so far takes for the answer. What these three wrote, each copied before the next
run, is put together by `... mean FILE FILE FILE`.

A cross-encoder on the weights of the bundled embedding model, all but its lowest layer tuned (`taught.py`).
Each question is read with a sentence that answers it and with others of its article and of other articles, those that
share words with it first, under a softmax over them ("localized contrastive estimation", Gao et al., 2021); and under
one in which "none of these" takes part too, with a score of 0, which is right where the article does not answer: so
scores say whether anything answers at all.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from safetensors.torch import save_file
from torch import Tensor

from retrieval.answering.sentences.answer_judge import TAUGHT, AnswerJudge, Judge
from tests.benchmarks.taught import Learner, changes, mean
from tests.benchmarks.varied_news import NewsArticle, articles, with_questions

FOLDER = Path(__file__).resolve().parent.parent / "data" / "judged_news"
_EVERYDAY = {
    run: FOLDER.with_name(f"everyday_{name}.txt") for run, name in (("fourth", "questions"), ("fifth", "side_matters"))
}

_NEARLY = {"sixth": "near_", "seventh": "close_", "eighth": "page_"}  # runs, with the files that are new in them
_KINDS = ("quiz_", "story_", *_NEARLY.values(), "")  # of articles, by how their files' names begin
_EPOCHS = {"first": 2} | dict.fromkeys(("second", "third", *_EVERYDAY, *_NEARLY), 1)
_AGAIN = 4  # one in so many of what was asked before is asked again in these
_QUESTIONS, _SENTENCES = 12, 6  # of a batch, and read with each question
_RATE, _RATE_OF_FIRST = 6e-5, 1e-4
_TOKENS = 96
_NEAR, _FAR, _SEEN = 6, 4, 400  # sentences of its own article and of others, out of so many
_JUDGED, _FAR_BESIDE = 12, 1  # where a judge says what is near: of so many, beside so many of other articles
_ALIKE = 20  # batches whose questions are sorted by length, so that little is padded
_PLAINEST = 0.8  # of the times, the sentence that answers most plainly
_HELD_OUT = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the sentences that answer it, plainest first, and others that do not."""

    question: str
    right: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]


def taught_articles(run: str) -> list[NewsArticle]:
    """Those that the judge learns from in a run."""
    quizzes, stories, others = (_to_learn_from(kind) for kind in ("quiz_", "story_", ""))
    if run == "first":
        return others
    if run in _NEARLY:
        told = [*quizzes, *stories, *others]
        asked = [*told, *(of[a.id] for of in map(everyday, _EVERYDAY) for a in told)]
        for earlier, kind in _NEARLY.items():
            if earlier == run:
                break
            asked += _to_learn_from(kind)
        again = random.Random([*_EPOCHS].index(run)).sample(asked, len(asked) // _AGAIN)
        return [*_to_learn_from(_NEARLY[run]), *again]
    if run in _EVERYDAY:
        asked_plainly, told = everyday(run), [*quizzes, *stories, *others]
        some = random.Random([*_EPOCHS].index(run) - 1).sample(told, len(told) // 2)
        return [*(asked_plainly[a.id] for a in told), *some]
    some = random.Random(1).sample(others, min(len(others), len(quizzes)))
    return [*quizzes, *some] if run == "second" else [*stories, *quizzes, *some]


def _to_learn_from(kind: str) -> list[NewsArticle]:
    return [article for article, held in _articles(kind) if not held]


def everyday(run: str) -> dict[str, NewsArticle]:
    """All articles, by their ids, with the questions in everyday words of a run in place of their own."""
    asked: dict[str, list[str]] = {}
    for block in _EVERYDAY[run].read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        asked[head.removeprefix("# ")] = lines
    return {a.id: with_questions(a, asked.get(a.id, ())) for a in all_articles() if a.id in asked}


def all_articles() -> list[NewsArticle]:
    """Those that it learns from and those that it is counted on."""
    return [a for kind in _KINDS for a, _ in _articles(kind)]


def held_articles() -> list[NewsArticle]:
    """Those that it is counted on: each with its own questions, and again with those in everyday words."""
    held = [a for kind in _KINDS for a, held in _articles(kind) if held]
    asked_plainly = [everyday(run) for run in _EVERYDAY]
    return [*held, *(asked[a.id] for asked in asked_plainly for a in held if a.id in asked)]


def held_stories() -> list[NewsArticle]:
    """Those of them of which much is asked that they only seem to tell."""
    return [article for kind in _NEARLY.values() for article, held in _articles(kind) if held]


def _articles(kind: str) -> Iterator[tuple[NewsArticle, bool]]:
    """The articles of the files of a kind, and whether they are held out."""
    files = (file for file in sorted(FOLDER.glob("*.txt")) if _kind(file.name) == kind)
    found = (article for file in files for article in _told_in(file))
    return ((article, n % _HELD_OUT == 0) for n, article in enumerate(found))


@cache
def _told_in(file: Path) -> tuple[NewsArticle, ...]:
    """What a file tells, read once: a run asks for all of it several times."""
    return tuple(articles(file))


def _kind(name: str) -> str:
    return next(kind for kind in _KINDS if name.startswith(kind))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def cases(news: Sequence[NewsArticle], rng: random.Random, judge: Judge | None = None) -> list[Case]:
    """A case for each question, in the order of the articles; of the other sentences those come first that share words
    with it or, with a judge, that this one takes for the answer."""
    told = [(a.id, sentence) for a in news for sentence in a.sentences]
    found = []
    for article in news:
        for q in article.questions:
            asked = _words(q.text)

            def shared(sentence: str, asked: set[str] = asked) -> int:
                return -len(asked & _words(sentence))

            near = sorted((s for s in article.sentences if s not in q.gold), key=shared)
            if judge is not None:
                shortlist = near[:_JUDGED]
                best_first = (-judge.scores(q.text, shortlist)).argsort().tolist()
                near[:_JUDGED] = [shortlist[n] for n in best_first]
            seen = [s for of, s in rng.sample(told, min(_SEEN, len(told))) if of != article.id]
            far = sorted(seen, key=shared)[: _FAR if judge is None else _FAR_BESIDE]
            found.append(Case(q.text, q.gold, tuple(near), tuple(far)))
    return found


def read_with(case: Case, rng: random.Random) -> list[str]:
    """`_SENTENCES` sentences to read with the question, first one that answers where there is one."""
    others = [*case.near[: _NEAR // 2], *_some(case.near[_NEAR // 2 :], _NEAR // 2, rng), *case.far]
    right = [case.right[0] if rng.random() < _PLAINEST else rng.choice(case.right)] if case.right else []
    read = right + _some(others, _SENTENCES - len(right), rng)
    return read + read[-1:] * (_SENTENCES - len(read))


def _some(sentences: Sequence[str], count: int, rng: random.Random) -> list[str]:
    return rng.sample(list(sentences), min(count, len(sentences)))


def batches(found: list[Case], rng: random.Random) -> Iterator[list[Case]]:
    """All cases in batches of like length, in random order."""
    rng.shuffle(found)
    made = []
    for at in range(0, len(found), _QUESTIONS * _ALIKE):
        some = sorted(found[at : at + _QUESTIONS * _ALIKE], key=_length)
        made += [some[i : i + _QUESTIONS] for i in range(0, len(some), _QUESTIONS)]
    rng.shuffle(made)
    yield from made


def _length(case: Case) -> int:
    return len(case.question) + max(map(len, case.right or case.near[:1]))


class JudgeLearner(Learner):
    """Learns which sentences answer."""

    def loss(self, batch: Sequence[Case], rng: random.Random) -> Tensor:
        """How far the scores are from telling what answers, and whether anything does."""
        read = [read_with(case, rng) for case in batch]
        flat = [sentence for sentences in read for sentence in sentences]
        scores = self([case.question for case in batch for _ in range(_SENTENCES)], flat).view(len(batch), -1)
        answered = torch.tensor([bool(case.right) for case in batch])
        or_none = torch.log_softmax(torch.cat((scores, torch.zeros(len(batch), 1)), dim=1), dim=1)
        among = torch.log_softmax(scores, dim=1)[:, 0] + or_none[:, 0]
        return -torch.where(answered, among, or_none[:, -1]).mean()


def learn(run: str, tell: Callable[[str], None]) -> Iterator[Learner]:
    """The model as it is each time it has read all questions of a run."""
    torch.manual_seed(0)
    rng = random.Random(0)
    learner = JudgeLearner(_TOKENS)
    if run != "first":
        learner.recall(TAUGHT)
    found = cases(taught_articles(run), rng, AnswerJudge() if run in _NEARLY else None)
    each = -(-len(found) // _QUESTIONS)
    steps = _EPOCHS[run] * each
    losses = (learner.loss(batch, rng) for _ in range(_EPOCHS[run]) for batch in batches(found, rng))
    began, lost = time.monotonic(), 0.0
    rate = _RATE_OF_FIRST if run == "first" else _RATE
    for step, loss in enumerate(learner.follow(losses, steps=steps, rate=rate), start=1):
        lost += loss
        if step % 50 == 0:
            tell(f"{step} of {steps}: loss {lost / 50:.3f}, {time.monotonic() - began:.0f} s")
            lost = 0.0
        if step % each == 0:
            yield learner


def counted(judge: AnswerJudge, news: Sequence[NewsArticle]) -> tuple[float, float]:
    """Of questions that are answered, the share whose best sentence of the article is right; and how often the best one
    of a question that is answered has a higher score than that of one that is not (AUC)."""
    right: list[bool] = []
    answered: list[float] = []
    unanswered: list[float] = []
    for article in news:
        for q in article.questions:
            scores = judge.scores(q.text, article.sentences)
            (answered if q.gold else unanswered).append(float(scores.max()))
            if q.gold:
                right.append(article.sentences[int(scores.argmax())] in q.gold)
    higher = np.mean(np.array(answered)[:, None] > np.array(unanswered)[None])
    return float(np.mean(right)), float(higher)


def main() -> None:
    """Learn, or take the mean; write, count."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fit_judge")
    parser.add_argument("run", choices=[*_EPOCHS, "mean"])
    parser.add_argument("files", nargs="*", type=Path, help="copies of what runs wrote, for their mean")
    tell = Console().print
    asked = parser.parse_args()
    made = (changes(learner) for learner in learn(asked.run, tell)) if asked.run != "mean" else [mean(asked.files)]
    for taught in made:
        save_file(taught, TAUGHT)
        first, higher = counted(AnswerJudge(), held_articles())
        tell(f"held out: first sentence right {first:.3f}, answered above unanswered {higher:.3f}")


if __name__ == "__main__":
    main()

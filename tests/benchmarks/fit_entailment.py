"""Teaches the bundled model which written sentences news bears out, and writes what it learnt.

Run with `python -m tests.benchmarks.fit_entailment first` and then with `... second`; some 35 minutes on two cores.
It learns from `tests/data/statements`: of each story in `tests/data/judged_news`, what a careful writer might say of it
in other words, and what a careless one might, with the story's own names and numbers. The first run begins with what
the judge of answers knows, and reads each statement with the sentences it was written from; the second reads it with
what the verifier reads beside these. A true statement is read, at times, with others of its story, which do not bear it
out. The stories of two files are held out, and counted at the end.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from rich.console import Console
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from retrieval.answering.sentences import answer_judge
from retrieval.answering.verification.cited import BearsOut, CitedPassage
from retrieval.answering.verification.entailment import TAUGHT, TaughtEntailment
from retrieval.answering.verification.meaning import Meaning, Source, excerpts, sources
from retrieval.schema import Stretch
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder
from tests.benchmarks import fit_judge
from tests.benchmarks.taught import Learner, changes
from tests.benchmarks.varied_news import NewsArticle, articles

FOLDER: Final = fit_judge.FOLDER.with_name("statements")
HELD_OUT: Final = ("near_companies.txt", "page_pronouns_and_reasons.txt")

_STATEMENT = re.compile(r"(?P<sign>[+-]) (?P<text>.+) :: (?P<cited>\d+(?:,\d+)*)")
_EPOCHS, _RATE = {"first": 2, "second": 1}, {"first": 1e-4, "second": 6e-5}
_TOKENS, _BATCH = 160, 32
_ALIKE = 20  # batches that are sorted by length, so that little is padded
_ELSEWHERE = 0.12  # of the true statements with one source sentence: read with others
_ALONE = 0.4  # of the statements that the second run reads with the cited sentences alone


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence written of a story; `cited` are the story's sentences that it was written from, by number."""

    text: str
    borne_out: bool
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with the story's sentences that it was written from, and what the verifier would read it with."""

    text: str
    borne_out: bool
    cited: list[Source]
    read: list[list[Source]]


def statements(file: Path) -> Iterator[tuple[NewsArticle, list[Statement]]]:
    """The stories of a file with what was written of each; ValueError where a line has no such form."""
    stories = {story.id: story for story in articles(fit_judge.FOLDER / file.name)}
    for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        yield stories[head.removeprefix("# ")], [_statement(line) for line in lines]


def _statement(line: str) -> Statement:
    match = _STATEMENT.fullmatch(line)
    if match is None:
        raise ValueError(f"no statement: {line!r}")
    return Statement(match["text"], match["sign"] == "+", tuple(map(int, match["cited"].split(","))))


def told(*, held_out: bool) -> Iterator[tuple[NewsArticle, list[Statement]]]:
    """All stories to learn from, or all that are held out, with what was written of each."""
    for file in sorted(FOLDER.glob("*.txt")):
        if (file.name in HELD_OUT) is held_out:
            yield from statements(file)


def cases(found: Iterator[tuple[NewsArticle, list[Statement]]], meaning: Meaning) -> Iterator[Case]:
    """A case for each statement; it is read with sentences of the reports that it was written from."""
    for story, written in found:
        everything = sources(passages(story))
        meaning.cosines("", [*(s.text for s in everything), *(s.text for s in written)])  # all embedded at once
        for statement in written:
            cited = [everything[n] for n in statement.cited]
            reports = [s for s in everything if any(s.passage is c.passage for c in cited)]
            yield Case(statement.text, statement.borne_out, cited, excerpts(statement.text, reports, meaning))


def passages(story: NewsArticle) -> list[CitedPassage]:
    """Each report of a story as one passage."""
    reports: dict[str, list[str]] = {}
    for headline, sentence in zip(story.headlines, story.sentences, strict=True):
        reports.setdefault(headline, []).append(sentence)
    found = []
    for key, (headline, report) in enumerate(reports.items()):
        ends = np.cumsum([len(sentence) + 1 for sentence in report]).tolist()
        stretches = tuple(Stretch(end - 1 - len(s), end - 1) for s, end in zip(report, ends, strict=True))
        found.append(CitedPassage(str(key), " ".join(report), stretches, headline, published=story.published))
    return found


def read_with(case: Case, run: str, rng: random.Random) -> tuple[str, bool]:
    """What a statement is read with this time, and whether that bears it out."""
    cited = {id(s) for s in case.cited}
    beside = [] if run == "first" or rng.random() < _ALONE else rng.choice(case.read)
    if case.borne_out and len(cited) == 1 and rng.random() < _ELSEWHERE:
        others = [s for s in case.read[-1] if id(s) not in cited]
        if others:
            return _joined(others[:1] if run == "first" else others), False
    return _joined([*case.cited, *beside]), case.borne_out


def _joined(read: Sequence[Source]) -> str:
    each = {id(s): s for s in read}.values()
    return " ".join(s.text for s in sorted(each, key=lambda s: (s.passage.key, s.stretch.start)))


def learn(run: str, found: Sequence[Case], tell: Callable[[str], None]) -> Learner:
    """The model once it has read all cases of a run."""
    torch.manual_seed(0)
    rng = random.Random(0)
    learner = Learner(_TOKENS)
    learner.recall(answer_judge.TAUGHT if run == "first" else TAUGHT)
    if run == "first":
        for parameter in learner.head.parameters():
            torch.nn.init.zeros_(parameter)

    def losses() -> Iterator[Tensor]:
        for _ in range(_EPOCHS[run]):
            for batch in _batches([(case.text, *read_with(case, run, rng)) for case in found], rng):
                texts, read, borne_out = zip(*batch, strict=True)
                wanted = torch.tensor(borne_out, dtype=torch.float32)
                yield binary_cross_entropy_with_logits(learner(list(texts), list(read)), wanted)

    steps = _EPOCHS[run] * -(-len(found) // _BATCH)
    began, lost = time.monotonic(), 0.0
    for step, loss in enumerate(learner.follow(losses(), steps=steps, rate=_RATE[run]), start=1):
        lost += loss
        if step % 50 == 0:
            tell(f"{step} of {steps}: loss {lost / 50:.3f}, {time.monotonic() - began:.0f} s")
            lost = 0.0
    return learner


def _batches(found: list[tuple[str, str, bool]], rng: random.Random) -> list[list[tuple[str, str, bool]]]:
    """All in batches of like length, in random order."""
    rng.shuffle(found)
    made = []
    for at in range(0, len(found), _BATCH * _ALIKE):
        some = sorted(found[at : at + _BATCH * _ALIKE], key=lambda one: len(one[0]) + len(one[1]))
        made += [some[i : i + _BATCH] for i in range(0, len(some), _BATCH)]
    rng.shuffle(made)
    return made


def counted(bears_out: BearsOut, found: Sequence[Case]) -> tuple[float, dict[float, float]]:
    """How often a true statement has higher odds than a false one (AUC), and the share of the true ones that pass where
    such a share of the false ones does."""
    odds: dict[bool, list[float]] = {True: [], False: []}
    for case in found:
        odds[case.borne_out].append(bears_out(case.text, [_joined(read) for read in case.read]))
    true, false = np.array(odds[True]), np.array(odds[False])
    passing = {share: float(np.mean(true > np.quantile(false, 1 - share))) for share in (0.1, 0.05, 0.02)}
    return float(np.mean(true[:, None] > false[None])), passing


def main() -> None:
    """Learn, write, count."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fit_entailment")
    parser.add_argument("run", choices=[*_EPOCHS])
    run, tell = parser.parse_args().run, Console().print
    meaning = Meaning(SentenceTransformerEmbedder().embed_documents)
    save_file(changes(learn(run, list(cases(told(held_out=False), meaning)), tell)), TAUGHT)
    higher, passing = counted(TaughtEntailment(), list(cases(told(held_out=True), meaning)))
    shares = ", ".join(f"{of:.3f} where {share} of the false ones do" for share, of in passing.items())
    tell(f"held out: true above false {higher:.3f}; pass {shares}")


if __name__ == "__main__":
    main()

"""News without end out of the news under tests/: stories told anew with other names, days and figures, some of them
twice, by two publishers.

The same seed makes the same articles. An article tells one story whole and recalls others behind it, as news does, so
that it is about as long as news is: some 750 words. A question keeps the names of its story.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bot.terminal.samples import make_store
from retrieval.reading.files import find_files, read_file
from retrieval.reading.given import Given
from retrieval.schema import Article
from tests.benchmarks import varied_news
from tests.benchmarks.quality import questions as labelled_questions

_REPEATED = 0.2  # of the articles tell what another publisher told a day or two before
_RECALLED = (3, 4)  # stories that an article recalls, at least and at most
_WORDS = 750  # an article, about
_FIRST_DAY = date(2019, 1, 1)
_DAYS = 2_500  # that the articles are spread over
_PUBLISHERS = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORD = re.compile(r"[A-Z][a-z]{2,}")
_INNER = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_FIGURE = re.compile(r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d\b)\d{1,3}(?:,\d{3})+|(?<![\d.,])(?!(?:1[5-9]|20)\d\d\b)\d{3,}")
_ONSETS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "st",
    "th",
)
_VOWELS = ("a", "e", "i", "o", "u", "ae", "ei", "ou")
_CODAS = ("l", "n", "r", "s", "th", "nd", "rk", "lm", "rn", "x", "ck")


@dataclass(frozen=True, slots=True)
class Template:
    """A story as it stands under tests/: title, paragraphs, and questions with the sentences that answer."""

    title: str
    paragraphs: tuple[str, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """A made article, with what JSON Lines have of one."""

    id: str
    title: str
    source: str
    published: date
    text: str

    def row(self) -> dict[str, str]:
        """As a line of JSON Lines."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "published": self.published.isoformat(),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question and the ids of all articles that answer it."""

    text: str
    article_ids: frozenset[str]


@dataclass(slots=True)
class _Story:
    """A template told with names, months and figures of its own."""

    template: Template
    seed: int
    _other: dict[str, str] = field(default_factory=dict)

    def tell(self, text: str) -> str:
        """`text` with this story's words in place of the template's."""
        text = _WORD.sub(lambda m: self._name(m.group()), text)
        return _FIGURE.sub(lambda m: self._figure(m.group()), text)

    def _name(self, word: str) -> str:
        if word in _MONTHS:
            return _MONTHS[(_MONTHS.index(word) + self.seed) % 12]
        if word not in _names():
            return word
        return self._other.setdefault(word, _made_name(random.Random(f"{self.seed} {word}")))

    def _figure(self, figure: str) -> str:
        rng = random.Random(f"{self.seed} {figure}")
        made = [
            c if not c.isdigit() else str(rng.randint(1, 9)) if n == 0 else str(rng.randint(0, 9))
            for n, c in enumerate(figure)
        ]
        return self._other.setdefault(figure, "".join(made))


def made_news(count: int, seed: int = 0) -> tuple[list[MadeArticle], list[MadeQuestion]]:
    """So many articles, and questions over them: about one for five articles, at most 400."""
    rng = random.Random(seed)
    templates = _templates()
    publishers = [
        f"The {_made_name(rng)} {rng.choice(('Courier', 'Post', 'Herald', 'Tribune', 'Times'))}"
        for _ in range(_PUBLISHERS)
    ]
    articles: list[MadeArticle] = []
    told: list[_Story] = []
    telling: list[list[_Story]] = []  # for each article, the stories in it
    while len(articles) < count:
        if articles and rng.random() < _REPEATED:
            before = rng.randrange(max(0, len(articles) - 50), len(articles))
            articles.append(_retold(articles[before], len(articles), publishers, rng))
            telling.append(telling[before])
            continue
        told.append(_Story(rng.choice(templates), rng.randrange(1 << 40)))
        recalled = rng.sample(told[-200:-1], min(len(told) - 1, rng.randint(*_RECALLED)))
        articles.append(_article(len(articles), told[-1], recalled, publishers, rng))
        telling.append([told[-1], *recalled])
    by_story: dict[int, list[MadeArticle]] = {}
    for article, stories in zip(articles, telling, strict=True):
        for story in stories:
            by_story.setdefault(story.seed, []).append(article)
    return articles, list(_questions(told, by_story, rng, min(400, max(20, count // 5))))


def _article(
    number: int, story: _Story, recalled: Sequence[_Story], publishers: Sequence[str], rng: random.Random
) -> MadeArticle:
    paragraphs = [story.tell(p) for p in story.template.paragraphs]
    for other in recalled:
        paragraphs += [other.tell(p) for p in other.template.paragraphs]
    kept, words = [], 0
    for paragraph in paragraphs:
        if words >= _WORDS:
            break
        kept.append(paragraph)
        words += len(paragraph.split())
    published = _FIRST_DAY + timedelta(rng.randrange(_DAYS))
    return MadeArticle(
        f"made-{number}", story.tell(story.template.title), rng.choice(publishers), published, "\n\n".join(kept)
    )


def _retold(article: MadeArticle, number: int, publishers: Sequence[str], rng: random.Random) -> MadeArticle:
    """The story of `article` by another publisher: a paragraph less, and one moved."""
    paragraphs = article.text.split("\n\n")
    if len(paragraphs) > 3:
        del paragraphs[rng.randrange(1, len(paragraphs))]
        paragraphs.insert(rng.randrange(1, len(paragraphs)), paragraphs.pop())
    source = rng.choice([p for p in publishers if p != article.source])
    published = article.published + timedelta(rng.randint(1, 2))
    return MadeArticle(f"made-{number}", article.title, source, published, "\n\n".join(paragraphs))


def _questions(
    told: Sequence[_Story], by_story: Mapping[int, Sequence[MadeArticle]], rng: random.Random, count: int
) -> Iterator[MadeQuestion]:
    """Questions that name something of their story, with the articles that have a sentence which answers."""
    found = 0
    for story in rng.sample(list(told), len(told)):
        asked = [(q, gold) for q, gold in story.template.questions if _names() & set(_WORD.findall(q))]
        if not asked:
            continue
        question, gold = rng.choice(asked)
        sentences = [story.tell(sentence) for sentence in gold]
        ids = frozenset(a.id for a in by_story[story.seed] if any(s in a.text for s in sentences))
        if ids:
            yield MadeQuestion(story.tell(question), ids)
            found += 1
        if found == count:
            return


@cache
def _templates() -> tuple[Template, ...]:
    return (*_samples(), *_varied())


def _samples() -> Iterator[Template]:
    gold: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for question in labelled_questions():
        for article_id in {g["article_id"] for g in question["gold"]}:
            answering = tuple(g["text"] for g in question["gold"] if g["article_id"] == article_id)
            gold.setdefault(article_id, []).append((question["question"], answering))
    for article in sample_articles():
        clear = [article.text[s:e] for s, e in _between(article)]
        paragraphs = tuple(p.strip() for text in clear for p in text.split("\n") if len(p.strip()) > 40)
        yield Template(article.title, paragraphs, tuple(gold.get(article.id, ())))


def sample_articles() -> list[Article]:
    """The articles that come with OnRecord."""
    with tempfile.TemporaryDirectory() as folder:
        make_store(Path(folder) / "store")
        files = find_files(Path(folder) / "store" / "articles")
        read = [item for file in files for item in read_file(file, name=file.name, given=Given())]
    return [item for item in read if isinstance(item, Article)]


def _between(article: Article) -> Iterator[tuple[int, int]]:
    """What is no boilerplate."""
    at = 0
    for stretch in article.boilerplate:
        yield at, stretch.start
        at = stretch.end
    yield at, len(article.text)


def _varied() -> Iterator[Template]:
    for article in varied_news.articles():
        asked = tuple((q.text, q.gold) for q in article.questions if q.gold)
        by_three = [" ".join(article.sentences[n : n + 3]) for n in range(0, len(article.sentences), 3)]
        yield Template(article.title, tuple(by_three), asked)


@cache
def _names() -> frozenset[str]:
    """The words that the templates write with a capital inside sentences, and never without one."""
    texts = [text for t in _templates() for text in (t.title, *t.paragraphs)]
    inside = {word for text in texts for word in _INNER.findall(text)}
    small = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    return frozenset(w for w in inside if w.lower() not in small and w not in _MONTHS and w not in _WEEKDAYS)


def _made_name(rng: random.Random) -> str:
    parts = [rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(2)]
    return "".join(parts).capitalize()

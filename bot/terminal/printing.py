"""Answers, passages, articles and status as text for a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from retrieval.schema import Answer, Article, ArticleHead, Citation, FoundPassage, QuestionKind
from retrieval.status import Status
from retrieval.storage.feeds import WatchedFeed

_MARK = "bold reverse"
_WIDEST = 10_000  # characters of a line that is read by a program
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """`text` with control characters shown as such: an article must not move a cursor, set colours or turn lines round.

    One character for one, so that offsets hold.
    """
    return _CONTROL.sub("\ufffd", text)


def day_of(published: date | datetime | None) -> str:
    """A publication date as people write it."""
    return f"{published:%-d %B %Y}" if published else "date unknown"


def about(article: ArticleHead) -> str:
    """Title, publisher and date on one line."""
    return " · ".join((_line(article.title), _line(article.source or "publisher unknown"), day_of(article.published)))


def print_answer(console: Console, answer: Answer) -> None:
    """The answer with numbered sources; or why there is none, with the nearest articles."""
    if answer.question.kind is QuestionKind.WHEN and len(answer.sentences) > 1:  # in order of time, a line for each
        for sentence in answer.sentences:
            console.print(Text(_line(" ".join([sentence.text, *(f"[{n}]" for n in sentence.citations)]))))
    else:
        console.print(Text(_line(answer.text)))
    print_sources(console, answer)


def print_sources(console: Console, answer: Answer) -> None:
    """The numbered sources of an answer, or the nearest articles; then its footnotes."""
    sources: Sequence[Citation] = answer.nearest if answer.abstained else answer.citations
    if sources:
        console.print()
        console.print(Text("The nearest articles:" if answer.abstained else "Sources", style="bold"))
    for citation in sources:
        # A link that is wrapped cannot be followed.
        place = f", p. {citation.page}" if citation.page else ""
        console.print(Text(f"[{citation.n}] {about(citation.article)}{place}"))
        if citation.link:
            console.print(Text(f"    {printable(citation.link)}", style="dim"), soft_wrap=True)
    for note in answer.notes:
        console.print(Text(printable(note), style="dim"))


def print_left_out(console: Console, answer: Answer) -> None:
    """What a language model wrote that is not shown as it was, and why; what it took."""
    if answer.usage is None:
        console.print("No language model took part in that answer.")
        return
    if not answer.left_out:
        console.print("Nothing that the language model wrote was left out.")
    for item in answer.left_out:
        console.print(Text(f"Left out: {_line(item.text)}"))
        for reason in item.reasons:
            console.print(Text(f"    {_line(reason)}", style="dim"))
        if item.instead:
            console.print(Text(f"    shown instead: {_line(item.instead)}"))
    used = answer.usage
    cost = "" if used.cost is None else f", cost {used.cost:.5f}"
    console.print(
        Text(
            f"{used.model}: {used.calls} calls, {used.input_tokens} tokens in, {used.output_tokens} out{cost}",
            style="dim",
        )
    )


def print_passages(console: Console, passages: Sequence[FoundPassage]) -> None:
    """Search results, best first."""
    if not passages:
        console.print("Nothing was found.")
    for n, passage in enumerate(passages, start=1):
        console.print(Text(f"[{n}] {about(passage.article)}", style="bold"))
        console.print(Text(f"    {passage.article.id}:{passage.start}-{passage.end}", style="dim"), soft_wrap=True)
        console.print(Text(_line(passage.text)))
        console.print()


def print_articles(console: Console, articles: Sequence[ArticleHead]) -> None:
    """A table of articles."""
    if not articles:
        console.print("There are no articles yet: `onrecord add` takes files, folders and web pages.")
        return
    table = Table("Published", "Publisher", "Title", "Article", box=None, header_style="bold", pad_edge=False)
    for article in articles:
        table.add_row(
            Text(article.published_on.isoformat() if article.published_on else "unknown", no_wrap=True),
            Text(_line(article.source or "unknown")),
            Text(_line(article.title)),
            Text(_line(article.id), style="dim", overflow="fold"),
        )
    _print_table(console, table)
    console.print(Text(f"{len(articles)} article{'s' if len(articles) != 1 else ''}", style="dim"))


def print_article(
    console: Console,
    head: ArticleHead,
    article: Article,
    stretch: tuple[int, int] | None,
    alike: Sequence[ArticleHead],
) -> None:
    """An article with the cited words marked and its boilerplate dimmed."""
    console.print(Text(_line(head.title), style="bold"))
    console.print(Text(f"{_line(head.source or 'publisher unknown')} · {day_of(head.published)}"))
    for line in (", ".join(head.authors), head.url, head.origin):
        if line:
            console.print(Text(_line(line), style="dim"), soft_wrap=True)
    for other in alike:
        console.print(Text(f"Told alike: {about(other)}", style="dim"))
    console.print()
    text = Text(printable(article.text))
    for start, end in article.boilerplate:
        text.stylize("dim", start, end)
    if stretch:
        text.stylize(_MARK, *stretch)
        if not console.is_terminal:  # no colours: the words stand between marks
            text = Text.assemble(text[: stretch[0]], "»", text[stretch[0] : stretch[1]], "«", text[stretch[1] :])
    console.print(text)


def print_feeds(console: Console, feeds: Sequence[WatchedFeed]) -> None:
    """A table of watched feeds."""
    if not feeds:
        console.print("No feeds are watched: `onrecord watch URL` begins.")
        return
    table = Table("Feed", "Address", "Last read", "State", box=None, header_style="bold", pad_edge=False)
    for feed in feeds:
        state = f"given up: {feed.error}" if feed.dead else f"failing: {feed.error}" if feed.error else "well"
        table.add_row(
            Text(_line(feed.title)),
            Text(_line(feed.url), style="dim", overflow="fold"),
            Text(f"{feed.polled_at:%Y-%m-%d %H:%M} UTC" if feed.polled_at else "not yet", no_wrap=True),
            Text(_line(state)),
        )
    _print_table(console, table)


def print_status(console: Console, status: Status) -> None:
    """Counts and sizes."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("Store", Text(status.store))
    for name, count in status.articles.items():
        table.add_row(f"Articles ({name})", f"{count}, in {status.passages[name]} passages")
    table.add_row("Pending", f"{status.pending} change{'s' if status.pending != 1 else ''} the index lacks")
    table.add_row("Catalogue", _size(status.catalogue_bytes))
    table.add_row("Vectors", _size(status.vectors_bytes))
    table.add_row("Token vectors", _size(status.token_vectors_bytes))
    table.add_row("Embedding model", Text(status.embedding_model or "none yet"))
    table.add_row("Index served at", Text(status.index_served_at or "nowhere: opened by each command"))
    console.print(table)


def _print_table(console: Console, table: Table) -> None:
    """A table as wide as the terminal; elsewhere as wide as it is, so that no id and no address is broken."""
    width = console.width
    if not console.is_terminal:
        console.width = max(width, console.measure(table, options=console.options.update(width=_WIDEST)).maximum)
    console.print(table)
    console.width = width


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text)).strip()


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"

"""What the servers that ask keep in the catalogue: settings, answers shown, opinions, subscriptions, and their end.

It stands beside the library because it needs no model and no index: a bot opens it in its own process, so that buttons,
quotas and settings work while the library is still starting or busy.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from retrieval.answering.citations import cite
from retrieval.errors import NotFound
from retrieval.schema import ArticleHead, Citation, Stretch, Turn, collections_of_server
from retrieval.schema.community import (
    Addition,
    Digest,
    Feedback,
    FeedbackRow,
    Forgotten,
    ServerSettings,
    ShownAnswer,
    ShownCitation,
    WatchedChannel,
)
from retrieval.storage import additions, articles
from retrieval.storage.community import departures, feedback, questions_asked, server_settings, shown_answers
from retrieval.storage.community import subscriptions as subscribed
from retrieval.storage.connection import Connections
from retrieval.storage.store import CATALOGUE

CLOCK_AFTER_LEAVING = timedelta(days=30)
"""How long a server's things are kept after the bot has left it."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A cited stretch where it stands: its article's text, and the paragraph ``[first, last)`` around the stretch."""

    citation: Citation
    text: str
    first: int
    last: int


class Community:
    """Opens the catalogue of the store in `folder`. Safe to use from several threads. Close it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connections = Connections(folder / CATALOGUE)

    # -- settings --------------------------------------------------------------------------------------

    def settings(self, server: int) -> ServerSettings:
        """What a server's admins have set."""
        return server_settings.get(self._connections.read(), server)

    def change_settings(self, server: int, settings: ServerSettings) -> None:
        """Keep `settings` for a server."""
        with self._connections.transaction() as connection:
            server_settings.put(connection, server, settings)

    # -- answers and opinions --------------------------------------------------------------------------

    def remember(self, shown: ShownAnswer) -> None:
        """Keep an answer, so that its buttons work."""
        with self._connections.transaction() as connection:
            shown_answers.insert(connection, shown)

    def place(self, answer: str, channel: int, message: int) -> None:
        """Note which message shows an answer."""
        with self._connections.transaction() as connection:
            shown_answers.place(connection, answer, channel, message)

    def shown(self, answer: str) -> ShownAnswer | None:
        """The answer of an id, None where it is no longer kept."""
        return shown_answers.find(self._connections.read(), answer)

    def turns(self, channel: int, count: int) -> tuple[Turn, ...]:
        """The last questions and answers of a channel, the oldest first."""
        return shown_answers.turns(self._connections.read(), channel, count)

    def cited_in(self, messages: Sequence[int]) -> tuple[tuple[str, str], ...]:
        """The articles, each its collection and its id, that the answers in these messages cite."""
        return shown_answers.cited_in(self._connections.read(), messages)

    def robbed(self, count: int) -> list[ShownAnswer]:
        """At most `count` answers in messages whose text is gone with an article that they cite, newest first."""
        return shown_answers.robbed(self._connections.read(), count)

    def take_back(self, answer: str) -> None:
        """Note that no message shows an answer any more."""
        with self._connections.transaction() as connection:
            shown_answers.take_back(connection, answer)

    def excerpt(self, citation: ShownCitation) -> Excerpt:
        """The cited words in their paragraph; NotFound where the article was removed."""
        head, article = articles.find(
            self._connections.read(), citation.article, (citation.collection,), citation.revision
        )
        stretch = Stretch(citation.start, citation.end)
        return Excerpt(cite(citation.n, head, stretch, article.text), article.text, *paragraph(article.text, stretch))

    def citations(self, cited: Sequence[ShownCitation]) -> list[Citation | ShownCitation]:
        """The citations with their articles; those of removed articles as they are."""
        found: list[Citation | ShownCitation] = []
        for citation in cited:
            try:
                found.append(self.excerpt(citation).citation)
            except NotFound:
                found.append(citation)
        return found

    def opine(self, opinion: Feedback) -> None:
        """Keep an opinion in place of an earlier one of the same member; NotFound where the answer is not kept."""
        with self._connections.transaction() as connection:
            if shown_answers.find(connection, opinion.answer) is None:
                raise NotFound("This answer is no longer kept, so nothing can be said of it: ask again.")
            feedback.put(connection, opinion)

    def opinion(self, answer: str, member: int) -> Feedback | None:
        """What a member thinks of an answer."""
        return feedback.of_member(self._connections.read(), answer, member)

    def feedback(self, server: int) -> list[FeedbackRow]:
        """All opinions of a server's answers, with the answers and the words they cite."""
        connection = self._connections.read()
        rows = []
        for given in feedback.of_server(connection, server):
            shown = shown_answers.find(connection, given.answer)
            assert shown is not None  # it is deleted with its answer
            cited = [c.text for c in self.citations(shown.citations) if isinstance(c, Citation)]
            rows.append(FeedbackRow(given, shown, tuple(cited)))
        return rows

    # -- looking at the articles -----------------------------------------------------------------------

    def articles(self, collections: Sequence[str]) -> list[ArticleHead]:
        """The articles, newest first."""
        return list(articles.heads(self._connections.read(), collections))

    def lacks_publisher(self, collections: Sequence[str], source: str) -> bool:
        """Whether there are articles, and none is of a publisher."""
        connection = self._connections.read()
        return articles.has_articles(connection, collections) and not articles.has_publisher(
            connection, collections, source
        )

    # -- quotas ----------------------------------------------------------------------------------------

    def questions_on(self, server: int, day: date) -> dict[int, int]:
        """The questions of a server's day, by member."""
        return questions_asked.on(self._connections.read(), server, day)

    def count_question(self, server: int, member: int, day: date) -> None:
        """Count a question of a member."""
        with self._connections.transaction() as connection:
            questions_asked.count(connection, server, member, day)

    def tokens_on(self, day: date) -> int:
        """The tokens that language models spent on a day, for whomever."""
        row = self._connections.read().execute("SELECT sum(tokens) FROM spending WHERE day = ?", (day.isoformat(),))
        return int(row.fetchone()[0] or 0)

    # -- what is to be added ---------------------------------------------------------------------------

    def keep(self, addition: Addition) -> Addition:
        """Keep what is to be added; it comes back with its number."""
        with self._connections.transaction() as connection:
            return additions.keep(connection, addition)

    def begin(self, addition: Addition) -> int:
        """Count a try at it; how many there are now, 0 where it is not kept any more."""
        with self._connections.transaction() as connection:
            return additions.begin(connection, addition.pk)

    def tried_by_none(self) -> None:
        """The process ends in order: that what is kept was begun counts no more."""
        with self._connections.transaction() as connection:
            additions.reset(connection)

    def finish(self, addition: Addition) -> None:
        """It is done."""
        with self._connections.transaction() as connection:
            additions.finish(connection, addition.pk)

    def to_be_added(self) -> list[Addition]:
        """All that is kept, in the order in which it was asked for."""
        return additions.kept(self._connections.read())

    # -- watching and telling --------------------------------------------------------------------------

    def watch(self, channel: WatchedChannel) -> None:
        """Add the links of a channel from now on."""
        with self._connections.transaction() as connection:
            subscribed.watch(connection, channel)

    def unwatch(self, server: int, channel: int) -> bool:
        """Add its links no more; whether they were added."""
        with self._connections.transaction() as connection:
            return subscribed.unwatch(connection, server, channel)

    def watched(self) -> list[WatchedChannel]:
        """All channels whose links are added."""
        return subscribed.watched(self._connections.read())

    def tell_of_feeds(self, place: WatchedChannel) -> None:
        """Tell in a channel what becomes of the feeds of a collection."""
        with self._connections.transaction() as connection:
            subscribed.tell_of_feeds(connection, place)

    def feeds_told_in(self, collection: str) -> int | None:
        """The channel in which it is told, None where there is none."""
        return subscribed.feeds_told_in(self._connections.read(), collection)

    def send_digest(self, digest: Digest) -> None:
        """Send a server a digest from now on; it goes on where the one before it was, else with what comes now."""
        with self._connections.transaction() as connection:
            if digest.after is None:
                before = [d.after for d in subscribed.digests(connection) if d.server == digest.server]
                digest = replace(digest, after=before[0] if before else articles.last_revision(connection))
            subscribed.send(connection, digest)

    def digest_sent(self, digest: Digest, due: datetime, after: int) -> None:
        """Note what of a digest was told, and when it is due again; what was changed meanwhile stays changed."""
        with self._connections.transaction() as connection:
            subscribed.sent(connection, digest, due, after)

    def send_no_digest(self, server: int) -> bool:
        """Send a server no digest; whether it had one."""
        with self._connections.transaction() as connection:
            return subscribed.send_no_more(connection, server)

    def digests(self) -> list[Digest]:
        """All digests, the first due first."""
        return subscribed.digests(self._connections.read())

    def last_revision(self) -> int:
        """The number of the last revision of all."""
        return articles.last_revision(self._connections.read())

    def added_after(self, collections: Sequence[str], revision: int) -> list[ArticleHead]:
        """The searched articles that were added or changed after a revision, newest first."""
        return articles.added_after(self._connections.read(), collections, revision)

    # -- forgetting ------------------------------------------------------------------------------------

    def forget_member(self, member: int) -> Forgotten:
        """Delete all that is kept of a member, in every server."""
        with self._connections.transaction() as connection:
            opinions = feedback.delete_of_member(connection, member)
            answers = shown_answers.delete_of_member(connection, member)
            return Forgotten(answers, opinions, questions_asked.delete_of_member(connection, member))

    def forget_what_is_old(self, now: datetime) -> int:
        """Delete answers whose server's retention is over, and counts of past days; how many answers."""
        with self._connections.transaction() as connection:
            questions_asked.delete_older(connection, now.date() - timedelta(days=2))
            deleted = 0
            for server in shown_answers.servers(connection):
                kept = server_settings.get(connection, server).retention_days
                deleted += shown_answers.delete_older(connection, server, now - timedelta(days=kept))
            return deleted

    def leave(self, server: int, at: datetime) -> None:
        """Start the clock after which all of a server's is deleted."""
        with self._connections.transaction() as connection:
            departures.leave(connection, server, at)

    def come_back(self, server: int) -> bool:
        """Stop it; whether it ran."""
        with self._connections.transaction() as connection:
            return departures.come_back(connection, server)

    def see(self, servers: Collection[int]) -> None:
        """Note that the bot is in some servers."""
        if not self.servers() >= set(servers):
            with self._connections.transaction() as connection:
                departures.see(connection, servers)

    def servers(self) -> set[int]:
        """The servers that the bot is or was in."""
        return departures.known_servers(self._connections.read())

    def time_is_up(self, now: datetime) -> list[int]:
        """The servers that were left so long ago that all of theirs is to be deleted."""
        return departures.before(self._connections.read(), now - CLOCK_AFTER_LEAVING)

    def collections_of(self, server: int) -> list[str]:
        """The names of a server's collections that hold anything."""
        return collections_of_server(server, articles.collection_names(self._connections.read()))

    def forget_server(self, server: int) -> None:
        """Delete all that is a server's but its articles, which the library deletes."""
        with self._connections.transaction() as connection:
            shown_answers.delete_of_server(connection, server)
            questions_asked.delete_of_server(connection, server)
            server_settings.delete(connection, server)
            subscribed.delete_of_server(connection, server)
            additions.delete_of_server(connection, server)
            departures.forget(connection, server)

    def close(self) -> None:
        """Let go of the catalogue."""
        self._connections.close()


def paragraph(text: str, stretch: Stretch) -> tuple[int, int]:
    """The paragraphs of `text` that a stretch stands in: between blank lines, where there are none between lines."""
    between = "\n\n" if "\n\n" in text else "\n"
    before = text.rfind(between, 0, stretch.start + 1)
    after = text.find(between, max(stretch.start, stretch.end - 1))
    return (0 if before < 0 else before + len(between)), (len(text) if after < 0 else after)


def now() -> datetime:
    """This instant, aware."""
    return datetime.now(UTC)

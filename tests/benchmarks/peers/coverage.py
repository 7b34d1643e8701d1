"""How much of the articles a model was given to read, in its first 256 tokens of each chunk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder

_FIRST = 40  # characters by which a chunk is found in its article


def embedded_share(articles: Mapping[str, str], chunks: Iterable[tuple[str, str]]) -> float:
    """The share of the articles' characters that stand in what the model read of some chunk."""
    embedder = SentenceTransformerEmbedder()
    texts = {name: _plain(text) for name, text in articles.items()}
    read = {name: bytearray(len(text)) for name, text in texts.items()}
    for name, chunk in chunks:
        text = texts[name]
        whole = _plain(chunk)
        encoding = embedder._encoded([whole])[0]
        last = [end for _, end in embedder._cut(encoding.offsets)[:-1]][-1] if whole else 0
        at = text.find(whole[:_FIRST])
        while at >= 0 and not text.startswith(whole[:last], at):
            at = text.find(whole[:_FIRST], at + 1)
        if at >= 0:
            read[name][at : at + last] = b"\1" * last
    return sum(map(sum, read.values())) / sum(map(len, texts.values()))


def _plain(text: str) -> str:
    return " ".join(text.split())

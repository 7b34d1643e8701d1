"""Which answerer the settings ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.annotator import quotations_of
from retrieval.answering.chat_models import ChatModel, LangChainModel
from retrieval.answering.verification import Verifier
from retrieval.answering.written import Answerer, WrittenAnswerer
from retrieval.schema import ArticleHead
from retrieval.settings import Settings
from retrieval.storage.embedding import Embedder

if TYPE_CHECKING:
    from spacy.tokens import Doc


def with_model(
    settings: Settings,
    extractive: Answerer,
    embedder: Embedder,
    text_of: Callable[[ArticleHead], str],
    model: ChatModel | None = None,
) -> Answerer:
    """`extractive` as it is where no model is set, else behind the model; `model` stands in for the settings' one."""
    if model is None:
        if not settings.model:
            return extractive
        model = LangChainModel(settings.model, base_url=settings.model_base_url, timeout=settings.model_timeout)

    def parsed(texts: Iterable[str]) -> Iterable[Doc]:
        return parse(load_parser(settings.parser), texts)

    return WrittenAnswerer(
        model,
        extractive,
        Verifier(parsed, embedder.embed_documents),
        embedder,
        text_of,
        lambda _, text: quotations_of(text, parsed),
        daily_tokens=settings.model_daily_tokens,
    )

"""The language model that the settings name, and the answerer that writes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.annotator import quotations_of
from retrieval.answering.answerer import Answerer
from retrieval.answering.verification.entailment import CrossEncoderEntailment, TaughtEntailment
from retrieval.answering.verification.verifier import Verifier
from retrieval.answering.writing.chat_models import ChatModel
from retrieval.answering.writing.langchain_models import LangChainModel
from retrieval.answering.writing.local_models import PREFIX, LocalModel
from retrieval.answering.writing.metering import Caps, Prices
from retrieval.answering.writing.written import WrittenAnswerer
from retrieval.schema import ArticleHead
from retrieval.settings import Settings
from retrieval.storage.community.spending import Spending
from retrieval.storage.encoding.embedding import Embedder, SentenceTransformerEmbedder

if TYPE_CHECKING:
    from spacy.tokens import Doc


def chat_model(settings: Settings) -> ChatModel | None:
    """The model that the settings name, None where they name none; it is loaded when it is first asked."""
    name = settings.model
    if not name:
        return None
    if name.startswith(PREFIX):
        return LocalModel(
            Path(name.removeprefix(PREFIX)).expanduser(),
            timeout=settings.model_timeout,
            most_tokens=settings.model_answer_tokens,
        )
    return LangChainModel(
        name,
        base_url=settings.model_base_url,
        timeout=settings.model_timeout,
        window=settings.model_window,
        most_tokens=settings.model_answer_tokens,
    )


def written_answerer(
    settings: Settings,
    model: ChatModel,
    extractive: Answerer,
    embedder: Embedder,
    text_of: Callable[[ArticleHead], str],
    spending: Spending,
    today: Callable[[], date],
) -> WrittenAnswerer:
    """Answers in the model's words; `extractive` answers where that fails."""

    def parsed(texts: Iterable[str]) -> Iterable[Doc]:
        return parse(load_parser(settings.parser), texts)

    entailment = CrossEncoderEntailment(settings.entailment_model) if settings.entailment_model else None
    bears_out = TaughtEntailment() if isinstance(embedder, SentenceTransformerEmbedder) else None  # no stand-in's
    prices = None
    if settings.model_input_price is not None and settings.model_output_price is not None:
        prices = Prices(settings.model_input_price, settings.model_output_price)
    return WrittenAnswerer(
        model,
        extractive,
        Verifier(parsed, embedder.embed_documents, entailment, bears_out),
        embedder,
        text_of,
        lambda _, text: quotations_of(text, parsed),
        today=today,
        answer_tokens=settings.model_answer_tokens,
        spending=spending,
        caps=Caps(settings.model_daily_tokens, settings.model_daily_tokens_each),
        prices=prices,
    )

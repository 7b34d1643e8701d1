"""The words of OnRecord as values: what its stages hand to each other.

Every offset counts characters (Unicode code points) of the text of one revision of an article, and
``article.text[start:end]`` is the text meant. All values are frozen; a stage never changes its input.
"""

from __future__ import annotations

from retrieval.schema.answers import Answer, AnswerOrigin, AnswerSentence, Citation, FoundPassage
from retrieval.schema.articles import OPERATOR, Article, ArticleHead, Passage, Stretch, server_collection
from retrieval.schema.conversations import ConversationKey, Turn
from retrieval.schema.events import Event, EventStatus, Granularity, TimeExpression, TimeSpan, TimexType
from retrieval.schema.questions import Question, QuestionKind, TemporalPrior, Window
from retrieval.schema.quotations import (
    Description,
    FoundQuotation,
    Quotation,
    QuotationKind,
    QuotationQuery,
    Speaker,
    Stance,
)

Record = Passage | Event | Quotation | TimeExpression
"""What an annotator yields."""

__all__ = [
    "OPERATOR",
    "Answer",
    "AnswerOrigin",
    "AnswerSentence",
    "Article",
    "ArticleHead",
    "Citation",
    "ConversationKey",
    "Description",
    "Event",
    "EventStatus",
    "FoundPassage",
    "FoundQuotation",
    "Granularity",
    "Passage",
    "Question",
    "QuestionKind",
    "Quotation",
    "QuotationKind",
    "QuotationQuery",
    "Record",
    "Speaker",
    "Stance",
    "Stretch",
    "TemporalPrior",
    "TimeExpression",
    "TimeSpan",
    "TimexType",
    "Turn",
    "Window",
    "server_collection",
]

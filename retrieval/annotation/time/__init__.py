"""Temporal expressions of English news and questions: found, typed, resolved to days.

A tagger in the tradition of HeidelTime (Strötgen and Gertz, 2010) and TIMEX3 (TimeML 1.2.1). `tokens` gives every word
its class, `grammar` says which sequences of classes are expressions, `dates`, `relative`, `periods`, `clock` and
`durations` resolve them, `anchors` says what they count from, `tagger` puts it together, `questions` reads what is
asked for, `recency` when it was most likely reported.
"""

from retrieval.annotation.time.annotator import TimeExpressionAnnotator
from retrieval.annotation.time.names import names_thing
from retrieval.annotation.time.questions import (
    Order,
    QuestionTime,
    Relation,
    bounded,
    tag_question,
    window_of,
    without_time,
)
from retrieval.annotation.time.ranges import joined
from retrieval.annotation.time.recency import prior_of
from retrieval.annotation.time.tagger import tag

__all__ = [
    "Order",
    "QuestionTime",
    "Relation",
    "TimeExpressionAnnotator",
    "bounded",
    "joined",
    "names_thing",
    "prior_of",
    "tag",
    "tag_question",
    "window_of",
    "without_time",
]

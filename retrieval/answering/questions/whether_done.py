"""Whether a question for yes or no asks if something happened, or if it is to happen."""

from __future__ import annotations

import re

from retrieval.answering.questions.question_syntax import QuestionSyntax

_OF_THE_PAST = re.compile(r"\W*(?:and\s+|but\s+|so\s+)?(?:did|has|have|had|was|were)(?:n['’]t)?\b", re.IGNORECASE)
_OF_NOW = re.compile(r"\W*(?:and\s+|but\s+|so\s+)?(?:is|are)(?:n['’]t)?\b", re.IGNORECASE)
_TO_COME = re.compile(r"\bto\s+(?:(?:be|have|have\s+been)\s+)?$", re.IGNORECASE)  # "was the pool to have reopened"


def asks_whether_done(question: str, syntax: QuestionSyntax) -> bool:
    """Whether a question for yes or no asks if something happened: "did it close", "is it closed", "has it closed", and
    not "is it going to close"."""
    asking = question[slice(*syntax.asking)]
    if syntax.predicate is not None and _TO_COME.search(question[: syntax.predicate.start]):
        return False
    if _OF_THE_PAST.match(asking) is not None:
        return True
    return syntax.passive and _OF_NOW.match(asking) is not None

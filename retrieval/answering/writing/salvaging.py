"""The source's own sentence for a written one that failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from retrieval.answering.verification.cited import CitedPassage, Verdict
from retrieval.answering.writing.leaning import leans
from retrieval.schema import Stretch

_LEAST_ALIKE = 0.55  # cosine of a failed sentence and the source's own that is shown instead; all-MiniLM-L6-v2
_GAP = 4  # characters between two sentences of one text


def own_sentence(
    verdict: Verdict, given: Mapping[str, CitedPassage], alike: Callable[[str, str], float]
) -> Verdict | None:
    """The source's sentence that the failed one comes nearest to, as it stands there; None where none is near.

    What leans on the sentence before ("He added that …") comes with it.
    """
    if not verdict.support:
        return None
    key, stretch = verdict.support[0]
    passage = given[key]
    text = words(passage, stretch)
    if alike(verdict.text, text) < _LEAST_ALIKE:
        return None
    if leans(text):
        at = passage.sentences.index(stretch) if stretch in passage.sentences else 0
        before = passage.sentences[at - 1] if at else None
        if before is None or stretch.start - before.end > _GAP or leans(words(passage, before)):
            return None
        stretch = Stretch(before.start, stretch.end)
    return Verdict(words(passage, stretch), (), ((key, stretch),))


def words(passage: CitedPassage, stretch: Stretch) -> str:
    """A stretch of a passage on one line."""
    return " ".join(passage.text[stretch.start : stretch.end].split())

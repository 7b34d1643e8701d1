"""What the articles have of a claimed quotation, as a value and in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.annotation.quotations.comparing import DiffPart, negates
from retrieval.schema import FoundQuotation, QuotationKind, Stance


class VerdictKind(StrEnum):
    """How a claim stands to what the articles quote."""

    EXACT = "exact"
    NEAR = "near"
    STITCHED = "stitched"
    PARAPHRASED = "paraphrased"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the articles have of a claimed quotation.

    ``quotations`` are what was found, best first (for a stitched claim its parts, in their order); ``diff`` compares
    the claim with the first of them, word by word. ``claimed`` is the speaker that was claimed, by the name that the
    articles use where they have it; ``agrees`` whether that is who said it, None where none was claimed or it is
    unclear who did. ``printed`` is the title of an article that has the words without quoting anybody, where nothing
    else was found.
    """

    claim: str
    kind: VerdictKind
    quotations: tuple[FoundQuotation, ...] = ()
    diff: tuple[DiffPart, ...] = ()
    claimed: str | None = None
    agrees: bool | None = None
    printed: str | None = None

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        return _sentence(self)


_DID = {
    Stance.SAID: "said",
    Stance.DENIED: "denied",
    Stance.DECLINED: "declined",
    Stance.NOT_SAID: "did not say",
}


def _sentence(verdict: Verdict) -> str:
    if verdict.kind is VerdictKind.NOT_FOUND and verdict.printed:
        return f"The words stand in the article “{verdict.printed}”, but not as what somebody said."
    if verdict.kind is VerdictKind.NOT_FOUND:
        return "No quotation in the articles has these words or says the same."
    who = [f.speaker or f.quotation.description or f.mention for f in verdict.quotations]
    speakers = list(dict.fromkeys(w or "Somebody whom the article does not name" for w in who))
    first, did = speakers[0], _DID[verdict.quotations[0].quotation.stance]
    if verdict.kind is VerdictKind.STITCHED:
        by = first if len(speakers) == 1 else f"{', '.join(speakers[:-1])} and {speakers[-1]}"
        return f"These words are stitched together from {len(verdict.quotations)} separate quotations of {by}."
    negated = ""
    if verdict.kind is VerdictKind.NEAR and negates(verdict.diff):
        negated = " What differs is a negation, so it may mean the contrary."
    if verdict.agrees is False:
        instead = {
            VerdictKind.EXACT: f"{first} {did} that, not {verdict.claimed}.",
            VerdictKind.NEAR: f"{first} {did} that, not {verdict.claimed}, and not in these very words.",
        }
        return instead.get(verdict.kind, f"{first} {did} something like it, not {verdict.claimed}.") + negated
    unclear = negated
    if verdict.claimed and verdict.agrees is None:
        unclear += f" The article does not make clear whether that is {verdict.claimed}."
    if verdict.kind is VerdictKind.PARAPHRASED:
        return f"{first} {did} something like it, in other words.{unclear}"
    if verdict.quotations[0].quotation.kind is QuotationKind.INDIRECT:
        nearly = " nearly" if verdict.kind is VerdictKind.NEAR else ""
        return f"{first} {did}{nearly} that, in the words of the article, not in quotation marks.{unclear}"
    return f"{first} {did} {'nearly ' if verdict.kind is VerdictKind.NEAR else ''}that.{unclear}"

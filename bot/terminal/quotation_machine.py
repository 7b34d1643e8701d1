"""Quotations, verdicts and annotations as JSON: the machine-readable contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.terminal.machine import Json, head_json
from retrieval.schema import FoundQuotation, Quotation, Speaker, Stretch, TimeExpression
from retrieval.search.verdicts import Verdict


def quotations_json(found: Sequence[FoundQuotation]) -> Json:
    """The contract of `quotes`."""
    return {"quotations": [_quotation_json(f) for f in found]}


def speakers_json(speakers: Sequence[Speaker]) -> Json:
    """The contract of `speakers`: descriptions with the first and the last day on which articles use them."""
    return {
        "speakers": [
            {
                "name": s.name,
                "other_names": list(s.other_names),
                "descriptions": [
                    {
                        "text": d.text,
                        "from": d.first.isoformat() if d.first else None,
                        "to": d.last.isoformat() if d.last else None,
                    }
                    for d in s.descriptions
                ],
                "quoted": s.quoted,
            }
            for s in speakers
        ]
    }


def verdict_json(verdict: Verdict) -> Json:
    """The contract of `verify`."""
    return {
        "text": verdict.claim,
        "verdict": verdict.kind.value,
        "sentence": verdict.sentence,
        "claimed_speaker": verdict.claimed,
        "speaker_agrees": verdict.agrees,
        "diff": [{"op": part.op.value, "text": part.text} for part in verdict.diff],
        **quotations_json(verdict.quotations),
    }


def annotation_json(given: object, quotations: Sequence[Quotation], times: Sequence[TimeExpression]) -> Json:
    """The contract of a line of `annotate`: offsets into the text given."""
    return {
        "id": given,
        "quotations": [
            {
                "content": _pairs(q.pieces),
                "source": _pairs((q.mention,) if q.mention else ()),
                "cue": _pairs(q.cue),
                "speaker": q.speaker,
                "kind": q.kind.value,
            }
            for q in quotations
        ],
        "time_spans": [
            {
                "start": e.start,
                "end": e.end,
                "type": e.type.value,
                "value": e.value,
                "from": e.span.first.isoformat() if e.span and e.span.first else None,
                "to": e.span.last.isoformat() if e.span and e.span.last else None,
            }
            for e in times
        ],
    }


def _quotation_json(found: FoundQuotation) -> Json:
    quotation, head = found.quotation, head_json(found.article)
    said = quotation.said_on
    return {
        "article_id": head["article_id"],
        "kind": quotation.kind.value,
        "stance": quotation.stance.value,
        "text": found.text,
        "pieces": _pairs(quotation.pieces),
        "speaker": found.speaker,
        "speaker_description": quotation.description,
        "mention": list(quotation.mention) if quotation.mention else None,
        "cue": _pairs(quotation.cue),
        "addressee": list(quotation.addressee) if quotation.addressee else None,
        "manner": list(quotation.manner) if quotation.manner else None,
        "said_on": {
            "from": said.first.isoformat() if said.first else None,
            "to": said.last.isoformat() if said.last else None,
            "value": said.value,
        }
        if said
        else None,
        **{key: head[key] for key in ("title", "source", "published", "url")},
        "link": found.link,
        "score": found.score,
    }


def _pairs(stretches: Sequence[Stretch]) -> list[list[Any]]:
    return [[s.start, s.end] for s in stretches]

"""An assessment, or the error in its place, as plain values for JSON; the reader's own data are masked.

docs/assessment.schema.json describes the records.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from scamcheck.features.indicators import detectors
from scamcheck.features.indicators.base import Detector
from scamcheck.report.masking import masked_sender, masked_text, private
from scamcheck.text.redact import redact
from scamcheck.types import (
    SCHEMA_VERSION,
    Assessment,
    Counterfactual,
    Counterfactuals,
    Explanation,
    Finding,
    Place,
    Reliability,
    Span,
    Verdict,
)

KEYS = ("source", "schema_version", "redacted", "verdict", "probabilities", "reason", "findings", "explanation",
        "counterfactuals", "reliability", "language", "text", "hidden_text", "around", "other_alternative", "chain",
        "pictures", "defects", "model_version", "error")  # fmt: skip
"""The keys of every record, in order, for one mail and for many."""

_UNSEEN = re.compile(r"[^\n]")

Mask = Callable[[str], str]


@cache
def detector_of(indicator: str) -> Detector:
    """Return the detector of an indicator: its kind and its strength. Raises KeyError for one that there is not."""
    return {detector.id: detector for detector in detectors()}[indicator]


def to_json(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return a record as JSON in which nothing can steer a terminal: what is not printable stands as its code."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return _UNSEEN.sub(lambda each: each[0] if each[0].isprintable() else json.dumps(each[0])[1:-1], text)


def record(
    source: str,
    assessment: Assessment | None,
    error: str | None = None,
    *,
    redacted: bool = True,
    full: bool = True,
    counterfactuals: Counterfactuals | None = None,
    reliability: Reliability | None = None,
) -> dict[str, Any]:
    """Return the record of one message; where it could not be read, `error` says why and the rest is None.

    Where not `full`, the judged and the hidden text, the weights of the sentences and what the verdict hangs on are
    None. Where not `redacted`, nothing is masked. `counterfactuals` and `reliability` are those of the assessment.
    """
    if assessment is None:
        told = {"source": source, "schema_version": SCHEMA_VERSION, "redacted": redacted, "error": error}
        return {**dict.fromkeys(KEYS), **told}
    own = private(assessment)

    def hide(text: str) -> str:
        return redact(text, own) if redacted else text

    text = masked_text(assessment, own) if redacted else assessment.text
    return {
        "source": source,
        "schema_version": SCHEMA_VERSION,
        "redacted": redacted,
        "verdict": str(assessment.verdict),
        "probabilities": {str(label): round(share, 6) for label, share in assessment.probabilities.items()},
        "reason": assessment.reason,
        "findings": [_finding(finding, text, hide) for finding in assessment.findings],
        "explanation": _explanation(assessment.explanation, full=full),
        "counterfactuals": _counterfactuals(counterfactuals, assessment.verdict) if full and counterfactuals else None,
        "reliability": _reliability(reliability),
        "language": assessment.language,
        "text": text if full else None,
        "hidden_text": hide(assessment.hidden_text) if full else None,
        "around": hide(assessment.around),
        "other_alternative": hide(assessment.other_alternative),
        "chain": [
            {
                **{key: str(value) if key == "wrapping" else hide(value) for key, value in asdict(link).items()},
                "sender": masked_sender(link.sender, own) if redacted else link.sender,
            }
            for link in assessment.chain
        ],
        "pictures": [{**asdict(picture), "name": hide(picture.name)} for picture in assessment.pictures],
        "defects": [hide(defect) for defect in assessment.defects],
        "model_version": assessment.model_version,
        "error": None,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _finding(finding: Finding, text: str, hide: Mask) -> dict[str, Any]:
    detector = detector_of(finding.indicator)
    return {
        "indicator": finding.indicator,
        "kind": str(detector.kind),
        "strength": str(detector.strength),
        "span": _span(finding.span),
        "text": finding.span.of(text),
        "facts": {key: hide(value) if isinstance(value, str) else value for key, value in finding.facts.items()},
        "place": _place(finding.place, hide),
    }


def _place(place: Place | None, hide: Mask) -> dict[str, Any] | None:
    if place is None:
        return None
    boxes = [[box.page, box.left, box.top, box.right, box.bottom] for box in place.boxes]
    return {"part": place.part, "name": hide(place.name), "span": _span(place.span), "boxes": boxes}


def _explanation(explanation: Explanation, *, full: bool) -> dict[str, Any]:
    contributions = [{"span": _span(each.span), "amount": each.amount} for each in explanation.contributions]
    return {
        "label": str(explanation.label),
        "score": explanation.score,
        "base": explanation.base,
        "contributions": contributions if full else None,
    }


def _counterfactuals(found: Counterfactuals, verdict: Verdict) -> dict[str, Any]:
    """Return what a verdict hangs on, without what would turn another verdict into that of the mass mail.

    What keeps a mail from that verdict may be the words of a real case: nobody is told what it would be without them.
    """
    each = [one for one in found.each if one.verdict is not Verdict.SEXTORTION_SCAM or one.verdict is verdict]
    return {"each": list(map(_counterfactual, each)), "needed": list(map(_counterfactual, found.needed))}


def _counterfactual(found: Counterfactual) -> dict[str, Any]:
    return {
        "indicators": list(found.indicators),
        "spans": list(map(_span, found.spans)),
        "verdict": str(found.verdict),
        "probability": round(found.probability, 6),
        "reason": found.reason,
    }


def _reliability(found: Reliability | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "low": found.low,
        "high": found.high,
        "texts": found.texts,
        "right": found.right,
        "interval": [round(bound, 6) for bound in found.interval],
    }

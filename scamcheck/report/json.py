"""An assessment, or the error in its place, as plain values for JSON; the reader's own data are masked."""

from dataclasses import asdict
from typing import Any

from scamcheck.text.redact import redact
from scamcheck.types import SCHEMA_VERSION, Assessment, Place

KEYS = ("source", "schema_version", "verdict", "probabilities", "findings", "language", "reason", "defects",
        "model_version", "chain", "around", "other_alternative", "pictures", "error")  # fmt: skip
"""The keys of every record, in order, for one mail and for many."""


def masked_text(assessment: Assessment) -> str:
    """Return the visible text with the reader's own data masked, character for character, so that spans stay true."""
    return redact(assessment.text, _secrets(assessment))


def _secrets(assessment: Assessment) -> list[str]:
    return [finding.secret.of(assessment.text) for finding in assessment.findings if finding.secret]


def record(source: str, assessment: Assessment | None, error: str | None = None) -> dict[str, Any]:
    """Return the record of one message; where it could not be read, `error` says why and the rest is None."""
    if assessment is None:
        return {**dict.fromkeys(KEYS), "source": source, "schema_version": SCHEMA_VERSION, "error": error}
    masked = masked_text(assessment)
    return {
        "source": source,
        "schema_version": SCHEMA_VERSION,
        "verdict": str(assessment.verdict),
        "probabilities": {str(label): round(share, 6) for label, share in assessment.probabilities.items()},
        "findings": [
            {
                "indicator": finding.indicator,
                "span": [finding.span.start, finding.span.end],
                "text": finding.span.of(masked),
                "facts": dict(finding.facts),
                "place": _place(finding.place),
            }
            for finding in assessment.findings
        ],
        "language": assessment.language,
        "reason": assessment.reason,
        "defects": [redact(defect) for defect in assessment.defects],
        "model_version": assessment.model_version,
        "chain": [
            {key: redact(value) if key != "wrapping" else str(value) for key, value in asdict(link).items()}
            for link in assessment.chain
        ],
        "around": redact(assessment.around, _secrets(assessment)),
        "other_alternative": redact(assessment.other_alternative, _secrets(assessment)),
        "pictures": [{**asdict(picture), "name": redact(picture.name)} for picture in assessment.pictures],
        "error": None,
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    boxes = [[box.page, box.left, box.top, box.right, box.bottom] for box in place.boxes]
    return {"part": place.part, "name": redact(place.name), "span": [place.span.start, place.span.end], "boxes": boxes}

"""An assessment, or the error in its place, as plain values for JSON; the reader's own data are masked."""

from typing import Any

from scamcheck.text.redact import redact
from scamcheck.types import SCHEMA_VERSION, Assessment

KEYS = ("source", "schema_version", "verdict", "probabilities", "findings", "language", "reason", "defects",
        "model_version", "error")  # fmt: skip
"""The keys of every record, in order, for one mail and for many."""


def masked_text(assessment: Assessment) -> str:
    """Return the visible text with the reader's own data masked, character for character, so that spans stay true."""
    secrets = [finding.secret.of(assessment.text) for finding in assessment.findings if finding.secret]
    return redact(assessment.text, secrets)


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
            }
            for finding in assessment.findings
        ],
        "language": assessment.language,
        "reason": assessment.reason,
        "defects": [redact(defect) for defect in assessment.defects],
        "model_version": assessment.model_version,
        "error": None,
    }

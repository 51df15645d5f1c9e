"""The indicators: what is looked for in a message. Each module of this package is found by its `DETECTORS`."""

import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import islice

from scamcheck.features.indicators.base import Claim, Detector
from scamcheck.limits import MAX_FINDINGS_PER_INDICATOR, MAX_MATCHES
from scamcheck.text import Text
from scamcheck.types import Finding, Message

__all__ = ["Claim", "detect", "detectors"]


@cache
def detectors() -> tuple[Detector, ...]:
    """Return every detector of the modules in this package, in alphabetical order of their ids."""
    found: list[Detector] = []
    for module in pkgutil.iter_modules(__path__):
        found.extend(getattr(import_module(f"{__name__}.{module.name}"), "DETECTORS", ()))
    return tuple(sorted(found, key=lambda detector: detector.id))


def detect(text: Text, message: Message, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return the findings in one reading of a message, in the order of the text; spans are in `text.visible`.

    `claims` are what the claims model found in the same reading.
    """
    findings: list[Finding] = []
    for detector in detectors():
        kept = _without_overlaps(list(islice(detector.find(text, message, claims), MAX_MATCHES)))
        findings.extend(kept[:MAX_FINDINGS_PER_INDICATOR])
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.indicator)))


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """Return the findings of one indicator without those that overlap a richer or longer one."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-len(f.facts), -len(f.secrets), -len(f.span), f.span)):
        if not any(finding.span.intersects(other.span) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.span)

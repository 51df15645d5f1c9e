"""Claims of something shameful, and of who will see it."""

from scamcheck.features.indicators.base import Strength, claim_detector

DETECTORS = (
    claim_detector("recording", Strength.STRONG),
    claim_detector("adult_sites", Strength.STRONG),
    claim_detector("contacts_copied", Strength.STRONG),
    claim_detector("contacts_threat", Strength.STRONG),
    claim_detector("reputation"),
)

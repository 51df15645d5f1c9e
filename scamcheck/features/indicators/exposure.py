"""Claims of something shameful, and of who will see it."""

from scamcheck.features.indicators.base import claim_detector

DETECTORS = (claim_detector("recording"), claim_detector("adult_sites"), claim_detector("contacts_threat"))

"""Claims of something shameful, and of who will see it."""

from scamcheck.features.indicators.base import cue_detector

DETECTORS = (cue_detector("recording"), cue_detector("adult_sites"), cue_detector("contacts_threat"))

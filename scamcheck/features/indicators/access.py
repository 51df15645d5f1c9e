"""Claims of access: the device or mailbox is hacked, malware is on it, the sender watches."""

from scamcheck.features.indicators.base import cue_detector

DETECTORS = (cue_detector("hacked_device"), cue_detector("malware"), cue_detector("tracking"))

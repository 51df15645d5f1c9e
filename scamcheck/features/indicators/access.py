"""Claims of access: the device or mailbox is hacked, malware is on it, the sender watches."""

from scamcheck.features.indicators.base import claim_detector

DETECTORS = (claim_detector("hacked_device"), claim_detector("malware"), claim_detector("tracking"))

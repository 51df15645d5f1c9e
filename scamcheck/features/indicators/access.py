"""Claims of access: the device or mailbox is hacked, malware is on it, the sender sees and hears what happens."""

from scamcheck.features.indicators.base import Strength, claim_detector

DETECTORS = (
    claim_detector("hacked_device", Strength.STRONG),
    claim_detector("malware"),
    claim_detector("antivirus_silent", Strength.STRONG),
    claim_detector("camera_access", Strength.STRONG),
    claim_detector("tracking"),
)

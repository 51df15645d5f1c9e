"""The tone of the sender towards the reader. Ordinary mail may have any of them."""

from scamcheck.features.indicators.base import Strength, claim_detector

DETECTORS = tuple(claim_detector(name, Strength.ORDINARY) for name in ("insult", "flattery", "nothing_personal"))

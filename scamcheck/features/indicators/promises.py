"""What the sender offers: how to pay, what happens then, and advice."""

from scamcheck.features.indicators.base import claim_detector

DETECTORS = (claim_detector("how_to_buy"), claim_detector("will_delete"), claim_detector("future_advice"))

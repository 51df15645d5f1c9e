"""What of the sentences' claims may be shown: only what the text as a whole bears out.

In ordinary mail single sentences read like a claim ("pay within two days", "your password was changed"). They are no
evidence of anything, so claims are shown only in texts that are threats, and warnings in texts about the scam.
"""

from collections.abc import Iterator

from scamcheck.features.vectorize import Sentence
from scamcheck.model.claims import REAL_CASE, REAL_SIGNS
from scamcheck.model.corpus import WARNING
from scamcheck.model.guard import Judged
from scamcheck.model.real_case import is_sign
from scamcheck.model.store import ModelCard
from scamcheck.types import THREATS, Verdict

MIN_THREAT = 0.85
"""The chance of a threat of any kind from which claims are shown whatever the verdict. Measured on ordinary real mail:
with it none is shown in more than one mail of a thousand."""

MIN_ABOUT = 0.5
"""The chance of a text about the scam from which warnings are shown whatever the verdict."""

SUBJECT_OF_WARNINGS = frozenset(("camera", "recording", "intimate", "adult_site", "spread", "held_image"))
"""Concepts of which a sentence about the scam speaks; warnings of other frauds speak of none."""


def shown(item: Judged, card: ModelCard) -> Iterator[tuple[Sentence, str, float]]:
    """Yield the sentences of a text with the claim or sign that is shown, and its probability."""
    shares, threshold = item.prediction.probabilities, card.claim_thresholds[REAL_CASE]
    threat = item.prediction.verdict in THREATS or sum(shares[label] for label in THREATS) >= MIN_THREAT
    about = item.prediction.verdict is Verdict.ABOUT_SEXTORTION or shares[Verdict.ABOUT_SEXTORTION] >= MIN_ABOUT
    for sentence, found in zip(item.sample.sentences, item.said, strict=True):
        for name, share in found.items():
            if name == WARNING:
                is_shown = about and not sentence.concepts.isdisjoint(SUBJECT_OF_WARNINGS)
            elif name in REAL_SIGNS:
                is_shown = threat and is_sign(sentence, found.get(REAL_CASE, 0.0), threshold)
            else:
                is_shown = threat
            if is_shown:
                yield sentence, name, share

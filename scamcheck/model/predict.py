"""From samples to calibrated probabilities and a verdict, or an abstention."""

from collections.abc import Mapping, Sequence

import numpy as np

from scamcheck.features.matrix import Counts
from scamcheck.features.vectorize import Sample
from scamcheck.model.claims import find
from scamcheck.model.store import Model
from scamcheck.types import LABELS, Prediction, Verdict

MIN_WORDS = 4
"""Shorter texts hold no claim that could be weighed; "hello" is not harmless, it is nothing."""


def probabilities(model: Model, counts: Counts) -> list[dict[Verdict, float]]:
    """Return the calibrated probability of each class for each message, in the order of LABELS."""
    matrix = model.features.documents(counts).astype(np.float32)
    scores = model.beta * np.asarray(model.document.decision_function(matrix), dtype=float)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = scores / scores.sum(axis=1, keepdims=True)
    columns = [list(model.document.classes_).index(label.value) for label in LABELS]
    return [dict(zip(LABELS, map(float, row[columns]), strict=True)) for row in shares]


def claimed(model: Model, counts: Counts) -> list[dict[str, float]]:
    """Return for each sentence the claims and counter-signs found in it, with their probabilities."""
    if not len(counts.owners):
        return []
    shares = model.sentence.probabilities(model.features.sentences(counts).astype(np.float32))
    return find(shares, model.card.claim_thresholds)


def support(shares: Mapping[Verdict, float], label: Verdict) -> float:
    """Return the chance that a verdict misleads nobody about what to do.

    A mass mail called another extortion gets the same advice, so its chance counts for that verdict as well.
    """
    other = shares[Verdict.SEXTORTION_SCAM] if label is Verdict.OTHER_EXTORTION else 0.0
    return shares[label] + other


def decide(shares: Mapping[Verdict, float], thresholds: Mapping[str, float]) -> tuple[Verdict, str]:
    """Return the verdict for calibrated probabilities, and the reason where it is an abstention.

    The mass mail asks for more than a majority: a real case taken for it is the worst error there is, so it is named
    only where the chance of a real case is below a measured ceiling as well.
    """
    best = max(shares, key=lambda label: shares[label])
    if support(shares, best) < thresholds[best.value]:
        return Verdict.UNCERTAIN, "low_confidence"
    if best is Verdict.SEXTORTION_SCAM and shares[Verdict.PERSONAL_SEXTORTION] > thresholds["personal_ceiling"]:
        return Verdict.UNCERTAIN, "may_be_personal"
    return best, ""


def predict(model: Model, counts: Counts, samples: Sequence[Sample]) -> list[Prediction]:
    """Return a prediction for each sample; `counts` are the features' counts of the same samples."""
    found = []
    for item, shares in zip(samples, probabilities(model, counts), strict=True):
        verdict, reason = decide(shares, model.card.thresholds)
        if item.words < MIN_WORDS:
            verdict, reason = Verdict.UNCERTAIN, "too_short"
        found.append(Prediction(verdict, shares, reason))
    return found

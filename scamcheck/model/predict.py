"""From samples to calibrated probabilities and a verdict, or an abstention."""

from collections.abc import Mapping, Sequence

import numpy as np

from scamcheck.features.vectorize import Sample, table
from scamcheck.model.store import Model
from scamcheck.types import LABELS, Prediction, Verdict

MIN_WORDS = 4
"""Shorter texts hold no claim that could be weighed; "hello" is not harmless, it is nothing."""


def probabilities(model: Model, samples: Sequence[Sample]) -> list[dict[Verdict, float]]:
    """Return the calibrated probability of each class for each sample, in the order of LABELS."""
    scores = model.beta * np.asarray(model.pipeline.decision_function(table(samples)), dtype=np.float64)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = scores / scores.sum(axis=1, keepdims=True)
    columns = [model.card.labels.index(label.value) for label in LABELS]
    return [dict(zip(LABELS, map(float, row[columns]), strict=True)) for row in shares]


def decide(shares: Mapping[Verdict, float], thresholds: Mapping[str, float]) -> tuple[Verdict, str]:
    """Return the verdict for calibrated probabilities, and the reason where it is an abstention.

    The mass mail asks for more than a majority: a real case taken for it is the worst error there is, so it is named
    only where the chance of a real case is below a measured ceiling as well.
    """
    best = max(shares, key=lambda label: shares[label])
    if shares[best] < thresholds[best.value]:
        return Verdict.UNCERTAIN, "low_confidence"
    if best is Verdict.SEXTORTION_SCAM and shares[Verdict.PERSONAL_SEXTORTION] > thresholds["personal_ceiling"]:
        return Verdict.UNCERTAIN, "may_be_personal"
    return best, ""


def predict(model: Model, samples: Sequence[Sample]) -> list[Prediction]:
    """Return a prediction for each sample."""
    if not samples:
        return []
    found = []
    for item, shares in zip(samples, probabilities(model, samples), strict=True):
        verdict, reason = decide(shares, model.card.thresholds)
        if len(item.text.split()) < MIN_WORDS:
            verdict, reason = Verdict.UNCERTAIN, "too_short"
        found.append(Prediction(verdict, shares, reason))
    return found

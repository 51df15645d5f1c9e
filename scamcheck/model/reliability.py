"""How often a verdict was right at its probability, on our own test mails of stories that the model had not seen."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from scamcheck.model.intervals import wilson
from scamcheck.model.store import Model, load_model
from scamcheck.types import LABELS, Assessment, Reliability, Verdict

MIN_TEXTS = 50
"""Texts in a band. With fewer the 95 % interval of 9 right of 10 spans more than 17 points and says little."""

MAX_BANDS = 5

Bands = Mapping[str, Sequence[Mapping[str, float]]]
"""For each verdict its bands, the lowest first: `low`, `high`, `texts` and `right`."""


def bands(verdicts: Sequence[Verdict], shares: Any, labels: Sequence[Verdict]) -> dict[str, list[dict[str, float]]]:
    """Return the reliability table of some out-of-fold predictions; `shares` has a row a text.

    Bands hold about the same number of texts each, at least `MIN_TEXTS`: their borders come from the probabilities
    alone. Isotonic regression would put them where the hits change, and an interval of a share whose borders the hits
    have chosen is too narrow. A verdict with fewer texts has no bands, an abstention is never right or wrong.

    The thresholds of the verdicts were chosen with the same predictions, so the lowest bands flatter a little.
    """
    table: dict[str, list[dict[str, float]]] = {}
    for column, verdict in enumerate(LABELS):
        rows = [row for row, given in enumerate(verdicts) if given is verdict]
        # Rounded down, so that a text and the border of its band compare the same way in the card.
        sure = np.floor(np.asarray(shares)[rows, column] * 10_000) / 10_000
        right = np.array([labels[row] is verdict for row in rows], dtype=bool)
        lows = _lows(np.sort(sure))
        table[verdict.value] = [
            {"low": low, "high": min(above, 1.0), "texts": int(inside.sum()), "right": int(right[inside].sum())}
            for low, above in pairwise([*lows, np.inf])
            for inside in [(sure >= low) & (sure < above)]
        ]
    return table


def _lows(ordered: Any) -> list[float]:
    """Return the lowest probability of each band. Equal probabilities stay in one band."""
    count = min(MAX_BANDS, len(ordered) // MIN_TEXTS)
    starts: list[int] = []
    for number in range(count):
        start = int(np.searchsorted(ordered, ordered[number * len(ordered) // count]))
        if not starts or start - starts[-1] >= MIN_TEXTS:
            starts.append(start)
    if len(starts) > 1 and len(ordered) - starts[-1] < MIN_TEXTS:
        starts.pop()
    return [float(ordered[start]) for start in starts]


def reliability(assessment: Assessment, model: Model | None = None) -> Reliability | None:
    """Return how often the verdict of an assessment was right at its probability.

    None for an abstention, where the model's card has no such figures, or where no test mail got this verdict with so
    low a probability. `model` is the one that the assessment was made with, the shipped one where none is given; the
    figures of another say nothing, so then None as well.
    """
    model = model or load_model()
    if assessment.model_version != model.version:
        return None
    table: Bands = model.card.measured.get("out_of_fold", {}).get("reliability", {})
    share = assessment.probabilities.get(assessment.verdict, 0.0)
    for band in reversed(table.get(assessment.verdict.value, ())):
        if band["low"] <= share:
            texts, right = int(band["texts"]), int(band["right"])
            return Reliability(assessment.verdict, band["low"], band["high"], texts, right, wilson(right, texts))
    return None

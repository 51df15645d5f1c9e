"""Figures from labels and verdicts: what was found, what was missed, what was flagged wrongly."""

from typing import Any

import numpy as np
import pandas as pd

from scamcheck.model.intervals import wilson
from scamcheck.types import Verdict

NOT_EXTORTION = "not_extortion"
"""The label of mail that is no extortion but was never sorted further; it accepts two verdicts."""

_ACCEPTED = {NOT_EXTORTION: {str(Verdict.UNRELATED), str(Verdict.OTHER_SCAM)}}


def calibration_error(shares: Any, truth: Any, *, bins: int = 10, rounds: int = 500) -> dict[str, Any]:
    """Return how far the probability of the likeliest class is from its hit rate, and the reliability diagram's bins.

    The expected calibration error over `bins` bins of equal size; a bootstrap gives its 95 % interval. `shares` has a
    row a text, `truth` the number of the right column.
    """
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == truth

    def error(places: Any) -> tuple[float, list[dict[str, float]]]:
        parts = np.array_split(places[np.argsort(sure[places], kind="stable")], bins)
        rows = [(len(part), float(sure[part].mean()), float(right[part].mean())) for part in parts if len(part)]
        total = sum(abs(mean - hit) * size for size, mean, hit in rows) / len(places)
        return total, [{"texts": n, "probability": round(m, 4), "right": round(h, 4)} for n, m, h in rows]

    everything = np.arange(len(sure))
    random = np.random.default_rng(2026)
    spread = sorted(error(random.choice(everything, len(everything)))[0] for _ in range(rounds))
    value, table = error(everything)
    return {
        "expected_error": round(value, 4),
        "interval_95": [round(spread[int(rounds * 0.025)], 4), round(spread[int(rounds * 0.975)], 4)],
        "bins": table,
    }


def accepted(label: str, verdict: str) -> bool:
    """Return whether a verdict is right for a label."""
    return verdict in _ACCEPTED.get(label, {label})


def summarise(labels: pd.DataFrame) -> dict[str, Any]:
    """Return the figures of a table with the columns label, verdict, language and family."""
    scam = str(Verdict.SEXTORTION_SCAM)
    is_scam, said_scam = labels["label"] == scam, labels["verdict"] == scam
    found, total = int((is_scam & said_scam).sum()), int(is_scam.sum())
    false = int((~is_scam & said_scam).sum())
    personal = labels["label"] == str(Verdict.PERSONAL_SEXTORTION)
    return {
        "sextortion_scam": {
            "mails": total,
            "found": found,
            "recall": round(found / total, 4) if total else None,
            "recall_interval_95": wilson(found, total),
            "uncertain": int((is_scam & (labels["verdict"] == str(Verdict.UNCERTAIN))).sum()),
            "others": int((~is_scam).sum()),
            "false_alarms": false,
            "false_alarm_interval_95": wilson(false, int((~is_scam).sum())),
            "real_cases": int(personal.sum()),
            "real_cases_called_scam": int((personal & said_scam).sum()),
        },
        "verdicts_by_label": _counts(labels, "label"),
        "accepted_by_label": {
            str(label): int(sum(accepted(str(label), verdict) for verdict in rows["verdict"]))
            for label, rows in labels.groupby("label")
        },
        "scam_found_by_language": _counts(labels[is_scam], "language"),
        "scam_found_by_family": _counts(labels[is_scam], "family"),
    }


def _counts(labels: pd.DataFrame, column: str) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for name, rows in labels.groupby(column):
        counts = rows["verdict"].value_counts().sort_index()
        table[str(name)] = {str(verdict): int(count) for verdict, count in counts.items()}
    return table

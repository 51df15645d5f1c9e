"""Figures from labels and verdicts: what was found, what was missed, what was flagged wrongly."""

from math import sqrt
from typing import Any

import pandas as pd

from scamcheck.types import Verdict

NOT_EXTORTION = "not_extortion"
"""The label of mail that is no extortion but was never sorted further; it accepts two verdicts."""

_ACCEPTED = {NOT_EXTORTION: {str(Verdict.UNRELATED), str(Verdict.OTHER_SCAM)}}


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), rounded to 4 places; (0, 1) where there is nothing.

    >>> wilson(50, 50)
    (0.9287, 1.0)
    """
    if not total:
        return 0.0, 1.0
    z, share = 1.959964, hits / total
    center = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return round(max(0.0, center - reach), 4), round(min(1.0, center + reach), 4)


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

"""Measuring the whole pipeline on a folder of labelled mails."""

import hashlib
from math import sqrt
from pathlib import Path
from typing import Any

import pandas as pd

from scamcheck.batch import check_many
from scamcheck.errors import CorpusError
from scamcheck.model.store import load_model
from scamcheck.types import LABELS, Verdict

COLUMNS = ("file", "label", "language", "family", "source")
NOT_EXTORTION = "not_extortion"
"""The label of mail that is no extortion but was never sorted further; it accepts two verdicts."""

_ACCEPTED = {NOT_EXTORTION: {str(Verdict.UNRELATED), str(Verdict.OTHER_SCAM)}}
_ERROR = "error"


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), rounded to 4 places; (0, 1) where there is nothing.

    >>> wilson(50, 50)
    (0.9286, 1.0)
    """
    if not total:
        return 0.0, 1.0
    z, share = 1.959964, hits / total
    center = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return round(max(0.0, center - reach), 4), round(min(1.0, center + reach), 4)


def read_labels(folder: Path) -> pd.DataFrame:
    """Return the labels of a folder. Raises CorpusError where labels.csv is absent or not of the known form."""
    try:
        labels = pd.read_csv(folder / "labels.csv", dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{folder}/labels.csv cannot be read. It needs the columns {', '.join(COLUMNS)}.") from error
    if missing := set(COLUMNS) - set(labels.columns):
        raise CorpusError(f"{folder}/labels.csv lacks the columns {', '.join(sorted(missing))}.")
    if unknown := set(labels["label"]) - {*map(str, LABELS), NOT_EXTORTION}:
        raise CorpusError(f"{folder}/labels.csv has unknown labels: {', '.join(sorted(unknown))}.")
    return labels


def accepted(label: str, verdict: str) -> bool:
    """Return whether a verdict is right for a label."""
    return verdict in _ACCEPTED.get(label, {label})


def evaluate(folder: Path, *, workers: int = 1) -> dict[str, Any]:
    """Return the figures for a folder with labels.csv, as plain values for JSON.

    A file that cannot be read counts as the verdict `error`; so nothing drops out of a total. Raises CorpusError.
    """
    labels = read_labels(folder)
    verdicts: dict[str, str] = {}
    for checked in check_many([folder / name for name in labels["file"]], workers=workers):
        name = checked.source.partition("#")[0]
        verdict = str(checked.assessment.verdict) if checked.assessment else _ERROR
        # Of several messages in one file, the threat counts.
        if verdicts.get(name) != str(Verdict.SEXTORTION_SCAM):
            verdicts[name] = verdict
    labels["verdict"] = [verdicts[str(folder / name)] for name in labels["file"]]
    return {
        "labels_sha256": hashlib.sha256((folder / "labels.csv").read_bytes()).hexdigest(),
        "model_sha256": load_model().card.sha256,
        "mails": len(labels),
        **summarise(labels),
    }


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

"""Measuring the whole pipeline on a folder of labelled mails."""

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from scamcheck.batch import check_many
from scamcheck.errors import CorpusError, UnreadableInputError
from scamcheck.model.figures import NOT_EXTORTION, summarise
from scamcheck.model.store import load_model
from scamcheck.model.train import LocalMail
from scamcheck.readers import read
from scamcheck.types import LABELS, Verdict

COLUMNS = ("file", "label", "language", "family", "source")
_ERROR = "error"


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


def read_local_mails(folder: Path) -> tuple[list[LocalMail], list[str]]:
    """Return the labelled mails of a folder, to train with, and the names of the files that cannot be read.

    Raises CorpusError where labels.csv is not of the known form, or a label is not one of the six classes.
    """
    labels = read_labels(folder)
    mails, unread = [], []
    for row in labels.to_dict("records"):
        if row["label"] == NOT_EXTORTION:
            raise CorpusError(f"{folder}/labels.csv: {row['file']} needs one of the six labels, not {NOT_EXTORTION}.")
        path = folder / row["file"]
        try:
            message = read(path.read_bytes(), filename=path.name)
        except (OSError, UnreadableInputError):
            unread.append(str(row["file"]))
            continue
        mails.append(LocalMail(message, Verdict(row["label"]), row["language"]))
    return mails, unread


def evaluate(folder: Path, *, workers: int = 1) -> dict[str, Any]:
    """Return the figures for a folder with labels.csv, as plain values for JSON.

    A file that cannot be read counts as the verdict `error`; so nothing drops out of a total. Raises CorpusError.
    """
    labels = read_labels(folder)
    verdicts: dict[str, str] = {}
    for checked in check_many([folder / name for name in labels["file"]], workers=workers):
        name = str(checked.path)
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

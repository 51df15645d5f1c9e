"""Cross-validation on our own mails: how the recipe does on families and languages that it has not seen.

Every mail is scored by a model that saw no mail of its family (or of its language), nor a fragment of one. Composed
texts are never scored; those of a language left out are left out with it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scamcheck.features.matrix import Features
from scamcheck.model import claims, real_case
from scamcheck.model.corpus import Mail, load_bank
from scamcheck.model.figures import calibration_error, summarise
from scamcheck.model.intervals import wilson
from scamcheck.model.train import (
    MAX_FALSE_ALARMS,
    TrainingSet,
    View,
    choose_beta,
    choose_thresholds,
    held_out_scores,
    load_training_set,
    sentence_splits,
    softmax,
    verdict_of,
)
from scamcheck.types import LABELS, Verdict

SCAM, PERSONAL = LABELS.index(Verdict.SEXTORTION_SCAM), LABELS.index(Verdict.PERSONAL_SEXTORTION)
GROUPS = 21
"""Groups of families that are left out together: two or three of mass mails, and a share of every other label's."""


def family_groups(mails: Sequence[Mail]) -> list[Any]:
    """Return the places of the mails of each group: a share of the families of every label."""
    families = {label: sorted({mail.family for mail in mails if mail.label is label}) for label in LABELS}
    place = {(label, name): number % GROUPS for label in LABELS for number, name in enumerate(families[label])}
    groups = np.array([place[mail.label, mail.family] for mail in mails])
    return [np.flatnonzero(groups == number) for number in range(GROUPS)]


def language_groups(mails: Sequence[Mail]) -> dict[str, Any]:
    """Return the places of the mails of each language."""
    languages = np.array([mail.language for mail in mails])
    return {language: np.flatnonzero(languages == language) for language in sorted(set(languages.tolist()))}


def cross_validate(data: Path, view: View) -> dict[str, Any]:
    """Return the figures of leave-one-family-out and leave-one-language-out, as plain values for JSON."""
    training = load_training_set(data, view)
    mails = training.mails
    features = Features().fit(training.samples)
    matrix = features.documents(features.count(training.samples))
    sentences, texts = claims.labelled_sentences(mails, training.samples[: training.written], load_bank(data))
    rows = claims.sentence_matrix(features, texts, sentences)

    families = family_groups(mails)
    scores = held_out_scores(matrix, training, [(training.without(held), held) for held in families])
    by_family = _figures(training, scores, _vetoed(mails, sentences, rows, sentence_splits(mails, sentences, families)))

    languages = language_groups(mails)
    splits = [(training.without(held, languages_left_out=[name]), held) for name, held in languages.items()]
    scores = held_out_scores(matrix, training, splits)
    spoken = np.array([item.language for item in sentences])
    by_sentence = [(np.flatnonzero(spoken != name), np.flatnonzero(spoken == name)) for name in languages]
    by_language = _figures(training, scores, _vetoed(mails, sentences, rows, by_sentence))
    return {"leave_one_family_out": by_family, "leave_one_language_out": by_language}


def _vetoed(
    mails: Sequence[Mail], sentences: Sequence[claims.LabelledSentence], rows: Any, splits: Sequence[tuple[Any, Any]]
) -> Any:
    """Return which mails are told apart as possible real cases by models that saw none of them."""
    signs = claims.real_case(claims.held_out(rows, sentences, splits, only=claims.REAL_SIGNS))
    return real_case.vetoes(mails, sentences, signs, real_case.veto_threshold(sentences, signs))


def alarm_scores(shares: Any, ceiling: float, vetoed: Any) -> Any:
    """Return for each row the score that an alarm goes by: the chance of a mass mail, 0 where it may be a real case."""
    return np.where((shares[:, PERSONAL] > ceiling) | vetoed, 0.0, shares[:, SCAM])


def _figures(training: TrainingSet, scores: Any, vetoed: Any) -> dict[str, Any]:
    mails = training.mails
    labels = [mail.label for mail in mails]
    shares = softmax(choose_beta(scores, labels) * scores)
    thresholds = choose_thresholds(shares, labels, vetoed)
    truth = np.array([LABELS.index(label) for label in labels])
    alarms = alarm_scores(shares, thresholds["personal_ceiling"], vetoed)
    others = np.sort(alarms[truth != SCAM])[::-1]
    allowed = int(MAX_FALSE_ALARMS * len(others))
    threshold = float(others[allowed])
    table = pd.DataFrame(
        {
            "label": [str(label) for label in labels],
            "language": [mail.language for mail in mails],
            "family": [mail.family for mail in mails],
            "verdict": [
                str(verdict_of(row, thresholds, vetoed=bool(stopped)))
                for row, stopped in zip(shares, vetoed, strict=True)
            ],
            "found": alarms > threshold,
        }
    )
    scams, rest = table[table["label"] == "sextortion_scam"], table[table["label"] != "sextortion_scam"]
    return {
        "texts": len(table),
        "others": len(rest),
        "false_alarms": int(rest["found"].sum()),
        "false_alarm_interval_95": wilson(int(rest["found"].sum()), len(rest)),
        "threshold": round(threshold, 4),
        "recall": round(float(scams["found"].mean()), 4),
        "recall_interval_95": wilson(int(scams["found"].sum()), len(scams)),
        "by_language": _shares(scams, "language"),
        "by_family": _shares(scams, "family"),
        "accuracy_without_abstention": round(float((shares.argmax(axis=1) == truth).mean()), 4),
        "calibration": calibration_error(shares, truth),
        "verdicts": summarise(table),
    }


def _shares(scams: pd.DataFrame, column: str) -> dict[str, dict[str, int]]:
    return {
        str(name): {"found": int(rows["found"].sum()), "letters": len(rows)} for name, rows in scams.groupby(column)
    }

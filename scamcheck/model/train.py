"""Training: data/ in, the artefact out, the same bytes at every run on one machine with the pinned versions."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from scamcheck.errors import CorpusError
from scamcheck.features.vectorize import Sample, build_features, table
from scamcheck.model.corpus import Mail, load_corpus
from scamcheck.model.figures import summarise
from scamcheck.model.predict import decide
from scamcheck.model.store import ARTIFACT, ModelCard, round_significant, save_model
from scamcheck.types import LABELS, Message, Verdict

FOLDS = 5
SEED = 2026
REGULARISATION = 30.0
"""Inverse strength C of the logistic regression. Chosen by cross-validation over families."""

MASS_THREATS = frozenset((Verdict.SEXTORTION_SCAM, Verdict.OTHER_EXTORTION))
THREATS = MASS_THREATS | {Verdict.PERSONAL_SEXTORTION}
MAX_ERROR = {True: 0.07, False: 0.02}
"""The share of wrong out-of-fold answers above a threshold, for verdicts that name a threat and for those that do not.
The former are wrong for any other kind of text, but one mass threat taken for another misleads nobody about what to do;
the latter are wrong where the text is a threat (bulk advertising called ordinary mail hurts nobody)."""

MAX_PERSONAL_CEILING = 0.2
"""The ceiling where no real case of the out-of-fold predictions asks for a lower one."""

View = Callable[[Message], Sample]


def build_pipeline() -> Pipeline:
    """Return the unfitted classifier: features, then a multinomial logistic regression."""
    classifier = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=2_000, tol=1e-6)
    return Pipeline([("features", build_features()), ("classifier", classifier)])


def folds(mails: Sequence[Mail]) -> list[tuple[Any, Any]]:
    """Return the cross-validation folds: a family, in all its languages, stands in one fold only."""
    groups = [f"{mail.label}/{mail.family}" for mail in mails]
    labels = [mail.label.value for mail in mails]
    splitter = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(mails)), labels, groups))


def softmax(scores: Any) -> Any:
    """Return the rows of scores as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def out_of_fold_scores(mails: Sequence[Mail], samples: Sequence[Sample]) -> Any:
    """Return for each mail the scores of a model that saw no mail of its family; columns as LABELS."""
    rows, labels = table(samples), np.array([mail.label.value for mail in mails])
    scores = np.zeros((len(mails), len(LABELS)))
    for fit, held_out in folds(mails):
        pipeline = build_pipeline().fit(rows[fit], labels[fit])
        order = [list(pipeline.classes_).index(label.value) for label in LABELS]
        scores[held_out] = pipeline.decision_function(rows[held_out])[:, order]
    return scores


def choose_thresholds(shares: Any, labels: Sequence[Verdict]) -> dict[str, float]:
    """Return for each class the lowest probability above which its out-of-fold answers keep to `MAX_ERROR`.

    `personal_ceiling` is the highest chance of a real case that a mass mail may have: below it, no real case of the
    out-of-fold predictions is called a mass mail.
    """
    truth = np.array(labels, dtype=object)
    best, highest = shares.argmax(axis=1), shares.max(axis=1)
    thresholds: dict[str, float] = {}
    for place, label in enumerate(LABELS):
        chosen = best == place
        order = np.argsort(-highest[chosen], kind="stable")
        wrong = [_is_wrong(label, other) for other in truth[chosen][order]]
        kept = np.flatnonzero(np.cumsum(wrong) <= MAX_ERROR[label in THREATS] * np.arange(1, len(order) + 1))
        lowest = highest[chosen][order][kept[-1]] if len(kept) else 1.0
        thresholds[label.value] = _floor(max(lowest, 1 / len(LABELS)))
    scam, personal = LABELS.index(Verdict.SEXTORTION_SCAM), LABELS.index(Verdict.PERSONAL_SEXTORTION)
    mistaken = (best == scam) & (truth == Verdict.PERSONAL_SEXTORTION) & (highest >= thresholds[LABELS[scam].value])
    ceiling = shares[mistaken, personal].min() if mistaken.any() else 1.0
    thresholds["personal_ceiling"] = _floor(min(ceiling - 0.001, MAX_PERSONAL_CEILING))
    return thresholds


def _is_wrong(answer: Verdict, truth: Verdict) -> bool:
    if {answer, truth} <= MASS_THREATS:
        return False
    return truth != answer if answer in THREATS else truth in THREATS


def _floor(share: float) -> float:
    return float(np.floor(share * 1000) / 1000)


def corpus_digest(folder: Path) -> str:
    """Return the digest of everything that training reads."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def train(data: Path, view: View, *, artifact: Path = ARTIFACT) -> ModelCard:
    """Train on the mails under `data`, write the artefact, return its card.

    Calibration, thresholds and the figures of the card come from a model that saw the training families only; the
    held-out families are measured with that one. The model that ships is then fitted once more, on all families.

    `view` gives the model's view of a message. Raises CorpusError where the corpus breaks its format.
    """
    mails = load_corpus(data)
    samples = [view(mail.message()) for mail in mails]
    rows, labels = table(samples), np.array([mail.label.value for mail in mails])
    fit = [place for place, mail in enumerate(mails) if mail.split == "train"]
    held_out = [place for place, mail in enumerate(mails) if mail.split == "test"]
    ours = [mails[place] for place in fit]
    if {mail.label for mail in ours} != set(LABELS) or not held_out:
        raise CorpusError("Training families must cover all six labels, and some be held out. See data/README.md.")
    with threadpool_limits(limits=1):
        calibrated = CalibratedClassifierCV(build_pipeline(), method="temperature", cv=folds(ours), ensemble=False)
        calibrated.fit(rows[fit], labels[fit])
        beta = float(round_significant(calibrated.calibrated_classifiers_[0].calibrators[0].beta_))
        shares = softmax(beta * out_of_fold_scores(ours, [samples[place] for place in fit]))
        thresholds = choose_thresholds(shares, [mail.label for mail in ours])
        order = [list(calibrated.classes_).index(label.value) for label in LABELS]
        seen = calibrated.predict_proba(rows[held_out])[:, order]
        pipeline = _lean(build_pipeline().fit(rows, labels))
    card = {
        "corpus_sha256": corpus_digest(data),
        "labels": [str(label) for label in pipeline.classes_],
        "thresholds": thresholds,
        "measured": {
            "mails": len(mails),
            "out_of_fold": _figures(ours, shares, thresholds),
            "held_out": _figures([mails[place] for place in held_out], seen, thresholds),
        },
    }
    return save_model(pipeline, beta, card, artifact)


def _lean(pipeline: Pipeline) -> Pipeline:
    """Return the pipeline with rounded coefficients and without what differs between runs."""
    classifier = pipeline.named_steps["classifier"]
    classifier.coef_ = round_significant(classifier.coef_)
    classifier.intercept_ = round_significant(classifier.intercept_)
    for name in ("words", "characters"):
        vectorizer = pipeline.named_steps["features"].named_transformers_[name]
        vectorizer.idf_ = round_significant(vectorizer.idf_)
        vectorizer.__dict__.pop("_stop_words_id", None)  # a memory address
    return pipeline


def _figures(mails: Sequence[Mail], shares: Any, thresholds: Mapping[str, float]) -> dict[str, Any]:
    rows = [
        {
            "label": str(mail.label),
            "language": mail.language,
            "family": mail.family,
            "verdict": str(decide(dict(zip(LABELS, map(float, row), strict=True)), thresholds)[0]),
        }
        for mail, row in zip(mails, shares, strict=True)
    ]
    truth = np.array([LABELS.index(mail.label) for mail in mails])
    return {
        "mails": len(mails),
        "accuracy_without_abstention": round(float((shares.argmax(axis=1) == truth).mean()), 4),
        "log_loss": round(float(-np.log(shares[np.arange(len(truth)), truth]).mean()), 4),
        **summarise(pd.DataFrame(rows)),
    }

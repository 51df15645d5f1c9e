"""The claims model: what each sentence of a message claims. It finds the indicators; the verdict does not rest on it.

It is a set of logistic regressions over sentences, one a label: the claims of mass mails, the counter-signs of real
cases, the voices of texts about the scam, and nothing in particular. A sentence may make several claims; each that is
probable enough is found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import expit
from sklearn.linear_model import SGDClassifier

from scamcheck.features.matrix import Features
from scamcheck.features.rounding import round_significant
from scamcheck.features.vectorize import Sample, Sentence, sample
from scamcheck.model.corpus import (
    ADVERT,
    CLAIMS,
    COUNTER_SIGNS,
    EXAMPLES,
    FILLER,
    ORDINARY,
    OTHER_THREAT,
    WARNING,
    Mail,
    Wording,
    fill,
)
from scamcheck.text.unicode import fold
from scamcheck.types import Verdict

SEED = 2026
ALPHA, EPOCHS = 1e-5, 8
"""Strength of the penalty and passes over the sentences. Tried beside 3e-6 and 15, which found fewer claims."""

SMALLEST_COEFFICIENT = 0.2
"""Smaller coefficients are dropped from the shipped file, for its size. The figures of the claims are those before."""

MIN_PRECISION = 0.75
"""The precision in threatening letters of held-out families that the threshold of a claim is chosen for."""

MIN_SHARE = 0.05
"""A claim that is less probable is never found, however precise the held-out letters make it look."""

REAL_CASE = "real_case"
"""What unlabelled sentences of real cases count as; in what is found, all counter-signs together."""

MIN_REAL_CASE = 0.3
"""A sentence below it is never looked at as a sign of a real case. Measured on families left out: with the concepts of
a shared past beside it (`scamcheck.model.real_case`), it stands in 1.2 % of mass mails and in 45 % of real cases."""

NEIGHBOURS: Mapping[str, frozenset[str]] = {
    "hacked_device": frozenset(("malware", "camera_access", "tracking")),
    "malware": frozenset(("hacked_device", "antivirus_silent")),
    "antivirus_silent": frozenset(("malware",)),
    "camera_access": frozenset(("recording", "hacked_device")),
    "recording": frozenset(("camera_access",)),
    "no_police": frozenset(("no_reply", "untraceable")),
    "untraceable": frozenset(("no_police", "no_reply")),
    "no_reply": frozenset(("untraceable", "no_police")),
    "reputation": frozenset(("contacts_threat",)),
    "contacts_threat": frozenset(("reputation", "contacts_copied")),
    "contacts_copied": frozenset(("contacts_threat",)),
    "crypto_address": frozenset(("payment_demand",)),
    "payment_demand": frozenset(("crypto_address",)),
}
"""Claims whose border careful people draw either way: taking one for the other is not counted as wrong."""

OTHER = {
    Verdict.SEXTORTION_SCAM: FILLER,
    Verdict.OTHER_EXTORTION: OTHER_THREAT,
    Verdict.PERSONAL_SEXTORTION: REAL_CASE,
    Verdict.ABOUT_SEXTORTION: WARNING,
    Verdict.OTHER_SCAM: ADVERT,
    Verdict.UNRELATED: ORDINARY,
}
"""What an unlabelled sentence of a mail counts as, by the mail's label."""

FORWARDED = "forwarded"
"""The family whose unlabelled sentences are the recipient's own, so they count as nothing."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence to learn from: what it claims, where it stands, and on which side of the split."""

    sentence: Sentence
    labels: frozenset[str]
    source: str
    verdict: Verdict | None
    split: str
    language: str


@dataclass(frozen=True, slots=True)
class SentenceClassifier:
    """One logistic regression a label. `weights` has features in rows and labels in columns."""

    labels: tuple[str, ...]
    weights: Any
    intercepts: Any

    def probabilities(self, rows: Any) -> Any:
        """Return the probability of each label for each sentence; a sentence may have several labels."""
        scores = rows @ self.weights
        return expit((scores.toarray() if sparse.issparse(scores) else scores) + self.intercepts)


@dataclass(frozen=True, slots=True)
class ClaimsModel:
    """The fitted classifier of sentences, a threshold for each claim, and what was measured on unseen sentences."""

    classifier: SentenceClassifier
    thresholds: dict[str, float]
    measured: dict[str, Any]


def labelled_sentences(
    mails: Sequence[Mail], samples: Sequence[Sample], bank: Sequence[Wording]
) -> Iterator[LabelledSentence]:
    """Yield the sentences of mails and claim banks with their labels."""
    for mail, view in zip(mails, samples, strict=True):
        for sentence in view.sentences:
            names = mail.claims_in(sentence.span)
            if not names and mail.family == FORWARDED:
                continue
            labels = frozenset(names or {OTHER[mail.label]})
            yield LabelledSentence(sentence, labels, mail.id, mail.label, mail.split, mail.language)
    for wording in bank:
        for sentence in sample(fold(fill(wording.text, EXAMPLES)).mapped.text, wording.language).sentences:
            labels = frozenset({wording.name})
            yield LabelledSentence(sentence, labels, wording.text, None, wording.split, wording.language)


def fit(rows: Any, sentences: Sequence[LabelledSentence], *, only: Set[str] | None = None) -> SentenceClassifier:
    """Return the classifier fitted on the feature rows of labelled sentences, of all their labels or of some."""
    labels = sorted({label for item in sentences for label in item.labels if only is None or label in only})

    def one(label: str) -> tuple[Any, float]:
        classifier = SGDClassifier(
            loss="log_loss", alpha=ALPHA, max_iter=EPOCHS, tol=None, average=True, random_state=SEED
        )
        classifier.fit(rows, [label in item.labels for item in sentences])
        return classifier.coef_[0], float(classifier.intercept_[0])

    fitted = [one(label) for label in labels]
    return SentenceClassifier(
        tuple(labels), np.array([weights for weights, _ in fitted]).T, np.array([intercept for _, intercept in fitted])
    )


def compact(classifier: SentenceClassifier) -> SentenceClassifier:
    """Return the classifier as it ships: small coefficients dropped, the others rounded, in single precision."""
    weights = np.where(np.abs(classifier.weights) < SMALLEST_COEFFICIENT, 0, classifier.weights)
    kept = sparse.csr_matrix(weights.astype(np.float32))
    kept.data = round_significant(kept.data, 3).astype(np.float32)
    return SentenceClassifier(classifier.labels, kept, round_significant(classifier.intercepts).astype(np.float32))


def sentence_matrix(features: Features, sentences: Sequence[LabelledSentence]) -> Any:
    """Return the feature rows of labelled sentences."""
    return features.sentences(features.count([Sample((item.sentence,)) for item in sentences]))


def train(matrix: Any, sentences: Sequence[LabelledSentence]) -> ClaimsModel:
    """Return the claims model, from the feature rows of labelled sentences.

    Thresholds and figures come from a model that saw the training split only; the one that ships is then fitted on all.
    """
    seen = [place for place, item in enumerate(sentences) if item.split == "train"]
    unseen = [place for place, item in enumerate(sentences) if item.split != "train"]
    trial = fit(matrix[seen], [sentences[place] for place in seen])
    items = [sentences[place] for place in unseen]
    shares = trial.probabilities(matrix[unseen])
    thresholds = choose_thresholds(shares, trial.labels, items)
    found = find(shares, trial.labels, thresholds)
    return ClaimsModel(compact(fit(matrix, sentences)), thresholds, _figures(found, items))


def _in_threat(item: LabelledSentence) -> bool:
    """Return whether a sentence stands in a mass threat, or in the bank as one: where claims are looked for."""
    if item.verdict is None:
        return item.labels <= CLAIMS or FILLER in item.labels
    return item.verdict in (Verdict.SEXTORTION_SCAM, Verdict.OTHER_EXTORTION)


def choose_thresholds(shares: Any, classes: Sequence[str], items: Sequence[LabelledSentence]) -> dict[str, float]:
    """Return for each claim the lowest probability that counts: where it reaches `MIN_PRECISION` in mass threats.

    `shares` has one row a sentence, one column a class. What never does so gets a threshold above 1: it never counts.
    """
    gold = [item.labels for item in items]
    threats = np.array([_in_threat(item) for item in items])
    thresholds = {}
    for column, name in enumerate(classes):
        if name in CLAIMS:
            rows = np.flatnonzero(threats)
            order = rows[np.argsort(-shares[rows, column], kind="stable")]
            right = [bool(gold[row] & ({name} | NEIGHBOURS.get(name, frozenset()))) for row in order]
            good = np.flatnonzero(np.cumsum(right) >= MIN_PRECISION * np.arange(1, len(order) + 1))
            lowest = float(shares[order[good[-1]], column]) if len(good) else 1.1
            thresholds[name] = round(max(lowest, MIN_SHARE), 3)
    return thresholds


def real_case(shares: Any, classes: Sequence[str]) -> Any:
    """Return for each sentence the probability that it has at least one sign of a real case."""
    signs = [place for place, name in enumerate(classes) if name in COUNTER_SIGNS or name == REAL_CASE]
    return 1 - np.prod(1 - shares[:, signs], axis=1)


def find(shares: Any, classes: Sequence[str], thresholds: Mapping[str, float]) -> list[dict[str, float]]:
    """Return for each sentence the claims found in it and the chance of a real case, with their probabilities."""
    found = [
        {name: float(s) for name, s in zip(classes, row, strict=True) if name in CLAIMS and s >= thresholds[name]}
        for row in shares
    ]
    for said, share in zip(found, real_case(shares, classes), strict=True):
        if share >= MIN_REAL_CASE:
            said[REAL_CASE] = float(share)
    return found


def _figures(found: Sequence[dict[str, float]], items: Sequence[LabelledSentence]) -> dict[str, Any]:
    """Return for each claim how often it stands, is found and is right, in unseen mass threats."""
    gold = [item.labels for item in items]
    rows = [row for row, item in enumerate(items) if _in_threat(item)]
    return {name: _count(name, [found[row] for row in rows], [gold[row] for row in rows]) for name in sorted(CLAIMS)}


def _count(name: str, found: Iterable[dict[str, float]], gold: Iterable[frozenset[str]]) -> dict[str, int]:
    pairs = list(zip(found, gold, strict=True))
    accepted = {name} | NEIGHBOURS.get(name, frozenset())
    return {
        "sentences": sum(name in truth for _, truth in pairs),
        "found": sum(name in said for said, _ in pairs),
        "right": sum(name in said and bool(accepted & truth) for said, truth in pairs),
        "recalled": sum(name in said and name in truth for said, truth in pairs),
    }

"""The claims model: what each sentence of a message claims. It finds the indicators; the verdict does not rest on it.

It is a multinomial-like set of logistic regressions over sentences, one a label: the claims of mass mails, the
counter-signs of real cases, the voices of texts about the scam, and nothing in particular. A sentence may make several
claims; each that is probable enough is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import SGDClassifier

from scamcheck.features.matrix import Features
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
"""Strength of the penalty and passes over the sentences. More passes changed no figure by more than a point."""

SMALLEST_COEFFICIENT = 0.1
"""Smaller coefficients are dropped from the shipped file; the claims found in held-out letters stay the same."""

MIN_PRECISION = 0.75
"""The precision in threatening letters of held-out families that the threshold of a claim is chosen for."""

MAX_VETOES = 0.005
"""The share of held-out mass mails that one counter-sign may turn into an abstention."""

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
    Verdict.PERSONAL_SEXTORTION: "real_case",
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
    label: str
    source: str
    verdict: Verdict | None
    split: str


@dataclass(frozen=True, slots=True)
class ClaimsModel:
    """The fitted classifier of sentences, a threshold for each claim, and what was measured on unseen sentences."""

    classifier: SGDClassifier
    thresholds: dict[str, float]
    measured: dict[str, Any]


def labelled_sentences(
    mails: Sequence[Mail], samples: Sequence[Sample], bank: Sequence[Wording]
) -> Iterator[LabelledSentence]:
    """Yield the sentences of mails and claim banks with their labels; one with two claims comes twice."""
    for mail, view in zip(mails, samples, strict=True):
        offset = len(mail.subject) + 2 if mail.subject else 0
        for sentence in view.sentences:
            start, end = sentence.span.start - offset, sentence.span.end - offset
            names = {claim.id for claim in mail.claims if claim.span.start < end and start < claim.span.end}
            if not names and mail.family == FORWARDED:
                continue
            for name in sorted(names) or [OTHER[mail.label]]:
                yield LabelledSentence(sentence, name, mail.id, mail.label, mail.split)
    for wording in bank:
        for sentence in sample(fold(fill(wording.text, EXAMPLES)).mapped.text, wording.language).sentences:
            yield LabelledSentence(sentence, wording.name, wording.text, None, wording.split)


def build_classifier() -> SGDClassifier:
    """Return the unfitted classifier of sentences."""
    return SGDClassifier(loss="log_loss", alpha=ALPHA, max_iter=EPOCHS, tol=None, average=True, random_state=SEED)


def train(features: Features, sentences: Sequence[LabelledSentence]) -> ClaimsModel:
    """Return the claims model.

    Thresholds and figures come from a model that saw the training split only; the one that ships is then fitted on all.
    """
    matrix = features.sentences(features.count([Sample((item.sentence,)) for item in sentences]))
    labels = np.array([item.label for item in sentences])
    seen = np.array([item.split == "train" for item in sentences])
    trial = build_classifier().fit(matrix[seen], labels[seen])
    unseen = [place for place in range(len(sentences)) if not seen[place]]
    shares = trial.predict_proba(matrix[unseen])
    items = [sentences[place] for place in unseen]
    thresholds = choose_thresholds(shares, list(trial.classes_), items)
    final = build_classifier().fit(matrix, labels)
    final.coef_[np.abs(final.coef_) < SMALLEST_COEFFICIENT] = 0
    found = find(shares, list(trial.classes_), thresholds)
    return ClaimsModel(final.sparsify(), thresholds, _figures(found, items))


def _gold(items: Sequence[LabelledSentence]) -> list[set[str]]:
    """Return for each item all labels of its sentence, of which it has one."""
    labels: dict[tuple[str, int], set[str]] = defaultdict(set)
    for item in items:
        labels[item.source, item.sentence.span.start].add(item.label)
    return [labels[item.source, item.sentence.span.start] for item in items]


def _in_threat(item: LabelledSentence) -> bool:
    """Return whether a sentence stands in a mass threat, or in the bank as one: where claims are looked for."""
    if item.verdict is None:
        return item.label in CLAIMS or item.label == FILLER
    return item.verdict in (Verdict.SEXTORTION_SCAM, Verdict.OTHER_EXTORTION)


def choose_thresholds(shares: Any, classes: Sequence[str], items: Sequence[LabelledSentence]) -> dict[str, float]:
    """Return for each claim and counter-sign the lowest probability at which it is found.

    `shares` has one row a sentence, one column a class. A claim reaches `MIN_PRECISION` in mass threats; a counter-sign
    stands in no more than `MAX_VETOES` of mass mails. What never does so gets a threshold above 1: it is never found.
    """
    gold = _gold(items)
    threats = np.array([_in_threat(item) for item in items])
    letters = [item.source if item.verdict is Verdict.SEXTORTION_SCAM else "" for item in items]
    thresholds = {}
    for column, name in enumerate(classes):
        if name in CLAIMS:
            rows = np.flatnonzero(threats)
            order = rows[np.argsort(-shares[rows, column], kind="stable")]
            right = [bool(gold[row] & ({name} | NEIGHBOURS.get(name, frozenset()))) for row in order]
            good = np.flatnonzero(np.cumsum(right) >= MIN_PRECISION * np.arange(1, len(order) + 1))
            lowest = float(shares[order[good[-1]], column]) if len(good) else 1.1
            thresholds[name] = round(max(lowest, 0.15), 3)
        elif name in COUNTER_SIGNS:
            highest: dict[str, float] = defaultdict(float)
            for letter, share in zip(letters, shares[:, column], strict=True):
                highest[letter] = max(highest[letter], float(share))
            highest.pop("", None)
            ranked = sorted(highest.values(), reverse=True)
            thresholds[name] = round(min(ranked[int(MAX_VETOES * len(ranked))] + 0.001, 1.1), 3) if ranked else 1.1
    return thresholds


def find(shares: Any, classes: Sequence[str], thresholds: Mapping[str, float]) -> list[dict[str, float]]:
    """Return for each sentence the claims and counter-signs found in it, with their probabilities."""
    return [
        {name: float(share) for name, share in zip(classes, row, strict=True) if share >= thresholds.get(name, 1.1)}
        for row in shares
    ]


def _figures(found: Sequence[dict[str, float]], items: Sequence[LabelledSentence]) -> dict[str, Any]:
    """Return for each claim and counter-sign how often it stands, is found and is right, in unseen mass threats."""
    gold = _gold(items)
    rows = [row for row, item in enumerate(items) if _in_threat(item)]
    return {name: _count(name, [found[row] for row in rows], [gold[row] for row in rows]) for name in sorted(CLAIMS)}


def _count(name: str, found: Iterable[dict[str, float]], gold: Iterable[set[str]]) -> dict[str, int]:
    pairs = list(zip(found, gold, strict=True))
    accepted = {name} | NEIGHBOURS.get(name, frozenset())
    return {
        "sentences": sum(name in truth for _, truth in pairs),
        "found": sum(name in said for said, _ in pairs),
        "right": sum(name in said and bool(accepted & truth) for said, truth in pairs),
        "recalled": sum(name in said and name in truth for said, truth in pairs),
    }

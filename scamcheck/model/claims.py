"""The claims model: what each sentence of a message claims. It finds the indicators; the verdict does not rest on it.

It is a set of logistic regressions over sentences, one a label: the claims of mass mails, the counter-signs of real
cases, the voices of texts about the scam, and nothing in particular. A sentence may make several claims; each that is
probable enough is found.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from scipy.special import expit
from sklearn.linear_model import SGDClassifier
from threadpoolctl import threadpool_limits

from scamcheck.features.matrix import Features, context_columns
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
WORKERS = 2
ALPHA, EPOCHS = 1e-5, 8
"""Strength of the penalty and passes over the sentences. Tried beside 3e-6 and 15, which found fewer claims."""

SMALLEST_COEFFICIENT = 0.2
"""Smaller coefficients are dropped from the shipped file, for its size. The figures of the claims are those before."""

MIN_PRECISION = 0.8
"""The precision in threatening letters of families left out that the threshold of a claim has at least."""

BETA_SQUARED = 0.25
"""Of the thresholds that are precise enough the one with the best F measure is taken, precision counting twice as much
as recall (F 0.5): a sentence that is marked wrongly does more harm than one that is not marked."""

MIN_SHARE = 0.05
"""A claim that is less probable is never found, however precise the held-out letters make it look."""

REAL_CASE = "real_case"
"""What unlabelled sentences of real cases count as; in what is found, all counter-signs together."""

REAL_SIGNS = COUNTER_SIGNS | {REAL_CASE}
"""The labels of sentences that are signs of a real case."""

FOUND = CLAIMS | {WARNING}
"""The labels that are found by a threshold of their own."""

MIN_REAL_CASE = 0.2
"""A sentence below it is never looked at as a sign of a real case. Chosen on families left out, among 0.1 to 0.4: then
4 % of mass mails and 72 % of real cases have a sign, alone or beside the concepts of a shared past
(`scamcheck.model.real_case`), and most mass mails are found."""

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
    """A sentence to learn from: what it claims, where it stands, and on which side of the split.

    `optional` are claims that one careful reader saw in it and another did not: no model learns from them, and to find
    one is neither right nor wrong. `row` is its number among all sentences of the texts that it was taken from.
    """

    sentence: Sentence
    labels: frozenset[str]
    source: str
    verdict: Verdict | None
    split: str
    language: str
    row: int
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of labels: `values` has a row a sentence, a column a label. NaN where nothing was judged."""

    labels: tuple[str, ...]
    values: Any

    def of(self, label: str) -> Any:
        """Return the column of one label."""
        return self.values[:, self.labels.index(label)]


@dataclass(frozen=True, slots=True)
class SentenceClassifier:
    """One logistic regression a label. `weights` has features in rows and labels in columns."""

    labels: tuple[str, ...]
    weights: Any
    intercepts: Any

    def probabilities(self, rows: Any) -> Shares:
        """Return the probability of each label for each sentence; a sentence may have several labels."""
        scores = rows @ self.weights
        return Shares(self.labels, expit((scores.toarray() if sparse.issparse(scores) else scores) + self.intercepts))


@dataclass(frozen=True, slots=True)
class ClaimsModel:
    """The fitted classifier of sentences, a threshold for each claim, and what was measured on unseen sentences."""

    classifier: SentenceClassifier
    thresholds: dict[str, float]
    measured: dict[str, Any]


def labelled_sentences(
    mails: Sequence[Mail], samples: Sequence[Sample], bank: Sequence[Wording]
) -> tuple[list[LabelledSentence], list[Sample]]:
    """Return the sentences of mails and claim banks with their labels, and the texts that their rows count through."""
    texts = [*samples, *(sample(fold(fill(each.text, EXAMPLES)).mapped.text, each.language) for each in bank)]
    starts = np.cumsum([0, *(len(text.sentences) for text in texts)]).tolist()
    found: list[LabelledSentence] = []
    for mail, text, start in zip(mails, texts, starts, strict=False):
        for row, sentence in enumerate(text.sentences, start):
            names, optional = mail.claims_in(sentence.span), mail.optional_claims_in(sentence.span)
            if not names and mail.family == FORWARDED:
                continue
            labels = frozenset(names or ({OTHER[mail.label]} if not optional else ()))
            found.append(
                LabelledSentence(
                    sentence, labels, mail.id, mail.label, mail.split, mail.language, row, frozenset(optional)
                )
            )
    for each, text, start in zip(bank, texts[len(samples) :], starts[len(samples) :], strict=False):
        for row, sentence in enumerate(text.sentences, start):
            found.append(
                LabelledSentence(sentence, frozenset({each.name}), each.text, None, each.split, each.language, row)
            )
    return found, texts


def fit(rows: Any, sentences: Sequence[LabelledSentence], *, only: Set[str] | None = None) -> SentenceClassifier:
    """Return the classifier fitted on the feature rows of labelled sentences, of all their labels or of some.

    Signs of a real case are looked for in a sentence by itself: a mass mail around it must not talk it away.
    """
    own = rows.shape[1] - context_columns()
    labels = sorted({label for item in sentences for label in item.labels if only is None or label in only})

    def one(label: str) -> tuple[Any, float]:
        sure = [place for place, item in enumerate(sentences) if label not in item.optional]
        classifier = SGDClassifier(
            loss="log_loss", alpha=ALPHA, max_iter=EPOCHS, tol=None, average=True, random_state=SEED
        )
        seen = rows[sure][:, :own] if label in REAL_SIGNS else rows[sure]
        classifier.fit(seen, [label in sentences[place].labels for place in sure])
        weights = np.zeros(rows.shape[1])
        weights[: seen.shape[1]] = classifier.coef_[0]
        return weights, float(classifier.intercept_[0])

    fitted = [one(label) for label in labels]
    return SentenceClassifier(
        tuple(labels), np.array([weights for weights, _ in fitted]).T, np.array([intercept for _, intercept in fitted])
    )


def held_out(
    rows: Any,
    sentences: Sequence[LabelledSentence],
    splits: Sequence[tuple[Any, Any]],
    *,
    only: Set[str] | None = None,
) -> Shares:
    """Return the probabilities of sentences by models that did not see them.

    `rows` has a feature row for each of `sentences`. `splits` holds pairs: the rows to fit on, the rows to judge.
    """

    def judge(seen: Any, unseen: Any) -> Shares:
        with threadpool_limits(limits=1):
            return fit(rows[seen], [sentences[row] for row in seen], only=only).probabilities(rows[unseen])

    found = Parallel(n_jobs=WORKERS)(delayed(judge)(seen, unseen) for seen, unseen in splits)
    labels = tuple(sorted({label for part in found for label in part.labels}))
    values = np.full((len(sentences), len(labels)), np.nan)
    for (_, unseen), part in zip(splits, found, strict=True):
        for label in part.labels:
            values[unseen, labels.index(label)] = part.of(label)
    return Shares(labels, values)


def compact(classifier: SentenceClassifier) -> SentenceClassifier:
    """Return the classifier as it ships: small coefficients dropped, the others rounded, in single precision."""
    weights = np.where(np.abs(classifier.weights) < SMALLEST_COEFFICIENT, 0, classifier.weights)
    kept = sparse.csr_matrix(weights.astype(np.float32))
    kept.data = round_significant(kept.data, 3).astype(np.float32)
    return SentenceClassifier(classifier.labels, kept, round_significant(classifier.intercepts).astype(np.float32))


def sentence_matrix(features: Features, texts: Sequence[Sample], sentences: Sequence[LabelledSentence]) -> Any:
    """Return the feature rows of labelled sentences of some texts."""
    return features.sentences(features.count(texts))[[item.row for item in sentences]]


def train(matrix: Any, sentences: Sequence[LabelledSentence], unseen: Shares) -> ClaimsModel:
    """Return the claims model, from the feature rows of labelled sentences.

    Thresholds and figures come from `unseen`, the probabilities by models that did not see the sentences' families.
    """
    thresholds = choose_thresholds(unseen, sentences)
    measured = _figures(find(unseen, thresholds), sentences)
    return ClaimsModel(compact(fit(matrix, sentences)), thresholds, measured)


def _in_threat(item: LabelledSentence) -> bool:
    """Return whether a sentence stands in a threat that is sent to many: where claims are looked for."""
    return item.verdict in (Verdict.SEXTORTION_SCAM, Verdict.OTHER_EXTORTION)


def choose_thresholds(shares: Shares, items: Sequence[LabelledSentence]) -> dict[str, float]:
    """Return for each of `FOUND` the lowest probability that counts, by `MIN_PRECISION` and `BETA_SQUARED`.

    For claims in mass threats, for warnings in mails of all kinds. What is never precise gets a threshold above 1.
    """
    thresholds = {}
    for name in sorted(FOUND & set(shares.labels)):
        share, anywhere = shares.of(name), name not in CLAIMS
        rows = [
            row
            for row, item in enumerate(items)
            if name not in item.optional and (_in_threat(item) or (anywhere and item.verdict is not None))
        ]
        order = sorted(rows, key=lambda row: -share[row])
        right = np.cumsum([name in items[row].labels for row in order])
        precision, recall = right / np.arange(1, len(order) + 1), right / max(right[-1], 1)
        score = np.where(
            (precision >= MIN_PRECISION) & (right > 0),
            (1 + BETA_SQUARED) * precision * recall / np.maximum(BETA_SQUARED * precision + recall, 1e-9),
            0,
        )
        chosen = len(score) - 1 - int(np.argmax(score[::-1]))  # the lowest of equals
        lowest = float(share[order[chosen]]) if score[chosen] else 1.1
        thresholds[name] = _floor(max(lowest, MIN_SHARE))
    return thresholds


def _floor(share: float) -> float:
    return float(np.floor(share * 1000) / 1000)


def real_case(shares: Shares) -> Any:
    """Return for each sentence the probability that it has at least one sign of a real case."""
    signs = [place for place, name in enumerate(shares.labels) if name in REAL_SIGNS]
    return 1 - np.prod(1 - shares.values[:, signs], axis=1)


def find(shares: Shares, thresholds: Mapping[str, float]) -> list[dict[str, float]]:
    """Return for each sentence what was found in it, with probabilities.

    Claims and warnings above their threshold; where it may be a real case, the chance of that and the likeliest sign.
    """
    found: list[dict[str, float]] = [{} for _ in shares.values]
    for name in shares.labels:
        if name in FOUND:
            share = shares.of(name)
            for row in np.flatnonzero(share >= thresholds[name]):
                found[row][name] = float(share[row])
    share, signs = real_case(shares), sorted(COUNTER_SIGNS & set(shares.labels))
    for row in np.flatnonzero(share >= MIN_REAL_CASE):
        likeliest = max(signs, key=lambda sign: shares.of(sign)[row])
        found[row] |= {REAL_CASE: float(share[row]), likeliest: float(shares.of(likeliest)[row])}
    return found


def _figures(found: Sequence[Mapping[str, float]], items: Sequence[LabelledSentence]) -> dict[str, Any]:
    """Return for each claim, by language, how often it stands, is found and is right, in unseen mass threats."""
    table = {name: {language: [0, 0, 0] for language in sorted({i.language for i in items})} for name in sorted(CLAIMS)}
    for said, item in zip(found, items, strict=True):
        for name in CLAIMS if _in_threat(item) else ():
            stands, counted = name in item.labels, name in said and name not in item.optional
            for place, hit in enumerate((stands, counted, stands and counted)):
                table[name][item.language][place] += hit
    keys = ("sentences", "found", "right")
    return {
        name: {language: dict(zip(keys, counts, strict=True)) for language, counts in rows.items()}
        for name, rows in table.items()
    }

"""Training: data/ in, the artefact out, the same bytes at every run on one machine with the pinned versions."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from scamcheck import languages as language_files
from scamcheck.errors import CorpusError
from scamcheck.features.matrix import Features
from scamcheck.features.rounding import round_significant
from scamcheck.features.vectorize import Sample
from scamcheck.model import claims, real_case
from scamcheck.model.compose import Composer
from scamcheck.model.corpus import Mail, folder_languages, load_bank, load_corpus
from scamcheck.model.figures import calibration_error, summarise
from scamcheck.model.predict import decide, support
from scamcheck.model.reliability import bands
from scamcheck.model.store import ARTIFACT, ModelCard, save_model
from scamcheck.types import LABELS, Message, Span, Verdict

FOLDS = 5
SEED = 2026
WORKERS = 2
REGULARISATION = 10.0
TOLERANCE = 1e-4
"""Inverse strength C of the logistic regression, chosen by cross-validation over families, and when its fit stops."""

CROPS = 2
"""Fragments cut from each written mail: people paste the middle of a letter. Chosen by cross-validation."""

MAX_FALSE_ALARMS = 0.001
"""The share of other texts, out of fold, that may be called a mass mail."""

MAX_ERROR = {True: 0.05, False: 0.02}
"""The share of wrong out-of-fold answers above a threshold, for the verdicts of `SPECIFIC` and for the two others.
The former are wrong for any other kind of text, but a mass mail called other extortion misleads nobody about what to
do; the latter are wrong where the text is a threat (bulk advertising called ordinary mail hurts nobody)."""

MAX_PERSONAL_CEILING = 0.04
"""The highest chance of a real case that a mass mail may have; lower where the out-of-fold predictions ask for it."""

CUES = Path(language_files.__file__).parent
SPECIFIC = frozenset((Verdict.PERSONAL_SEXTORTION, Verdict.OTHER_EXTORTION, Verdict.ABOUT_SEXTORTION))
THREATS = frozenset((Verdict.SEXTORTION_SCAM, Verdict.OTHER_EXTORTION, Verdict.PERSONAL_SEXTORTION))
_EXPOSURE = frozenset(("recording", "adult_sites"))

View = Callable[[Message], Sample]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Everything that the document model learns from. The first `written` texts are the mails themselves.

    `owners` gives for each text the mail that it is or was cut from, -1 for composed ones; so a fold that leaves a
    family out leaves its fragments out as well.
    """

    mails: Sequence[Mail]
    samples: Sequence[Sample]
    labels: Any
    owners: Any
    spoken: Any

    @property
    def written(self) -> int:
        """The number of written mails."""
        return len(self.mails)

    def without(self, held_out: Any, *, languages_left_out: Sequence[str] = ()) -> Any:
        """Return the rows to fit on where some mails (and all composed texts of some languages) are held out."""
        composed = (self.owners < 0) & ~np.isin(self.spoken, list(languages_left_out))
        return np.flatnonzero(composed | ((self.owners >= 0) & ~np.isin(self.owners, held_out)))


@dataclass(frozen=True, slots=True)
class LocalMail:
    """A labelled mail of somebody's own, to train a model of their own with."""

    message: Message
    label: Verdict
    language: str


def load_training_set(
    data: Path, view: View, also: Sequence[LocalMail] = (), *, languages: Sequence[str] | None = None
) -> TrainingSet:
    """Return the written mails under `data`, texts composed from its claim banks, and fragments of the mails.

    Local mails are learnt from and never scored, as composed texts are. `languages` leaves the others out.
    """
    languages = languages or folder_languages(data)
    mails = load_corpus(data, languages=languages)
    samples = [view(mail.message()) for mail in mails]
    labels, owners = [mail.label.value for mail in mails], list(range(len(mails)))
    spoken = [mail.language for mail in mails]
    wallets = [wallet for kind in tomllib.loads((data / "wallets.toml").read_text()).values() for wallet in kind]
    bank = load_bank(data, languages=languages)
    for language in languages:
        for mail, message in Composer(language, bank, wallets).mails():
            samples.append(view(message))
            labels.append(mail.label.value)
            owners.append(-1)
            spoken.append(language)
    for local in also:
        samples.append(view(local.message))
        labels.append(local.label.value)
        owners.append(-1)
        spoken.append(local.language)
    for place, mail in enumerate(mails):
        for fragment in fragments(mail, samples[place]):
            samples.append(fragment)
            labels.append(mail.label.value)
            owners.append(place)
            spoken.append(mail.language)
    return TrainingSet(mails, samples, np.array(labels), np.array(owners), np.array(spoken))


def fragments(mail: Mail, sample: Sample) -> list[Sample]:
    """Return stretches of two to eight sentences of a mail.

    A stretch of a mass mail counts only where it still shows what kind of threat it is: a recording, or adult sites.
    """
    random, sentences = Random(f"fragments/{mail.id}"), sample.sentences
    if len(sentences) < 5:
        return []
    found = []
    for _ in range(CROPS):
        size = random.randint(2, min(8, len(sentences) - 1))
        start = random.randint(0, len(sentences) - size)
        part = sentences[start : start + size]
        named = mail.claims_in(Span(part[0].span.start, part[-1].span.end))
        if mail.label is not Verdict.SEXTORTION_SCAM or named & _EXPOSURE:
            found.append(replace(sample, sentences=part))
    return found


def folds(mails: Sequence[Mail]) -> list[tuple[Any, Any]]:
    """Return the cross-validation folds: a family, in all its languages, stands in one fold only."""
    groups = [f"{mail.label}/{mail.family}" for mail in mails]
    labels = [mail.label.value for mail in mails]
    splitter = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(mails)), labels, groups))


def build_classifier() -> LogisticRegression:
    """Return the unfitted document classifier, a multinomial logistic regression."""
    return LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=500, tol=TOLERANCE)


def fit_classifier(rows: Any, labels: Any) -> LogisticRegression:
    """Return the fitted document classifier; its classes are in the order of `LABELS`' names, sorted."""
    return build_classifier().fit(rows, labels)


def label_scores(classifier: LogisticRegression, rows: Any) -> Any:
    """Return the scores of rows, columns in the order of LABELS."""
    order = [list(classifier.classes_).index(label.value) for label in LABELS]
    return classifier.decision_function(rows)[:, order]


def held_out_scores(matrix: Any, training: TrainingSet, splits: Sequence[tuple[Any, Any]]) -> Any:
    """Return for each written mail the scores of a model fitted on rows that leave it out; columns as LABELS.

    `splits` holds pairs: the rows of `matrix` to fit on, the mails to score.
    """

    def score(fit: Any, held_out: Any) -> Any:
        with threadpool_limits(limits=1):
            return label_scores(fit_classifier(matrix[fit], training.labels[fit]), matrix[held_out])

    scores = np.full((training.written, len(LABELS)), np.nan)
    found = Parallel(n_jobs=WORKERS)(delayed(score)(fit, held_out) for fit, held_out in splits)
    for (_, held_out), part in zip(splits, found, strict=True):
        scores[held_out] = part
    return scores


def softmax(scores: Any) -> Any:
    """Return the rows of scores as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def choose_beta(scores: Any, labels: Sequence[Verdict]) -> float:
    """Return the inverse temperature at which the scores have the smallest log loss (Guo et al., 2017)."""
    truth = np.array([LABELS.index(label) for label in labels])

    def loss(beta: float) -> float:
        shares = softmax(beta * scores)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(shares, 1e-12)).mean())

    return float(round_significant(minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x, 4))


def choose_thresholds(shares: Any, labels: Sequence[Verdict], vetoed: Any) -> dict[str, float]:
    """Return for each class the lowest probability above which its out-of-fold answers are good enough.

    For the mass mail: at most `MAX_FALSE_ALARMS` of all other texts are called one; those that are `vetoed` (told apart
    as possible real cases by their sentences) never are. For the others: `MAX_ERROR`.
    `personal_ceiling` is the highest chance of a real case that a mass mail may have: below it, no real case of the
    out-of-fold predictions is called a mass mail.
    """
    truth = np.array(labels, dtype=object)
    best = shares.argmax(axis=1)
    tables = (dict(zip(LABELS, row, strict=True)) for row in shares)
    highest = np.array([support(table, LABELS[place]) for table, place in zip(tables, best, strict=True)])
    thresholds: dict[str, float] = {}
    for place, label in enumerate(LABELS):
        chosen = best == place
        order = np.argsort(-highest[chosen], kind="stable")
        wrong = np.cumsum([_is_wrong(label, other) for other in truth[chosen][order]])
        kept = np.flatnonzero(wrong <= MAX_ERROR[label in SPECIFIC] * np.arange(1, len(order) + 1))
        lowest = highest[chosen][order][kept[-1]] if len(kept) else 1.0
        thresholds[label.value] = _floor(max(lowest, 1 / len(LABELS)))
    scam = _scam_thresholds(shares, truth, vetoed)
    return {**thresholds, Verdict.SEXTORTION_SCAM.value: scam[0], "personal_ceiling": scam[1]}


def _scam_thresholds(shares: Any, truth: Any, vetoed: Any) -> tuple[float, float]:
    """Return the lowest probability of a mass mail and the highest of a real case beside it that find most mass mails.

    With them no real case of the out-of-fold predictions is called a mass mail, and `MAX_FALSE_ALARMS` of all others.
    """
    scam, personal = LABELS.index(Verdict.SEXTORTION_SCAM), LABELS.index(Verdict.PERSONAL_SEXTORTION)
    likely = (shares.argmax(axis=1) == scam) & ~vetoed
    is_scam, is_real_case = truth == Verdict.SEXTORTION_SCAM, truth == Verdict.PERSONAL_SEXTORTION
    allowed = int(MAX_FALSE_ALARMS * (~is_scam).sum())
    ceilings = {MAX_PERSONAL_CEILING, *(share - 0.001 for share in shares[likely & is_real_case, personal])}
    options = []
    for ceiling in sorted(min(_floor(share), MAX_PERSONAL_CEILING) for share in ceilings):
        chosen = likely & (shares[:, personal] <= ceiling)
        alarms = np.sort(shares[chosen & ~is_scam, scam])[::-1]
        lowest = alarms[allowed] if len(alarms) > allowed else 1 / len(LABELS)
        lowest = max(lowest, *shares[chosen & is_real_case, scam], 1 / len(LABELS))
        threshold = _floor(lowest) + 0.001
        options.append((int((chosen & is_scam & (shares[:, scam] >= threshold)).sum()), threshold, ceiling))
    _, threshold, ceiling = max(options, key=lambda option: (option[0], -option[2]))
    return round(threshold, 3), round(ceiling, 3)


def _is_wrong(answer: Verdict, truth: Verdict) -> bool:
    if answer is Verdict.OTHER_EXTORTION and truth is Verdict.SEXTORTION_SCAM:
        return False
    return truth in THREATS if answer in (Verdict.UNRELATED, Verdict.OTHER_SCAM) else truth != answer


def _floor(share: float) -> float:
    return float(np.floor(share * 1000) / 1000)


def corpus_digest(folder: Path) -> str:
    """Return the digest of everything that training reads: the corpus, and the cue stems."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.rglob("*.toml")), *sorted(CUES.glob("*.cues.toml"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def train(
    data: Path,
    view: View,
    *,
    also: Sequence[LocalMail] = (),
    artifact: Path = ARTIFACT,
    progress: Progress = lambda line: None,
) -> ModelCard:
    """Train on the mails under `data`, write the artefact, return its card.

    Calibration and thresholds come from cross-validation: each mail is scored by a model that saw none of its family.
    The families of the test split are scored once more by a model that saw none of them. The model that ships is then
    fitted on all families.

    `view` gives the model's view of a message, `also` adds mails that are not in the corpus, `progress` gets a line
    before each step. Raises CorpusError where the corpus breaks its format.
    """
    progress("reading the corpus")
    training = load_training_set(data, view, also)
    mails = training.mails
    held_out = np.flatnonzero([mail.split == "test" for mail in mails])
    if {mail.label for mail in mails if mail.split == "train"} != set(LABELS) or not len(held_out):
        raise CorpusError("Training families must cover all six labels, and some be held out. See data/README.md.")
    progress(f"counting words in {len(training.samples)} texts")
    features = Features().fit(training.samples)
    matrix = features.documents(features.count(training.samples))
    progress("cross-validating over families")
    tests = [test for _, test in folds(mails)]
    scores = held_out_scores(matrix, training, [(training.without(test), test) for test in tests])
    unseen = held_out_scores(matrix, training, [(training.without(held_out), held_out)])
    truth = [mail.label for mail in mails]
    beta = choose_beta(scores, truth)
    shares = softmax(beta * scores)
    progress("judging the sentences, in each fold by a model of the others")
    sentences, texts = claims.labelled_sentences(mails, training.samples[: training.written], load_bank(data))
    rows = claims.sentence_matrix(features, texts, sentences)
    found = claims.held_out(rows, sentences, sentence_splits(mails, sentences, tests))
    signs = claims.real_case(found)
    veto = real_case.veto_threshold(sentences, signs)
    vetoed = real_case.vetoes(mails, sentences, signs, veto)
    thresholds = choose_thresholds(shares, truth, vetoed)
    progress("fitting the model of the verdict")
    with threadpool_limits(limits=1):
        document = fit_classifier(matrix, training.labels)
    progress("fitting the model of the claims")
    with threadpool_limits(limits=1):
        sentence_model = claims.train(rows, sentences, found)
    card = {
        "corpus_sha256": corpus_digest(data),
        "labels": [label.value for label in LABELS],
        "thresholds": thresholds,
        "claim_thresholds": {**sentence_model.thresholds, claims.REAL_CASE: veto},
        "measured": {
            "mails": len(mails),
            "texts": len(training.samples),
            "out_of_fold": _figures(mails, shares, thresholds, vetoed, range(len(mails))),
            "held_out": _figures(mails, softmax(beta * unseen), thresholds, vetoed, held_out),
            "claims": sentence_model.measured,
        },
    }
    progress("writing the model")
    return save_model(features, document, sentence_model.classifier, beta, card, artifact)


def sentence_splits(
    mails: Sequence[Mail], sentences: Sequence[claims.LabelledSentence], held_out: Sequence[Any]
) -> list[tuple[Any, Any]]:
    """Return for each group of mails left out the sentences to fit on, and those to judge."""
    found = []
    for group in held_out:
        names = {mails[place].id for place in group}
        left_out = np.array([item.source in names for item in sentences])
        found.append((np.flatnonzero(~left_out), np.flatnonzero(left_out)))
    return found


def verdict_of(shares: Any, thresholds: Mapping[str, float], *, vetoed: bool) -> Verdict:
    """Return the verdict for one row of probabilities; a veto makes an abstention of a mass mail."""
    verdict, _ = decide(dict(zip(LABELS, map(float, shares), strict=True)), thresholds)
    return Verdict.UNCERTAIN if vetoed and verdict is Verdict.SEXTORTION_SCAM else verdict


def _figures(
    mails: Sequence[Mail], shares: Any, thresholds: Mapping[str, float], vetoed: Any, rows: Any
) -> dict[str, Any]:
    places = [int(row) for row in rows]
    verdicts = [verdict_of(shares[place], thresholds, vetoed=bool(vetoed[place])) for place in places]
    table = [
        {
            "label": str(mails[place].label),
            "language": mails[place].language,
            "family": mails[place].family,
            "verdict": str(verdict),
        }
        for place, verdict in zip(places, verdicts, strict=True)
    ]
    truth = np.array([LABELS.index(mails[place].label) for place in places])
    return {
        "mails": len(truth),
        "accuracy_without_abstention": round(float((shares[places].argmax(axis=1) == truth).mean()), 4),
        "log_loss": round(float(-np.log(shares[places, truth]).mean()), 4),
        "calibration": calibration_error(shares[places], truth),
        "reliability": bands(verdicts, shares[places], [mails[place].label for place in places]),
        **summarise(pd.DataFrame(table)),
    }

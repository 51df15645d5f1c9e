"""The model file: written with its digest, and verified before it is opened.

A joblib file can run code when it is opened, so nothing is opened whose digest is not the one in `model.json` beside
it. `load_model` opens the file inside the package; another folder is opened only where a caller names it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.linear_model import LogisticRegression

from scamcheck.errors import ModelError
from scamcheck.features.matrix import Features
from scamcheck.features.rounding import round_significant
from scamcheck.model.claims import SentenceClassifier

ARTIFACT = Path(__file__).with_name("artifact")
FORMAT = 2
"""Version of the two files. Raised when their content changes its meaning; older formats are refused."""

_REMEDY = "Install scamcheck again, or rebuild the model with `scamcheck train`."


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What `model.json` says of the model: what it was made from and with, and the measured thresholds."""

    format: int
    sha256: str
    scikit_learn: str
    corpus_sha256: str
    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    claim_thresholds: Mapping[str, float]
    measured: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """The features, the classifiers of documents and of sentences, the inverse temperature, and the card."""

    features: Any
    document: Any
    sentence: SentenceClassifier
    beta: float
    card: ModelCard

    @property
    def version(self) -> str:
        """What an assessment names the model by: the first 12 digits of the file's digest."""
        return self.card.sha256[:12]


def _minor(full: str) -> str:
    return ".".join(full.split(".")[:2])


def save_model(
    features: Features,
    document: LogisticRegression,
    sentence: SentenceClassifier,
    beta: float,
    card: Mapping[str, Any],
    folder: Path = ARTIFACT,
) -> ModelCard:
    """Write `model.joblib` and `model.json`; return the card. The same model gives the same bytes."""
    for weights in features.weights.values():
        weights.idf_ = round_significant(weights.idf_)
    for vectorizer in (features.words, features.characters):
        vectorizer.__dict__.pop("_stop_words_id", None)  # a memory address
    document.coef_ = round_significant(document.coef_, 5).astype(np.float32)
    document.intercept_ = round_significant(document.intercept_).astype(np.float32)
    buffer = BytesIO()
    content = {"features": features, "document": document, "sentence": sentence, "beta": beta}
    joblib.dump(content, buffer, compress=("zlib", 9))
    data = buffer.getvalue()
    full = ModelCard(
        format=FORMAT,
        sha256=hashlib.sha256(data).hexdigest(),
        scikit_learn=version("scikit-learn"),
        corpus_sha256=card["corpus_sha256"],
        labels=tuple(card["labels"]),
        thresholds=card["thresholds"],
        claim_thresholds=card["claim_thresholds"],
        measured=card["measured"],
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.joblib").write_bytes(data)
    (folder / "model.json").write_text(json.dumps(asdict(full), indent=2) + "\n", encoding="utf-8")
    return full


def _read_card(folder: Path) -> ModelCard:
    try:
        table = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"The model file is missing. {_REMEDY}") from error
    except ValueError as error:
        raise ModelError(f"The model's description is damaged. {_REMEDY}") from error
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise ModelError(f"The model file is of another format than this scamcheck reads. {_REMEDY}")
    try:
        return ModelCard(**{**table, "labels": tuple(table["labels"])})
    except (TypeError, KeyError) as error:
        raise ModelError(f"The model's description is damaged. {_REMEDY}") from error


def open_model(folder: Path = ARTIFACT) -> Model:
    """Return the model in a folder. Raises ModelError where it is absent, damaged or made for other versions."""
    card = _read_card(folder)
    try:
        data = (folder / "model.joblib").read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The model file is missing. {_REMEDY}") from error
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise ModelError(f"The model file is damaged: its digest is not the one it was published with. {_REMEDY}")
    if _minor(card.scikit_learn) != _minor(version("scikit-learn")):
        raise ModelError(
            f"The model was made with scikit-learn {card.scikit_learn}, but {version('scikit-learn')} is installed. "
            f"Install scikit-learn {_minor(card.scikit_learn)}, or rebuild the model with `scamcheck train`."
        )
    content = joblib.load(BytesIO(data))
    return Model(content["features"], content["document"], content["sentence"], float(content["beta"]), card)


@cache
def load_model() -> Model:
    """Return the shipped model, opened once a process. Raises ModelError as `open_model` does."""
    return open_model()

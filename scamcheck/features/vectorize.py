"""The feature matrix: words, character n-grams and indicators of a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

from scamcheck.features.indicators import detectors
from scamcheck.features.payment.addresses import find_addresses
from scamcheck.text import Text
from scamcheck.types import Finding

_MARKS = re.compile(
    r"(?P<mail>[\w.+-]{1,64}@[\w.-]{1,255})|(?P<link>(?:https?://|www\.)[^\s<>\"]{1,500})|(?P<digits>\d{1,40})"
)
_PLACEHOLDERS = {"mail": " anaddress ", "link": " aweblink ", "digits": "0"}
INDICATOR_WEIGHT = 0.15
"""A found indicator counts as much as a word with this TF-IDF weight. Chosen by cross-validation over families."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model sees of a message: its folded text with names and numbers blanked, and the indicators found."""

    text: str
    indicators: frozenset[str]


def sample(text: Text, findings: Sequence[Finding]) -> Sample:
    """Return the model's view of one reading. Wallets, addresses, links and digits become placeholders."""
    folded = text.folded.text
    pieces, at = [], 0
    for address in sorted(find_addresses(folded), key=lambda found: found.span):
        if address.span.start >= at:
            pieces += [folded[at : address.span.start], " awallet "]
            at = address.span.end
    blanked = "".join([*pieces, folded[at:]])
    blanked = _MARKS.sub(lambda match: _PLACEHOLDERS[match.lastgroup or "digits"], blanked)
    return Sample(blanked, frozenset(finding.indicator for finding in findings))


def table(samples: Sequence[Sample]) -> Any:
    """Return samples as an object array of shape (samples, 1 + indicators): the text, then 0 or 1 an indicator."""
    ids = [detector.id for detector in detectors()]
    rows = np.empty((len(samples), 1 + len(ids)), dtype=object)
    for place, item in enumerate(samples):
        rows[place, 0] = item.text
        rows[place, 1:] = [INDICATOR_WEIGHT * (indicator in item.indicators) for indicator in ids]
    return rows


def build_features() -> ColumnTransformer:
    """Return the unfitted transformer from `table` rows to the feature matrix."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=40_000, dtype=np.float64)
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True, max_features=40_000, dtype=np.float64
    )
    count = len(detectors())
    return ColumnTransformer(
        [
            ("words", words, 0),
            ("characters", characters, 0),
            ("indicators", "passthrough", list(range(1, 1 + count))),
        ],
        transformer_weights={"words": 1.0, "characters": 1.0, "indicators": 1.0},
    )

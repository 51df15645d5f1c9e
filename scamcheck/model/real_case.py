"""The signs of a real case in single sentences: they stop the verdict of a mass mail, whatever the rest reads like."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scamcheck.features.vectorize import Sample, Sentence
from scamcheck.model.claims import MIN_REAL_CASE, REAL_CASE, LabelledSentence
from scamcheck.model.corpus import Mail
from scamcheck.types import Verdict

MAX_VETOES = 0.02
"""The share of held-out mass mails that the signs of a real case may turn into an abstention."""

TOGETHER = "together"
INTIMACY = frozenset(("intimate", "held_image", "app", "camera", "recording"))
"""Concepts that stand in one sentence where somebody tells of a call, a chat or pictures that really were."""


def is_sign(sentence: Sentence, share: float, threshold: float) -> bool:
    """Return whether a sentence reads like a real case: surely, or half so and with the words of a shared past.

    `share` is its chance of having a sign of a real case.
    """
    words = TOGETHER in sentence.concepts and not sentence.concepts.isdisjoint(INTIMACY)
    return share >= threshold or (share >= MIN_REAL_CASE and words)


def tells_a_shared_past(item: Sample, said: Sequence[Mapping[str, float]], threshold: float) -> bool:
    """Return whether a sentence of a text reads like a real case; `said` is what `claims.find` gives."""
    return any(
        is_sign(sentence, found.get(REAL_CASE, 0.0), threshold)
        for sentence, found in zip(item.sentences, said, strict=True)
    )


def vetoes(mails: Sequence[Mail], sentences: Sequence[LabelledSentence], shares: Any, threshold: float) -> Any:
    """Return for each mail whether it tells of a shared past.

    `shares` holds for each sentence the chance of a sign of a real case, by a model that did not see its mail.
    """
    stopped = {
        item.source
        for item, share in zip(sentences, shares, strict=True)
        if item.verdict is not None and is_sign(item.sentence, float(share), threshold)
    }
    return np.array([mail.id in stopped for mail in mails])


def veto_threshold(sentences: Sequence[LabelledSentence], shares: Any) -> float:
    """Return the lowest chance of a real case that, in one sentence alone, is a veto: `MAX_VETOES` of scams have it."""
    highest: dict[str, float] = {}
    for item, share in zip(sentences, shares, strict=True):
        if item.verdict is Verdict.SEXTORTION_SCAM:
            highest[item.source] = max(highest.get(item.source, 0.0), float(share))
    ranked = sorted(highest.values(), reverse=True)
    return round(ranked[int(MAX_VETOES * len(ranked))] + 0.001, 3) if ranked else 1.1

"""The signs of a real case in single sentences: they stop the verdict of a mass mail, whatever the rest reads like."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from scamcheck.features.vectorize import Sample, Sentence
from scamcheck.model.claims import MIN_REAL_CASE, REAL_CASE, LabelledSentence, fit, real_case
from scamcheck.model.corpus import COUNTER_SIGNS
from scamcheck.types import Verdict

WORKERS = 2

MAX_VETOES = 0.02
"""The share of held-out mass mails that the signs of a real case may turn into an abstention."""

TOGETHER = "together"
INTIMACY = frozenset(("intimate", "held_image", "app", "camera", "recording"))
"""Concepts that stand in one sentence where somebody tells of a call, a chat or pictures that really were."""


def tells_a_shared_past(item: Sample, said: Sequence[Mapping[str, float]], threshold: float) -> bool:
    """Return whether a sentence reads like a real case: surely, or half so and with the words of a shared past.

    `said` holds for each sentence what `find` gives.
    """
    for sentence, found in zip(item.sentences, said, strict=True):
        share = found.get(REAL_CASE, 0.0)
        words = TOGETHER in sentence.concepts and not sentence.concepts.isdisjoint(INTIMACY)
        if share >= threshold or (share and words):
            return True
    return False


def held_out_signs(
    matrix: Any, sentences: Sequence[LabelledSentence], splits: Sequence[tuple[Any, Collection[str]]]
) -> dict[str, list[float]]:
    """Return for each mail, sentence by sentence, the chance of a real case by a model that did not see the mail.

    `matrix` has a feature row for each of `sentences`. `splits` holds pairs: the rows to fit on, the ids of the mails
    to judge. Only the labels that are signs of a real case are fitted.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(sentences):
        places[item.source].append(place)

    def judge(rows: Any, held_out: Collection[str]) -> dict[str, list[float]]:
        with threadpool_limits(limits=1):
            model = fit(matrix[rows], [sentences[row] for row in rows], only=COUNTER_SIGNS | {REAL_CASE})
            known = [name for name in held_out if places[name]]
            return {name: real_case(model.probabilities(matrix[places[name]]), model.labels).tolist() for name in known}

    signs: dict[str, list[float]] = {}
    for part in Parallel(n_jobs=WORKERS)(delayed(judge)(rows, held_out) for rows, held_out in splits):
        signs |= part
    return signs


def vetoes(sentences: Sequence[LabelledSentence], signs: Mapping[str, list[float]], threshold: float) -> set[str]:
    """Return the ids of the mails that tell of a shared past, by the signs that `held_out_signs` gives."""
    items: dict[str, list[Sentence]] = defaultdict(list)
    for item in sentences:
        if item.source in signs:
            items[item.source].append(item.sentence)
    return {
        name
        for name, shares in signs.items()
        if tells_a_shared_past(
            Sample(tuple(items[name])),
            [{REAL_CASE: share} if share >= MIN_REAL_CASE else {} for share in shares],
            threshold,
        )
    }


def veto_threshold(sentences: Sequence[LabelledSentence], signs: Mapping[str, list[float]]) -> float:
    """Return the lowest chance of a real case that, in one sentence alone, is a veto: `MAX_VETOES` of scams have it."""
    scams = {item.source for item in sentences if item.verdict is Verdict.SEXTORTION_SCAM}
    ranked = sorted((max(shares) for name, shares in signs.items() if name in scams), reverse=True)
    return round(ranked[int(MAX_VETOES * len(ranked))] + 0.001, 3) if ranked else 1.1

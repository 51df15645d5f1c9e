"""Why the model says what it says: the weight of each sentence, and what the verdict hangs on.

An explanation is about what the model leans on. It never says what is true.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import fsum
from typing import Any

import numpy as np

from scamcheck.errors import ModelError
from scamcheck.features.matrix import Counts
from scamcheck.features.vectorize import sample
from scamcheck.limits import MAX_REJUDGED_CHARS
from scamcheck.model.guard import Judged, guarded, shared_past
from scamcheck.model.predict import claimed, predict
from scamcheck.model.store import Model, load_model
from scamcheck.text import assemble
from scamcheck.types import (
    Assessment,
    Contribution,
    Counterfactual,
    Counterfactuals,
    Explanation,
    Message,
    Part,
    Prediction,
    Span,
    Verdict,
)

HOW_IT_IS_WRITTEN = "disguised_text"
"""The one indicator that no verdict can hang on: the model reads a text without its disguises."""


def explanation(
    model: Model, counts: Counts, message: int, prediction: Prediction, sentences: Sequence[Span]
) -> Explanation:
    """Return how the sentences of a message weigh for the likeliest class of its prediction.

    `message` is its number in `counts`; `sentences` are the spans of its sentences in the visible text.
    """
    label = max(prediction.probabilities, key=lambda each: prediction.probabilities[each])
    column = list(model.document.classes_).index(label.value)
    coefficients = model.document.coef_.T

    def centred(weights: Any) -> Any:
        return weights[..., column] - weights.mean(axis=-1)

    amounts = model.features.split(counts, message, lambda columns: centred(coefficients[columns].astype(float)))
    base = float(centred(model.document.intercept_.astype(float)))
    contributions = tuple(map(Contribution, sentences, amounts.tolist()))
    return Explanation(label, fsum((base, *(each.amount for each in contributions))), base, contributions)


def leading(given: Explanation, count: int) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """Return the sentences that weigh most for the class and those that weigh most against it, at most `count` each.

    The heaviest stands first; of two that weigh the same, the earlier one.
    """
    speaking = [each for each in given.contributions if each.amount > 0]
    against = [each for each in given.contributions if each.amount < 0]
    return (
        tuple(nsmallest(count, speaking, key=lambda each: (-each.amount, each.span))),
        tuple(nsmallest(count, against, key=lambda each: (each.amount, each.span))),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The sentences that hold the findings of an indicator, as numbers, and what they weigh together."""

    indicator: str
    sentences: frozenset[int]
    weight: float


def explain(assessment: Assessment, model: Model | None = None) -> Counterfactuals:
    """Return what the verdict on a mail hangs on: what a check would say without each of its indicators.

    All of a mail but the judged text counts as it is: what was not read, and what else tells of a shared past. Each
    indicator takes about as long as a check of the text; of a very long text (`MAX_REJUDGED_CHARS`) only the heaviest
    indicators are tried. `model` is the one that the assessment was made with, the shipped one where none is given;
    raises ModelError where it is another.
    """
    model = model or load_model()
    if assessment.model_version != model.version:
        raise ModelError("This assessment was made with another model. Check the mail again, or name that model.")
    groups = _groups(assessment)
    if not groups:
        return Counterfactuals()
    room = max(1, MAX_REJUDGED_CHARS // len(assessment.text))
    each = _without(assessment, [(group,) for group in groups[:room]], model)
    needed = _changing(each, assessment)
    # Greedy: the heaviest goes first, then one of the others. Trying every pair would take minutes on a long mail.
    others = [group for group in groups if not group.sentences <= groups[0].sentences]
    pairs = [(groups[0], other) for other in others[: room - len(each)]]
    if not needed and pairs:
        needed = _changing(_without(assessment, pairs, model), assessment)[:1]
    return Counterfactuals(tuple(each), tuple(needed))


def _changing(found: Sequence[Counterfactual], assessment: Assessment) -> list[Counterfactual]:
    """Return those that change the verdict, to another one than that of the mass mail.

    What keeps a mail from that verdict may be the words of a real case. Nobody is told what it would be without them.
    """
    return [each for each in found if each.verdict not in (assessment.verdict, Verdict.SEXTORTION_SCAM)]


def _groups(assessment: Assessment) -> list[_Group]:
    """Return the indicators that stand in sentences, the one whose sentences weigh most for the verdict first."""
    contributions = assessment.explanation.contributions
    sentences: dict[str, set[int]] = {}
    for finding in assessment.findings:
        if finding.indicator != HOW_IT_IS_WRITTEN:
            # Starts and ends of sentences never decrease, so those that a finding touches stand side by side.
            first = bisect_right(contributions, finding.span.start, key=lambda each: each.span.end)
            past = bisect_left(contributions, finding.span.end, key=lambda each: each.span.start)
            sentences.setdefault(finding.indicator, set()).update(range(first, past))
    groups = [
        _Group(name, frozenset(held), fsum(contributions[place].amount for place in held))
        for name, held in sentences.items()
        if held
    ]
    return sorted(groups, key=lambda group: (-group.weight, group.indicator))


def _without(assessment: Assessment, removals: Sequence[Sequence[_Group]], model: Model) -> list[Counterfactual]:
    """Return what would be said of the mail without each of some sets of indicators."""
    contributions = assessment.explanation.contributions
    spans = [
        tuple(contributions[place].span for place in sorted(frozenset().union(*(group.sentences for group in groups))))
        for groups in removals
    ]
    texts = [_cut(assessment.text, removed) for removed in spans]
    different = list(dict.fromkeys(texts))
    judged = dict(zip(different, judge(assessment, different, model), strict=True))
    label = assessment.explanation.label
    return [
        Counterfactual(
            indicators=tuple(group.indicator for group in groups),
            spans=removed,
            verdict=judged[text].verdict,
            probability=judged[text].probabilities[label],
            reason=judged[text].reason,
        )
        for groups, removed, text in zip(removals, spans, texts, strict=True)
    ]


def _cut(text: str, spans: Sequence[Span]) -> str:
    starts, ends = (0, *(span.end for span in spans)), (*(span.start for span in spans), len(text))
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def judge(assessment: Assessment, texts: Sequence[str], model: Model) -> list[Prediction]:
    """Return what would be said of a mail for each of some texts (at least one) in place of its visible text."""
    read = [assemble(Message((Part("text/plain", text),)))[0] for text in texts]
    samples = [sample(text.folded.text, text.language) for text in read]
    counts = model.features.count(samples)
    said = claimed(model, counts)
    found = []
    for place, (text, prediction) in enumerate(zip(read, predict(model, counts, samples), strict=True)):
        first, past = np.searchsorted(counts.owners, [place, place + 1])
        item = Judged(samples[place], prediction, said[first:past])
        found.append(
            guarded(
                prediction,
                text.visible,
                past=assessment.past_outside or shared_past(item, model.card),
                pictures=assessment.pictures,
                defects=assessment.defects,
            )
        )
    return found

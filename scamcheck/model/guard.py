"""Abstentions that the model's own figures do not ask for: what speaks against a verdict without weighing enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scamcheck.features.vectorize import Sample
from scamcheck.model.claims import REAL_CASE
from scamcheck.model.real_case import tells_a_shared_past
from scamcheck.model.store import ModelCard
from scamcheck.types import Picture, Prediction, Verdict, Writing

_QUIET = (Verdict.UNRELATED, Verdict.OTHER_SCAM, Verdict.ABOUT_SEXTORTION)


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with what the model says of it: the prediction, and what `claims.find` found in each sentence."""

    sample: Sample
    prediction: Prediction
    said: Sequence[Mapping[str, float]]


def shared_past(item: Judged, card: ModelCard) -> bool:
    """Return whether a text tells of a shared past (a call, an app, "I really sent")."""
    return item.prediction.verdict is Verdict.PERSONAL_SEXTORTION or tells_a_shared_past(
        item.sample, item.said, card.claim_thresholds[REAL_CASE]
    )


def shared_past_beside(other: Judged, best: Judged, card: ModelCard) -> bool:
    """Return whether another text of a mail tells of a shared past, apart from the sentences that the best has too."""
    if other.prediction.verdict is Verdict.PERSONAL_SEXTORTION:
        return True
    known = {sentence.text.strip() for sentence in best.sample.sentences}
    own = [place for place, sentence in enumerate(other.sample.sentences) if sentence.text.strip() not in known]
    rest = Sample(tuple(other.sample.sentences[place] for place in own))
    return tells_a_shared_past(rest, [other.said[place] for place in own], card.claim_thresholds[REAL_CASE])


def guarded(
    prediction: Prediction, visible: str, *, past: bool, pictures: Sequence[Picture], defects: Sequence[str]
) -> Prediction:
    """Return the prediction, or an abstention where something speaks against it that the model does not weigh enough.

    A sign of a shared past beats every likeness to the mass mail, wherever in the mail it stands: the mass mail is
    easily copied by somebody who does have an image, and a victim may forward one below their own words. And "see
    attached" is how many threats arrive: where something was not read, no sign in the rest is no sign of anything.

    `visible` is the text that was judged; `past` tells whether any text of the mail tells of a shared past.
    """
    if prediction.verdict is Verdict.SEXTORTION_SCAM:
        if past:
            return replace(prediction, verdict=Verdict.UNCERTAIN, reason="may_be_personal")
        return prediction
    unread = {picture.writing for picture in pictures}
    if not visible.strip() and pictures:
        reason = "unknown_script" if Writing.UNKNOWN_SCRIPT in unread else "picture_without_text"
        return replace(prediction, verdict=Verdict.UNCERTAIN, reason=reason)
    if prediction.verdict in _QUIET and (defects or unread & {Writing.UNKNOWN_SCRIPT, Writing.NOT_READ}):
        return replace(prediction, verdict=Verdict.UNCERTAIN, reason="not_all_read")
    return prediction

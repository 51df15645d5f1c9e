"""Signs that this is no mass mail: somebody who may really know the reader, or a text about such mails."""

from collections.abc import Iterator, Sequence

from scamcheck.features.indicators.base import Claim, Detector, Kind, Strength, claim_detector, named, visible_span
from scamcheck.text import Text
from scamcheck.types import Finding, Message

REAL_CASE_SIGNS = ("shared_past", "named_app", "image_held", "known_person", "minor_involved", "paid_before")
_QUESTION_MARKS = "?？؟"


def _reports(text: Text, claims: Sequence[Claim], *, asks: bool) -> Iterator[Finding]:
    for claim in named(claims, "warning"):
        if claim.span.of(text.folded.text).rstrip().endswith(tuple(_QUESTION_MARKS)) is asks:
            yield Finding("question" if asks else "warning", visible_span(text, claim.span.start, claim.span.end))


def _warnings(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    return _reports(text, claims, asks=False)


def _questions(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    return _reports(text, claims, asks=True)


DETECTORS = (
    *(claim_detector(sign, Strength.AGAINST, kind=Kind.COUNTER_SIGN) for sign in REAL_CASE_SIGNS),
    Detector("warning", _warnings, Kind.COUNTER_SIGN, Strength.AGAINST),
    Detector("question", _questions, Kind.COUNTER_SIGN, Strength.AGAINST),
)

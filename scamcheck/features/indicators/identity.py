"""Claims of proof about the reader: a password."""

from collections.abc import Iterator, Sequence

from scamcheck.features.indicators.base import Claim, Detector, named, visible_span
from scamcheck.text import Text
from scamcheck.text.passwords import quoted
from scamcheck.types import Finding, Message


def _passwords(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for claim in named(claims, "leaked_password"):
        secrets = tuple(visible_span(text, span.start, span.end) for span in quoted(text.folded.text, claim.span))
        whole = visible_span(text, claim.span.start, claim.span.end)
        yield Finding("leaked_password", whole, {"quoted": True} if secrets else {}, secrets=secrets)


DETECTORS = (Detector("leaked_password", _passwords),)

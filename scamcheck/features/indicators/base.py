"""What a detector is, and the plain detector that takes a claim as it was found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span


class Kind(StrEnum):
    """What an indicator is: something the sender says, a fact in the text or the headers, or a sign against a bluff."""

    CLAIM = "claim"
    FACT = "fact"
    HEADER = "header"
    COUNTER_SIGN = "counter_sign"


class Strength(StrEnum):
    """How strong a sign of the mass mail an indicator is by itself; ordinary mail has the ordinary ones as well."""

    STRONG = "strong"
    SUPPORTING = "supporting"
    ORDINARY = "ordinary"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that the claims model found: its name, the span of its sentence in the folded text, the probability."""

    name: str
    span: Span
    probability: float


Find = Callable[[Text, Message, Sequence[Claim]], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Detector:
    """One indicator: its id, which names its texts in the language files, how it is found, and what it is worth."""

    id: str
    find: Find
    kind: Kind = Kind.CLAIM
    strength: Strength = Strength.SUPPORTING


def visible_span(text: Text, start: int, end: int) -> Span:
    """Return the span of the visible text for a range of the folded text."""
    return text.folded.to_source(Span(start, end))


def named(claims: Sequence[Claim], name: str) -> Iterator[Claim]:
    """Yield the claims of one name."""
    return (claim for claim in claims if claim.name == name)


def claim_detector(indicator: str, strength: Strength = Strength.SUPPORTING, *, kind: Kind = Kind.CLAIM) -> Detector:
    """Return the detector of an indicator that is the claim of the same name, sentence by sentence."""

    def find(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
        for claim in named(claims, indicator):
            yield Finding(indicator, visible_span(text, claim.span.start, claim.span.end))

    return Detector(indicator, find, kind, strength)

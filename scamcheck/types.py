"""The values that flow through scamcheck, all frozen.

An *indicator* is the kind of thing that is looked for; a *finding* is one occurrence of it in a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA_VERSION = 1
"""Version of the JSON records (`scamcheck.report.json`). Raised when a key changes its meaning or goes away."""


class Verdict(StrEnum):
    """What a message reads like. `UNCERTAIN` is the abstention, not a class of the model."""

    SEXTORTION_SCAM = "sextortion_scam"
    PERSONAL_SEXTORTION = "personal_sextortion"
    OTHER_EXTORTION = "other_extortion"
    OTHER_SCAM = "other_scam"
    ABOUT_SEXTORTION = "about_sextortion"
    UNRELATED = "unrelated"
    UNCERTAIN = "uncertain"


LABELS: tuple[Verdict, ...] = tuple(verdict for verdict in Verdict if verdict is not Verdict.UNCERTAIN)
"""The six classes of the model, in the order of every probability table."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def intersects(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Part:
    """A text part of a message: its media type and its decoded source, as it was sent."""

    media_type: str
    source: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a reader module gives it. Header values are decoded; absent ones are empty."""

    parts: tuple[Part, ...]
    subject: str = ""
    sender: str = ""
    recipients: str = ""
    attachments: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of an indicator: its span in the visible text, and the facts read off it.

    `secret` is the span of the reader's own data in it (a password); it is masked in anything exported.
    """

    indicator: str
    span: Span
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    secret: Span | None = None


ORDINARY = frozenset(("payment_demand", "deadline", "crypto_address"))
"""Indicators that bills, receipts and reminders have as well: alone they are no sign of anything."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says: a calibrated probability for each of `LABELS`, and the verdict or abstention."""

    verdict: Verdict
    probabilities: Mapping[Verdict, float]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known about one message. Every output reads this and nothing else.

    `text` is the visible text that was judged (subject, blank line, body); all spans are in it. `hidden_text` is what
    the mail carries but does not show. `language` is an ISO 639-1 code, or `und` where it cannot be told.
    """

    verdict: Verdict
    probabilities: Mapping[Verdict, float]
    findings: tuple[Finding, ...]
    text: str
    hidden_text: str
    language: str
    reason: str
    defects: tuple[str, ...]
    model_version: str

    @property
    def telling(self) -> tuple[Finding, ...]:
        """The findings worth showing: all, but none where an unthreatening mail has only ordinary ones."""
        quiet = self.verdict in (Verdict.UNRELATED, Verdict.OTHER_SCAM, Verdict.ABOUT_SEXTORTION)
        if quiet and all(finding.indicator in ORDINARY for finding in self.findings):
            return ()
        return self.findings

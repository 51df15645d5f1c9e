"""The values that flow through scamcheck, all frozen.

An *indicator* is the kind of thing that is looked for; a *finding* is one occurrence of it in a message.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA_VERSION = 3
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


THREATS = (Verdict.SEXTORTION_SCAM, Verdict.PERSONAL_SEXTORTION, Verdict.OTHER_EXTORTION)
"""The verdicts of a message that threatens its reader."""


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
class Box:
    """Where writing stands in a picture or on a page: page from 0, edges in pixels from the upper left corner."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Part:
    """A text part of a message: its media type and its decoded source, as it was sent.

    For a document or a picture `source` is the text that a reader found in it and `hidden` what the document carries
    and does not show; `boxes` say where in a picture a span of the source stands. (What HTML hides is told from its
    source later.) `name` is the file that the part was read from, empty for the body of a mail.
    """

    media_type: str
    source: str
    name: str = ""
    hidden: str = ""
    boxes: tuple[tuple[Span, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message, not read yet."""

    name: str
    media_type: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


class Writing(StrEnum):
    """What was found of writing in a picture."""

    READ = "read"
    NONE = "none"
    TOO_SMALL = "too_small"
    UNKNOWN_SCRIPT = "unknown_script"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came with a message. It may be the intimate image itself: nothing but this is ever kept of it."""

    name: str
    size: int
    sha256: str
    writing: Writing


class Wrapping(StrEnum):
    """How an inner message stands in the one around it."""

    NOT = "received"
    ATTACHED = "attached"
    FORWARDED = "forwarded"
    QUOTED = "quoted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a reader module gives it. Header values are decoded; absent ones are empty.

    `enclosed` are whole messages in it (attached, or returned by a mail server), `wrapping` says how it stands in the
    one around it itself. `attachments` were not read yet; `pictures` were.

    `sender`, `recipients`, `reply_to` and `list_id` are the fields From, To, Reply-To and List-Id (or List-Post),
    `submitter` is the field Sender, `return_path` the address that failure notices go to. `authentication` are the
    topmost fields in which a server says what it found out about the sender, as pairs of a lower-case name and a value.
    """

    parts: tuple[Part, ...]
    subject: str = ""
    sender: str = ""
    recipients: str = ""
    date: str = ""
    reply_to: str = ""
    submitter: str = ""
    return_path: str = ""
    list_id: str = ""
    authentication: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    enclosed: tuple["Message", ...] = ()
    wrapping: Wrapping = Wrapping.NOT
    defects: tuple[str, ...] = ()

    def walk(self) -> Iterator["Message"]:
        """Yield the message and all messages in it, outer ones before inner ones."""
        yield self
        for inner in self.enclosed:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Link:
    """One message of a chain: how it stands in the one around it, its headers as written, the file it was read from."""

    wrapping: Wrapping
    subject: str = ""
    sender: str = ""
    date: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands in what was sent: the part of the judged message, the span of that part's source.

    `part` is -1 for the subject. `boxes` say where in a picture or on a scanned page it stands; empty for text.
    """

    part: int
    name: str
    span: Span
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of an indicator: its span in the visible text, and the facts read off it.

    `secrets` are the spans of the reader's own data in it (a password, a house number), masked in anything that is
    listed or exported. `place` is None where the finding reaches over two parts.
    """

    indicator: str
    span: Span
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    secrets: tuple[Span, ...] = ()
    place: Place | None = None


ORDINARY = frozenset(
    (
        *("amount", "crypto_address", "deadline", "payment_demand"),
        *("contact_address", "contact_handle", "contact_phone", "named_account"),
        *("reply_to_differs", "sender_check"),
        *("insult", "flattery", "nothing_personal"),
    )
)
"""Indicators that bills, receipts and letters have as well: alone they are no sign of anything."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says: a calibrated probability for each of `LABELS`, and the verdict or abstention."""

    verdict: Verdict
    probabilities: Mapping[Verdict, float]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one sentence adds to a score, or takes from it: its span in the visible text, and the amount."""

    span: Span
    amount: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the model leans to a class: `base` and the amounts of all contributions add up to `score`, exactly.

    `label` is the class of the verdict, and the likeliest class where the verdict is an abstention. The score is the
    log of the odds before calibration, centred over the classes: above 0 speaks for `label`, in the score of a mail as
    in the amount of a sentence. Contributions stand in the order of the text, one a sentence. All of it is about what
    the model leans on, never about what is true.
    """

    label: Verdict = Verdict.UNCERTAIN
    score: float = 0.0
    base: float = 0.0
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would be said of a mail without some of its indicators: without the sentences that hold their findings.

    `indicators` is one indicator, or two that are left out together; `spans` are the sentences, in the visible text.
    `verdict` and `reason` are what a check of the shortened mail gives; `probability` is that of the class which the
    mail as a whole is likeliest to be (`Explanation.label`). Whoever shows one keeps to the rule of every verdict:
    nobody reads that a mail is, or would be, the mass mail before they were asked whether an image could exist.
    """

    indicators: tuple[str, ...]
    spans: tuple[Span, ...]
    verdict: Verdict
    probability: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counterfactuals:
    """What the verdict on a mail hangs on.

    `each` has one for every indicator found, the one with the most weight first. `needed` are those that change the
    verdict: single ones, else at most one pair; empty where neither changes it. None of them changes it to that of the
    mass mail: what keeps a mail from it may be the words of a real case, and is not to be thought away.
    """

    each: tuple[Counterfactual, ...] = ()
    needed: tuple[Counterfactual, ...] = ()


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often a verdict was right on our own test mails of stories that the model had not seen.

    Of the `texts` that got `verdict` with a probability from `low` up to `high`, `right` had that label; `interval` is
    the 95 % interval of the share (Wilson).
    """

    verdict: Verdict
    low: float
    high: float
    texts: int
    right: int
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """Everything that is known about one message. Every output reads this and nothing else.

    `text` is the visible text that was judged (subject, blank line, body); all spans are in it. `hidden_text` is what
    the mail carries but does not show. `language` is an ISO 639-1 code, or `und` where it cannot be told.

    `chain` leads from the message that was given to the one that was judged, its last; `around` is what others wrote
    around that one when they sent it on. `other_alternative` is the text of the alternative that was not judged, where
    a mail says one thing in plain text and another in HTML.

    `explanation` says how the sentences of `text` weigh. `past_outside`: something else in the mail than `text` (a note
    around it, an alternative) tells of a shared past, so that the verdict cannot be the mass mail.

    `sender` is the field From of the judged message, empty where somebody sent it on or may have; `recipients` are its
    field To and whoever sent it on. They are there to tell what is the reader's own (`scamcheck.text.redact`): no
    output shows them.
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
    chain: tuple[Link, ...] = (Link(Wrapping.NOT),)
    around: str = ""
    other_alternative: str = ""
    pictures: tuple[Picture, ...] = ()
    explanation: Explanation = Explanation()
    past_outside: bool = False
    sender: str = ""
    recipients: str = ""

    def __repr__(self) -> str:
        # Logs and tracebacks show this: nothing of the mail may stand in it.
        return (
            f"Assessment({self.verdict.value}, {len(self.findings)} findings in {len(self.text)} characters, "
            f"language {self.language!r}, model {self.model_version!r})"
        )

    @property
    def telling(self) -> tuple[Finding, ...]:
        """The findings worth showing: all, but none where an unthreatening mail has only ordinary ones."""
        quiet = self.verdict in (Verdict.UNRELATED, Verdict.OTHER_SCAM, Verdict.ABOUT_SEXTORTION)
        if quiet and all(finding.indicator in ORDINARY for finding in self.findings):
            return ()
        return self.findings

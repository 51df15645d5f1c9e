"""Which situation is a reader in? The verdict alone never decides: the question about a real image comes first."""

from dataclasses import dataclass
from enum import StrEnum

from scamcheck.types import Assessment, Verdict


class ImageShared(StrEnum):
    """The answer to "could someone really have an intimate image of you?". Only NO may lead to the word bluff."""

    UNANSWERED = "unanswered"
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader told. Every question can be left open."""

    image_shared: ImageShared = ImageShared.UNANSWERED


@dataclass(frozen=True, slots=True)
class Situation:
    """A row of the decision: the key of its texts, the steps in order, and whether the real-case services are shown.

    `weigh_claims` says whether "what is true" may stand beside each claim: only after the answer no, and never where
    the text reads like a real case, because "mass mails show nothing" would be a promise that nobody can give.
    """

    key: str
    steps: tuple[str, ...]
    real_case: bool
    report_contact: bool = True
    report_first: bool = False
    weigh_claims: bool = False


_REAL_STEPS = [
    "never_pay",
    "stop_contact",
    "evidence",
    "no_image",
    "tell_someone",
    "minor",
    "adult",
    "takedown",
    "platform",
    "police",
    "paid",
]
_STEPS = {
    Verdict.SEXTORTION_SCAM: "never_pay no_reply no_click keep report password nothing_to_remove police_if_harm paid",
    Verdict.PERSONAL_SEXTORTION: "never_pay keep_evidence evidence tell_someone police report paid",
    Verdict.OTHER_EXTORTION: "never_pay no_reply no_click keep report police_if_harm paid",
    Verdict.OTHER_SCAM: "never_pay no_reply no_click report paid",
    Verdict.ABOUT_SEXTORTION: "never_pay paste_the_mail",
    Verdict.UNRELATED: "never_pay ask_sender",
    Verdict.UNCERTAIN: "never_pay no_reply no_click keep_evidence tell_someone report",
}
_OPEN_STEPS = ("never_pay", "no_reply", "keep")
_OPEN_REAL_STEPS = ("never_pay", "keep_evidence", "tell_someone")


def situation(assessment: Assessment | None, answers: Answers) -> Situation:
    """Return the situation of the reader. Yes and don't know take the real-case route, whatever the verdict is.

    Where nothing could be read there is no assessment; that is as open as an abstention.
    """
    verdict = assessment.verdict if assessment else Verdict.UNCERTAIN
    findings = assessment.findings if assessment else ()
    may_be_real = verdict in (Verdict.PERSONAL_SEXTORTION, Verdict.UNCERTAIN)
    match answers.image_shared:
        case ImageShared.YES | ImageShared.UNKNOWN:
            return Situation(str(answers.image_shared), tuple(_REAL_STEPS), real_case=True, report_contact=False)
        case ImageShared.UNANSWERED:
            steps = _OPEN_REAL_STEPS if may_be_real else _OPEN_STEPS
            return Situation(f"open.{verdict}", steps, real_case=True, report_first=not may_be_real)
        case ImageShared.NO:
            shown = {finding.indicator for finding in findings}
            wanted = [step for step in _STEPS[verdict].split() if step != "password" or "leaked_password" in shown]
            return Situation(f"no.{verdict}", tuple(wanted), real_case=may_be_real, weigh_claims=not may_be_real)

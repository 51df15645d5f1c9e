"""An assessment and its guidance as plain text for a terminal."""

from collections.abc import Iterator

from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import Language, load_language
from scamcheck.report.json import masked_text
from scamcheck.text.redact import redact
from scamcheck.types import THREATS, Assessment, Verdict, Writing

_MAX_EXCERPT = 160


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: control and bidirectional characters become spaces."""
    return "".join(char if char.isprintable() else " " for char in text)


def render(assessment: Assessment, guidance: Guidance) -> str:
    """Return the answer in the order in which a frightened person reads."""
    return "\n".join(_lines(assessment, guidance)) + "\n"


def claims_heading(assessment: Assessment, guidance: Guidance) -> str:
    """Return the key of the heading over the findings: claims are weighed, quoted, or only noticed."""
    if not guidance.weigh_claims:
        return "ui.noticed"
    quoted = assessment.verdict in (Verdict.ABOUT_SEXTORTION, Verdict.UNRELATED)
    return "ui.claims_about" if quoted else "ui.claims"


def notes(assessment: Assessment, words: Language) -> Iterator[str]:
    """Yield the sentences that say what was not read or seen, and which message was judged."""
    key, known = f"ui.reasons.{assessment.reason}", words.keys()
    if key in known:
        yield words.text(key)
    if len(assessment.chain) > 1:
        yield words.text("ui.judged_inner")
    if assessment.verdict in THREATS and any(each.writing is Writing.NOT_READ for each in assessment.pictures):
        yield words.text("ui.picture_not_seen")


def _lines(assessment: Assessment, guidance: Guidance) -> Iterator[str]:
    words = load_language(guidance.language)
    yield guidance.headline
    yield guidance.text
    yield from notes(assessment, words)
    if guidance.question:
        yield ""
        yield guidance.question
        answers = {"yes": "answer_yes", "no": "answer_no", "unknown": "answer_unknown"}
        for value, key in answers.items():
            yield f"  --image-shared {value:8} {words.text(f'ui.{key}')}"
        yield ""
        yield words.text("ui.two_routes") + ":"
        yield from (f"- {route}" for route in guidance.routes)
    yield ""
    yield words.text("ui.what_now") + ":"
    yield from (f"{number}. {step}" for number, step in enumerate(guidance.steps, 1))
    yield ""
    yield words.text("ui.who_helps") + ":"
    for contact in guidance.contacts:
        yield f"- {_contact(contact)}"
    yield ""
    yield f"{guidance.crisis_text} {_contact(guidance.crisis)}"
    yield f"{guidance.danger_text} {_contact(guidance.danger)}"
    yield ""
    yield words.text(claims_heading(assessment, guidance)) + ":"
    masked = masked_text(assessment)
    seen: set[str] = set()
    for finding in assessment.telling:
        if finding.indicator in seen:
            continue
        seen.add(finding.indicator)
        excerpt = printable(" ".join(finding.span.of(masked).split()))[:_MAX_EXCERPT]
        yield f"* {words.text(f'indicators.{finding.indicator}.title')}: \u201c{excerpt}\u201d"
        if guidance.weigh_claims:
            yield f"  {words.text(f'indicators.{finding.indicator}.truth')}"
    if not seen:
        yield words.text("ui.no_findings")
    if any(each.third_party for each in (*guidance.contacts, guidance.crisis, guidance.danger)):
        yield ""
        yield f"(*) {guidance.third_party_note}"
    if assessment.other_alternative:
        yield ""
        yield words.text("ui.other_alternative")
        other = " ".join(redact(assessment.other_alternative).split())
        yield f"\u201c{printable(other)[: 2 * _MAX_EXCERPT]}\u201d"
    if assessment.defects:
        yield ""
        yield words.text("ui.defects") + printable(redact("; ".join(assessment.defects)))


def _contact(contact: Contact) -> str:
    fields = [field for field in (contact.phone, contact.hours, contact.email, contact.url) if field]
    mark = " (*)" if contact.third_party else ""
    reach = f": {', '.join(fields)}{mark}" if fields else ""
    return f"{contact.name}{reach}. {contact.purpose}"

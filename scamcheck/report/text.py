"""An assessment and its guidance as plain text for a terminal."""

from collections.abc import Iterator

from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import load_language
from scamcheck.text.redact import redact
from scamcheck.types import Assessment

_MAX_EXCERPT = 160


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: control and bidirectional characters become spaces."""
    return "".join(char if char.isprintable() else " " for char in text)


def render(assessment: Assessment, guidance: Guidance) -> str:
    """Return the answer in the order in which a frightened person reads."""
    return "\n".join(_lines(assessment, guidance)) + "\n"


def _lines(assessment: Assessment, guidance: Guidance) -> Iterator[str]:
    words = load_language(guidance.language)
    yield guidance.headline
    yield guidance.text
    if assessment.reason == "attachment_not_read":
        yield words.text("ui.attachment_not_read")
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
        yield f"- {_contact(contact, guidance)}"
    yield ""
    yield f"{guidance.crisis_text} {_contact(guidance.crisis, guidance)}"
    yield f"{guidance.danger_text} {_contact(guidance.danger, guidance)}"
    yield ""
    yield words.text("ui.claims" if guidance.weigh_claims else "ui.noticed") + ":"
    secrets = [finding.secret.of(assessment.text) for finding in assessment.findings if finding.secret]
    seen: set[str] = set()
    for finding in assessment.telling:
        if finding.indicator in seen:
            continue
        seen.add(finding.indicator)
        excerpt = printable(" ".join(redact(finding.span.of(assessment.text), secrets).split()))[:_MAX_EXCERPT]
        yield f"* {words.text(f'indicators.{finding.indicator}.title')}: \u201c{excerpt}\u201d"
        if guidance.weigh_claims:
            yield f"  {words.text(f'indicators.{finding.indicator}.truth')}"
    if not seen:
        yield words.text("ui.no_findings")
    if assessment.defects:
        yield ""
        yield words.text("ui.defects") + printable("; ".join(assessment.defects))


def _contact(contact: Contact, guidance: Guidance) -> str:
    fields = [contact.phone, contact.hours, contact.email, contact.url]
    note = " (*)" if contact.third_party else ""
    line = f"{contact.name}: {', '.join(field for field in fields if field)}{note}. {contact.purpose}"
    return line + (f"\n  (*) {guidance.third_party_note}" if contact.third_party else "")

"""An assessment and its guidance as plain text for a terminal."""

import re
import textwrap
from collections.abc import Iterator

from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import Language, load_language
from scamcheck.report.masking import private
from scamcheck.report.why import Reasons, Why, excerpt, printable
from scamcheck.text.redact import redact
from scamcheck.types import THREATS, Assessment, Verdict, Writing

MAX_WIDTH = 100
"""Characters of a line. Longer lines are hard to read, however wide the window is."""

_MAX_TOPICS = 5
_MAX_OTHER = 320
_LEAD = re.compile(r" {0,8}(?:[-*] |\d{1,2}\. )?")


def render(
    assessment: Assessment, guidance: Guidance, reasons: Reasons | None = None, *, width: int | None = None
) -> str:
    """Return the answer in the order in which a frightened person reads.

    `reasons` are those of the assessment; without them it is not said what the verdict hangs on. Lines are broken at
    blanks where they are longer than `width`; where it is None, nowhere.
    """
    lines = _lines(assessment, guidance, reasons or Reasons())
    return "\n".join(_wrapped(line, width) if width else line for line in lines) + "\n"


def _wrapped(line: str, width: int) -> str:
    """Return a line broken at blanks only, so that a wallet or a link can be copied, and indented as it begins."""
    lead = _LEAD.match(line)
    indent = " " * len(lead.group()) if lead else ""
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def claims_heading(assessment: Assessment, guidance: Guidance) -> str:
    """Return the key of the heading over the claims: they are weighed, quoted, or only noticed."""
    if not guidance.weigh_claims:
        return "ui.noticed"
    quoted = assessment.verdict in (Verdict.ABOUT_SEXTORTION, Verdict.UNRELATED)
    return "ui.claims_about" if quoted else "ui.claims"


def notes(assessment: Assessment, words: Language) -> Iterator[str]:
    """Yield the sentences that say what was not read or seen, and which message was judged."""
    known = words.keys()
    for key in (f"ui.reasons.{assessment.reason}", f"explain.reasons.{assessment.reason}"):
        if key in known:
            yield words.text(key)
    if len(assessment.chain) > 1:
        yield words.text("ui.judged_inner")
    if assessment.verdict in THREATS and any(each.writing is Writing.NOT_READ for each in assessment.pictures):
        yield words.text("ui.picture_not_seen")


def render_guidance(guidance: Guidance) -> str:
    """Return the guidance alone, where there is no message to show."""
    parts = (*_first(guidance), *_question(guidance, ask=False), "", *_help(guidance))
    return "\n".join((*parts, *_third_party_note(guidance))) + "\n"


def _first(guidance: Guidance) -> Iterator[str]:
    yield guidance.headline
    yield guidance.text


def _question(guidance: Guidance, *, ask: bool = True) -> Iterator[str]:
    """Yield the question with both routes; where it is asked, also how it is answered on the command line."""
    words = load_language(guidance.language)
    if guidance.question:
        yield ""
        yield guidance.question
        answers = {"yes": "answer_yes", "no": "answer_no", "unknown": "answer_unknown"}
        for value, key in answers.items() if ask else ():
            yield f"  --image-shared {value:8} {words.text(f'ui.{key}')}"
        yield ""
        yield words.text("ui.two_routes") + ":"
        yield from (f"- {route}" for route in guidance.routes)


def _help(guidance: Guidance) -> Iterator[str]:
    """Yield the steps that come first, who helps, and the other steps."""
    words = load_language(guidance.language)
    numbered = [f"{number}. {step}" for number, step in enumerate(guidance.steps, 1)]
    yield words.text("ui.what_now") + ":"
    yield from numbered[: guidance.first_steps]
    yield ""
    yield words.text("ui.who_helps") + ":"
    yield from (f"- {contact_line(contact)}" for contact in guidance.contacts)
    if guidance.no_contact_note:
        yield guidance.no_contact_note
    yield ""
    yield f"{guidance.crisis_text} {contact_line(guidance.crisis)}"
    yield f"{guidance.danger_text} {contact_line(guidance.danger)}"
    if len(numbered) > guidance.first_steps:
        yield ""
        yield words.text("guidance.after_that") + ":"
        yield from numbered[guidance.first_steps :]
    yield ""
    yield words.text("guidance.read_more") + ":"
    yield from (f"  --topic {name:14} {words.text(f'topics.{name}.title')}" for name in guidance.topics[:_MAX_TOPICS])


def _third_party_note(guidance: Guidance) -> Iterator[str]:
    if any(each.third_party for each in (*guidance.contacts, guidance.crisis, guidance.danger)):
        yield ""
        yield f"(*) {guidance.third_party_note}"


def _lines(assessment: Assessment, guidance: Guidance, reasons: Reasons) -> Iterator[str]:
    words, own = load_language(guidance.language), private(assessment)
    why = Why(assessment, guidance, reasons, own)
    yield from _first(guidance)
    yield from notes(assessment, words)
    yield from _question(guidance)
    yield ""
    yield from _help(guidance)
    yield from _third_party_note(guidance)
    yield ""
    yield from why.evidence(claims_heading(assessment, guidance))
    if assessment.hidden_text.strip():
        yield ""
        yield words.text("ui.hidden_text")
    if assessment.other_alternative:
        yield ""
        yield words.text("ui.other_alternative")
        yield excerpt(redact(assessment.other_alternative, own), _MAX_OTHER)
    if assessment.defects:
        yield ""
        yield words.text("ui.defects") + printable("; ".join(redact(defect, own) for defect in assessment.defects))
    sure = list(why.sure())
    if sure:
        yield ""
        yield from sure


def contact_line(contact: Contact) -> str:
    """Return a service on one line: its name, how to reach it, what it is for."""
    fields = [field for field in (contact.phone_text, contact.hours, contact.email, contact.url) if field]
    mark = " (*)" if contact.third_party else ""
    reach = f": {', '.join(fields)}{mark}" if fields else ""
    return " ".join(filter(None, (f"{contact.name}{reach}.", contact.purpose, contact.remark, contact.spoken)))

"""The page for the reader: what to do and who helps first, then why, then how sure."""

from collections.abc import Iterator
from datetime import datetime

from scamcheck.features.indicators.base import Kind, Strength
from scamcheck.features.indicators.counter_signs import REAL_CASE_SIGNS
from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import Language, load_language
from scamcheck.limits import MAX_PRINTED_QUOTE
from scamcheck.report.document import Block, Card, Document, Heading, Items, Paragraph, Quote, Style, stamp
from scamcheck.report.facts import fill, header_in_words
from scamcheck.report.json import detector_of
from scamcheck.report.masking import masked_text
from scamcheck.report.text import claims_heading, notes
from scamcheck.report.why import MAX_CLAIMS, percent, shows_verdict
from scamcheck.text.unicode import is_invisible
from scamcheck.types import Assessment, Finding, Reliability

_MAX_QUOTES = 2
_ORDER = tuple(Strength)
_CALL_FIRST = ("despair", "danger_near")


def reader_page(
    assessment: Assessment | None, guidance: Guidance, *, made_at: datetime, reliability: Reliability | None = None
) -> Document:
    """Return the page for a reader; without an assessment it holds the guidance alone.

    `reliability` is that of the assessment. Why and how sure are left out where somebody should call first.
    """
    words = load_language(guidance.language)
    blocks = list(_guidance(guidance, words))
    if assessment and guidance.situation not in _CALL_FIRST:
        blocks += [Paragraph(note) for note in notes(assessment, words)]
        blocks += _why(assessment, guidance, words)
        blocks += _how_sure(assessment, guidance, reliability, words)
    blocks.append(Paragraph(fill(words.text("report.made_on"), date=stamp(made_at)), Style.NOTE))
    return Document(
        title=words.text("report.reader_title"),
        language=guidance.language,
        made_at=made_at,
        blocks=tuple(blocks),
        cut=words.text("report.cut"),
        large=True,
    )


def _guidance(guidance: Guidance, words: Language) -> Iterator[Block]:
    yield Paragraph(guidance.headline, Style.LEAD)
    yield Paragraph(guidance.text)
    if guidance.situation in _CALL_FIRST:
        yield from _crisis(guidance, words)
    if guidance.question:
        yield Paragraph(guidance.question, Style.STRONG)
        yield Items(guidance.routes)
    at = guidance.first_steps
    yield Heading(words.text("ui.what_now"))
    yield Items(guidance.steps[:at], 1)
    shown = [*guidance.contacts, guidance.crisis, guidance.danger]
    yield Heading(words.text("ui.who_helps"))
    yield from (_card(contact, words) for contact in guidance.contacts)
    if guidance.no_contact_note:
        yield Paragraph(guidance.no_contact_note)
    if guidance.situation not in _CALL_FIRST:
        yield Heading(words.text("ui.crisis_heading"))
        yield from _crisis(guidance, words)
    if any(contact.third_party for contact in shown):
        yield Paragraph(f"(*) {guidance.third_party_note}", Style.NOTE)
    if guidance.steps[at:]:
        yield Heading(words.text("guidance.after_that"))
        yield Items(guidance.steps[at:], at + 1)


def _crisis(guidance: Guidance, words: Language) -> Iterator[Block]:
    yield Paragraph(guidance.crisis_text, Style.STRONG)
    yield _card(guidance.crisis, words)
    yield Paragraph(guidance.danger_text, Style.STRONG)
    yield _card(guidance.danger, words)


def _card(contact: Contact, words: Language) -> Card:
    mark = " (*)" if contact.third_party else ""
    aside = "; ".join(filter(None, (contact.hours, contact.cost)))
    lines = (aside, contact.email, contact.url, contact.purpose, contact.remark, contact.spoken)
    return Card(
        name=contact.name + mark,
        call=f"{words.text('ui.call')} {contact.phone_text}" if contact.phone_text else "",
        link=contact.phone_link,
        lines=tuple(filter(None, lines)),
    )


def _why(assessment: Assessment, guidance: Guidance, words: Language) -> Iterator[Block]:
    """Yield what was found, the strongest first, and under headings of their own the signs against a mass mail."""
    found: dict[str, list[Finding]] = {}
    for finding in assessment.telling:
        found.setdefault(finding.indicator, []).append(finding)
    signs = [name for name in found if detector_of(name).kind is Kind.COUNTER_SIGN]
    others = sorted(found.keys() - set(signs), key=lambda name: (_ORDER.index(detector_of(name).strength), name))
    text = masked_text(assessment)
    yield Heading(words.text(claims_heading(assessment, guidance)))
    if not found:
        yield Paragraph(words.text("ui.no_findings"))
    for name in others[:MAX_CLAIMS]:
        yield from _finding(name, found[name], text, guidance, words)
    if len(others) > MAX_CLAIMS:
        yield Paragraph(fill(words.text("explain.more"), count=len(others) - MAX_CLAIMS))
    for heading, real in (("explain.really_known", True), ("explain.about", False)):
        names = [name for name in signs if (name in REAL_CASE_SIGNS) is real]
        if names:
            yield Heading(words.text(heading))
        for name in names:
            yield from _finding(name, found[name], text, guidance, words)


def _finding(name: str, found: list[Finding], text: str, guidance: Guidance, words: Language) -> Iterator[Block]:
    yield Paragraph(words.text(f"indicators.{name}.title"), Style.STRONG)
    if detector_of(name).kind is Kind.HEADER:
        said = dict.fromkeys(
            line for each in found for line in header_in_words(each, words, weigh=guidance.weigh_claims)
        )
        yield from (Paragraph(line) for line in said)
    quotes = dict.fromkeys(quoted(each.span.of(text)) for each in found if len(each.span))
    for quote in list(quotes)[:_MAX_QUOTES]:
        yield Quote(f"\u201c{quote}\u201d")
    if guidance.weigh_claims:
        yield Paragraph(f"{words.text('ui.truth')}: {words.text(f'indicators.{name}.truth')}")


def quoted(text: str) -> str:
    """Return a sentence of a mail on one line, without what shows nothing, cut where it is very long."""
    seen = " ".join("".join(char for char in text if not is_invisible(char)).split())
    return seen if len(seen) <= MAX_PRINTED_QUOTE else seen[:MAX_PRINTED_QUOTE].rstrip() + "\u2026"


def _how_sure(
    assessment: Assessment, guidance: Guidance, reliability: Reliability | None, words: Language
) -> Iterator[Block]:
    yield Heading(words.text("ui.how_sure"))
    if not shows_verdict(guidance):
        yield Paragraph(words.text("report.told_counts"))
        return
    yield Paragraph(words.text("ui.how_sure_text"))
    yield Items(chances(assessment, words))
    yield Paragraph(measured(reliability, words))


def chances(assessment: Assessment, words: Language) -> tuple[str, ...]:
    """Return every class with its probability, in words, the likeliest first."""
    ranked = sorted(assessment.probabilities.items(), key=lambda pair: -pair[1])
    return tuple(f"{words.text(f'verdicts.{label}')}: {percent(share, words)}" for label, share in ranked)


def measured(reliability: Reliability | None, words: Language) -> str:
    """Return the sentence that says how often such an answer was right, or that this was not measured."""
    if reliability is None:
        return words.text("explain.not_measured")
    return fill(words.text("explain.measured"), texts=reliability.texts, right=reliability.right)

"""The parts of the answer as HTML. Every value is escaped here, at the one place where HTML is made."""

from collections.abc import Iterable
from html import escape

from scamcheck.features.indicators.counter_signs import REAL_CASE_SIGNS
from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import Language
from scamcheck.report.facts import facts_in_words, header_in_words
from scamcheck.report.masking import masked_text, private
from scamcheck.text.redact import redact
from scamcheck.types import Assessment, Verdict
from scamcheck.ui.highlight import highlight, numbered

_MAX_EXCERPT = 220


def answer(guidance: Guidance, words: Language) -> str:
    """Return the headline and what it means; while the question is open, the two ways on follow it elsewhere."""
    real = " sc-real" if guidance.real_case else ""
    return (
        f'<section class="sc-answer{real}" role="status" aria-label="{escape(words.text("ui.result"))}">'
        f'<p class="sc-headline">{escape(guidance.headline)}</p><p>{escape(guidance.text)}</p></section>'
    )


def routes(guidance: Guidance) -> str:
    """Return the two routes in two lines."""
    return f'<ul class="sc-routes">{"".join(f"<li>{escape(route)}</li>" for route in guidance.routes)}</ul>'


def steps(guidance: Guidance, *, first: bool) -> str:
    """Return the steps that stand before the contacts, or those after them, as a numbered list."""
    at = guidance.first_steps
    shown, start = (guidance.steps[:at], 1) if first else (guidance.steps[at:], at + 1)
    return f'<ol class="sc-steps" start="{start}">{"".join(f"<li>{escape(step)}</li>" for step in shown)}</ol>'


def _link(href: str, text: str, css: str = "") -> str:
    return f'<a class="{css}" href="{escape(href)}" rel="noreferrer noopener" target="_blank">{escape(text)}</a>'


def _contact_lines(contact: Contact, words: Language, *, note: bool = True) -> Iterable[str]:
    yield f'<p class="sc-name">{escape(contact.name)}</p>'
    if contact.purpose:
        yield f"<p>{escape(contact.purpose)}</p>"
    if contact.phone_text:
        hours = f" ({escape(contact.hours)})" if contact.hours else ""
        label = f"{words.text('ui.call')} {contact.phone_text}"
        yield f'<p><a class="sc-call" href="{escape(contact.phone_link)}">{escape(label)}</a>{hours}</p>'
    for line in filter(None, (contact.remark, contact.spoken, contact.cost)):
        yield f'<p class="sc-note">{escape(line)}</p>'
    if contact.email:
        yield f"<p>{_link('mailto:' + contact.email, contact.email)}</p>"
    if contact.url:
        yield f"<p>{_link(contact.url, contact.url.removeprefix('https://').rstrip('/'))}</p>"
    if contact.third_party and note:
        yield f'<p class="sc-note">{escape(words.text("guidance.third_party"))}</p>'


def contacts(guidance: Guidance, words: Language) -> str:
    """Return the services as a list of cards; a phone number can be tapped."""
    cards = "".join(f"<li>{''.join(_contact_lines(contact, words))}</li>" for contact in guidance.contacts)
    dates = {contact.collected_on for contact in guidance.contacts}
    dated = words.text("guidance.checked_on").replace("{date}", max(dates)) if dates else ""
    note = f'<p class="sc-note">{escape(each)}</p>' if (each := guidance.no_contact_note or dated) else ""
    return f'<ul class="sc-contacts">{cards}</ul>{note}'


def crisis(guidance: Guidance, words: Language) -> str:
    """Return the crisis line and the emergency number, which are always there."""
    lines = (
        f"<p>{escape(guidance.crisis_text)}</p>",
        *_contact_lines(guidance.crisis, words, note=False),
        f"<p>{escape(guidance.danger_text)}</p>",
        *_contact_lines(guidance.danger, words, note=bool(guidance.crisis.third_party)),
    )
    return (
        f'<section class="sc-crisis" aria-label="{escape(words.text("ui.crisis_heading"))}">{"".join(lines)}</section>'
    )


def mail(assessment: Assessment) -> str:
    """Return the mail with its findings marked. `dir=auto` lets each paragraph run in its own direction."""
    body = highlight(masked_text(assessment), assessment.telling)
    return f'<div class="sc-mail" dir="auto" lang="{escape(assessment.language)}" tabindex="0">{body}</div>'


def claims(assessment: Assessment, words: Language, *, weigh: bool) -> str:
    """Return what the sender says and, where it may be weighed, what is true, once for each indicator found.

    Signs that somebody may really know the reader always stand with what they mean: that asks for care.
    """
    own = private(assessment)
    text = masked_text(assessment, own)
    blocks = []
    for indicator, number in numbered(assessment.telling).items():
        found = [finding for finding in assessment.findings if finding.indicator == indicator]
        excerpt = " ".join(found[0].span.of(text).split())[:_MAX_EXCERPT]
        facts = [redact(line, own) for line in facts_in_words(found, words)]
        if weigh and found[0].facts.get("from_equals_to") is not None:
            facts.append(words.text("ui.same_sender" if found[0].facts["from_equals_to"] else "ui.other_sender"))
        says = (f"{number}. {words.text(f'indicators.{indicator}.title')}", words.text(f"indicators.{indicator}.claim"))
        blocks.append(
            f'<section class="sc-claim"><h3>{escape(says[0])}</h3>'
            f'<p>{escape(words.text("ui.in_the_mail"))}: <q dir="auto">{escape(excerpt)}</q></p>'
            + "".join(f'<p class="sc-note">{escape(line)}</p>' for line in facts)
            + f"<p><strong>{escape(words.text('ui.says'))}:</strong> {escape(says[1])}</p>"
            + (_weighed(indicator, words) if weigh or indicator in REAL_CASE_SIGNS else "")
            + "</section>"
        )
    return "".join(blocks) or f"<p>{escape(words.text('ui.no_findings'))}</p>"


def _weighed(indicator: str, words: Language) -> str:
    pairs = (("ui.truth", "truth"), ("explain.todo", "todo"))
    return "".join(
        f"<p><strong>{escape(words.text(label))}:</strong> {escape(words.text(f'indicators.{indicator}.{key}'))}</p>"
        for label, key in pairs
    )


def headers(assessment: Assessment, words: Language, *, weigh: bool) -> str:
    """Return what the headers show of the sender, empty where they show nothing worth telling."""
    own, shown = private(assessment), []
    for finding in assessment.telling:
        if not len(finding.span):
            lines = [redact(line, own) for line in header_in_words(finding, words, weigh=weigh)]
            truth = [words.text(f"indicators.{finding.indicator}.truth")] if weigh else []
            shown.append("".join(f"<p>{escape(line)}</p>" for line in (*lines, *truth)))
    return "".join(f'<section class="sc-claim">{each}</section>' for each in dict.fromkeys(shown))


def chances(assessment: Assessment, words: Language) -> str:
    """Return the calibrated probabilities as a table, the highest first."""
    ranked = sorted(assessment.probabilities.items(), key=lambda pair: -pair[1])
    rows = "".join(
        f"<tr><td>{escape(words.text(f'verdicts.{Verdict(label)}'))}</td><td>{share:.0%}</td></tr>"
        for label, share in ranked
    )
    return f'<table class="sc-chances"><tbody>{rows}</tbody></table>'

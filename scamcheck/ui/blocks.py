"""The parts of the answer as HTML. Every value is escaped here, at the one place where HTML is made."""

import re
from collections.abc import Iterable
from html import escape

from scamcheck.guidance import Contact, Guidance
from scamcheck.languages import Language
from scamcheck.types import Assessment, Finding, Verdict
from scamcheck.ui.highlight import highlight, masked, numbered

_MAX_EXCERPT = 220


def answer(guidance: Guidance, words: Language) -> str:
    """Return the headline and what it means; while the question is open, the two ways on follow it elsewhere."""
    real = " sc-real" if guidance.situation in ("yes", "unknown") else ""
    return (
        f'<section class="sc-answer{real}" role="status" aria-label="{escape(words.text("ui.result"))}">'
        f'<p class="sc-headline">{escape(guidance.headline)}</p><p>{escape(guidance.text)}</p></section>'
    )


def routes(guidance: Guidance) -> str:
    """Return the two routes in two lines."""
    return f'<ul class="sc-routes">{"".join(f"<li>{escape(route)}</li>" for route in guidance.routes)}</ul>'


def steps(guidance: Guidance) -> str:
    """Return the steps as a numbered list."""
    return f'<ol class="sc-steps">{"".join(f"<li>{escape(step)}</li>" for step in guidance.steps)}</ol>'


def _link(href: str, text: str, css: str = "") -> str:
    return f'<a class="{css}" href="{escape(href)}" rel="noreferrer noopener" target="_blank">{escape(text)}</a>'


def _contact_lines(contact: Contact, words: Language, *, note: bool = True) -> Iterable[str]:
    yield f'<p class="sc-name">{escape(contact.name)}</p>'
    if contact.purpose:
        yield f"<p>{escape(contact.purpose)}</p>"
    if contact.phone:
        number = re.sub(r"[^\d+]", "", contact.phone)
        hours = f" ({escape(contact.hours)})" if contact.hours else ""
        label = f"{words.text('ui.call')} {contact.phone}"
        yield f'<p><a class="sc-call" href="tel:{number}">{escape(label)}</a>{hours}</p>'
    if contact.email:
        yield f"<p>{_link('mailto:' + contact.email, contact.email)}</p>"
    if contact.url:
        yield f"<p>{_link(contact.url, contact.url.removeprefix('https://').rstrip('/'))}</p>"
    if contact.third_party and note:
        yield f'<p class="sc-note">{escape(words.text("guidance.third_party"))}</p>'


def contacts(guidance: Guidance, words: Language) -> str:
    """Return the services as a list of cards; a phone number can be tapped."""
    cards = "".join(f"<li>{''.join(_contact_lines(contact, words))}</li>" for contact in guidance.contacts)
    dates = {contact.checked_on for contact in guidance.contacts}
    dated = words.text("guidance.checked_on").replace("{date}", max(dates)) if dates else ""
    return f'<ul class="sc-contacts">{cards}</ul><p class="sc-note">{escape(dated)}</p>'


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
    body = highlight(assessment.text, assessment.telling)
    return f'<div class="sc-mail" dir="auto" lang="{escape(assessment.language)}" tabindex="0">{body}</div>'


def _facts(finding: Finding, words: Language, *, weigh: bool) -> Iterable[str]:
    facts = finding.facts
    if "amount" in facts:
        amount = f"{facts['amount']:.8f}".rstrip("0").rstrip(".")
        yield f"{words.text('ui.amount')}: {amount} {facts['currency']}"
    if "hours" in facts:
        yield words.text("ui.deadline_hours").replace("{hours}", str(facts["hours"]))
    if "coin_name" in facts:
        yield str(facts["coin_name"])
    if weigh and "from_equals_to" in facts:
        yield words.text("ui.same_sender" if facts["from_equals_to"] else "ui.other_sender")


def claims(assessment: Assessment, words: Language, *, weigh: bool) -> str:
    """Return what the sender says and, where it may be weighed, what is true, once for each indicator found."""
    text = masked(assessment.text, assessment.findings)
    blocks = []
    for indicator, number in numbered(assessment.telling).items():
        found = [finding for finding in assessment.findings if finding.indicator == indicator]
        excerpt = " ".join(found[0].span.of(text).split())[:_MAX_EXCERPT]
        facts = list(dict.fromkeys(line for finding in found for line in _facts(finding, words, weigh=weigh)))
        key = f"indicators.{indicator}"
        truth = f"<p><strong>{escape(words.text('ui.truth'))}:</strong> {escape(words.text(f'{key}.truth'))}</p>"
        blocks.append(
            f'<section class="sc-claim"><h3>{number}. {escape(words.text(f"{key}.title"))}</h3>'
            f'<p>{escape(words.text("ui.in_the_mail"))}: <q dir="auto">{escape(excerpt)}</q></p>'
            + "".join(f'<p class="sc-note">{escape(line)}</p>' for line in facts)
            + f"<p><strong>{escape(words.text('ui.says'))}:</strong> {escape(words.text(f'{key}.claim'))}</p>"
            + (truth if weigh else "")
            + "</section>"
        )
    return "".join(blocks) or f"<p>{escape(words.text('ui.no_findings'))}</p>"


def chances(assessment: Assessment, words: Language) -> str:
    """Return the calibrated probabilities as a table, the highest first."""
    ranked = sorted(assessment.probabilities.items(), key=lambda pair: -pair[1])
    rows = "".join(
        f"<tr><td>{escape(words.text(f'verdicts.{Verdict(label)}'))}</td><td>{share:.0%}</td></tr>"
        for label, share in ranked
    )
    return f'<table class="sc-chances"><tbody>{rows}</tbody></table>'

"""`scamcheck contacts`: who helps in a country, and which of the records somebody should check."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import click

from scamcheck.cli.shared import Exit
from scamcheck.guidance.organisations import Contact, Role, countries, load_organisations, serving
from scamcheck.languages import LANGUAGES, Language, load_language

_VALID_FOR = timedelta(days=365)


@click.group()
def command() -> None:
    """List the organisations that help, or check their records."""


@command.command("list")
@click.option(
    "--country", default="BE", show_default=True, help="ISO 3166-1 code; any other gets what is for everyone."
)
@click.option("--role", "roles", type=click.Choice([str(role) for role in Role]), multiple=True, help="Only this help.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts."
)
def show(country: str, roles: tuple[str, ...], language: str) -> None:
    """Print who helps with what, the most useful first. (*) marks what was seen on another page than their own."""
    words, country = load_language(language), country.upper()
    if country not in countries():
        click.echo(f"For {country} no services of its own are known. Known: {', '.join(countries())}.\n", err=True)
    third_party = False
    for role in roles or list(Role):
        contacts = serving(Role(role), country, language)
        for heading in [f"{role}:"] if contacts else []:
            click.echo(heading)
        for contact in contacts:
            third_party |= bool(contact.third_party)
            for line in _lines(contact, words):
                click.echo(line)
    if third_party:
        click.echo(f"\n(*) {words.text('guidance.third_party')}")


def _lines(contact: Contact, words: Language) -> Iterator[str]:
    def marked(field: str, text: str) -> str:
        return f"{text} (*)" if text and field in contact.third_party else text

    yield f"- {contact.name} [{contact.id}]"
    yield f"    {contact.purpose}"
    call = f"{words.text('ui.call')} {contact.phone_text}" if contact.phone_text else ""
    aside = "; ".join(filter(None, (marked("hours", contact.hours), contact.cost)))
    reach = " ".join(filter(None, (marked("phone", call), f"({aside})" if aside else "")))
    for text in (reach, marked("email", contact.email), marked("url", contact.url), contact.remark, contact.spoken):
        if text:
            yield f"    {text}"


@command.command()
@click.option(
    "--probe", "is_probing", is_flag=True, help="Also ask each web page whether it is there. Uses the network."
)
def check(is_probing: bool) -> None:
    """List the records that nobody has checked, or not for a year. Leaves with 1 where there is one.

    Without --probe no connection is opened.
    """
    today = date.today()
    stale = [(name, why) for name, record in load_organisations().items() if (why := out_of_date(record, today))]
    for name, why in stale:
        click.echo(f"{name:32} {why}")
    silent = _probe_all() if is_probing else 0
    click.echo(
        f"{len(load_organisations())} records, {len(stale)} to check" + (f", {silent} pages silent" * is_probing)
    )
    if stale or silent:
        sys.exit(Exit.FLAGGED)


def out_of_date(record: Mapping[str, Any], today: date) -> str:
    """Return why somebody should check a record, or "" where it was checked less than a year ago."""
    checked = record.get("checked_on")
    if checked is None:
        return f"never checked, collected on {record['collected_on']}"
    return f"checked on {checked}" if today - checked > _VALID_FOR else ""


def pages() -> tuple[str, ...]:
    """Return the addresses of all records, each once."""
    urls = [record.get("url", "") for record in load_organisations().values()]
    each = (found for url in urls for found in (url.values() if isinstance(url, Mapping) else (url,)) if found)
    return tuple(dict.fromkeys(each))


def _probe_all() -> int:
    from scamcheck.cli.probe import probe  # here, so that nothing else can open a connection

    silent = 0
    for url in pages():
        answer = probe(url)
        silent += not answer.reached
        click.echo(f"{answer.host:40} {answer.status or '---'} {answer.reason}".rstrip())
    return silent

"""`scamcheck report`: what is sent or printed of one mail: a reply, a page for the reader, a report for the police."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scamcheck.cli.answers import answer_options, answers
from scamcheck.cli.shared import Exit, fail, unwritable
from scamcheck.errors import MissingPackageError, ModelError, UnreadableInputError
from scamcheck.guidance import COUNTRIES, SITUATIONS, Answers, Guidance, guide, guide_case
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_INPUT_BYTES
from scamcheck.model.reliability import reliability
from scamcheck.pipeline import check
from scamcheck.readers import read
from scamcheck.report import html, pdf
from scamcheck.report.document import Document
from scamcheck.report.police import Given, police_report
from scamcheck.report.reader import reader_page
from scamcheck.report.reply import reply
from scamcheck.types import Assessment, Message

_FILE = click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the text. Default: that of the mail, else English."
)
_COUNTRY = click.option(
    "--country", type=click.Choice(COUNTRIES), default="BE", show_default=True, help="Whose services to name."
)
_SITUATION = click.option(
    "--situation",
    type=click.Choice(tuple(SITUATIONS)),
    metavar="KEY",
    help="Without a FILE: the situation. `scamcheck guidance --list` shows them all.",
)
_AT = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S"]),
    help="The time of making in UTC, so that a document can be made again byte for byte. Default: now.",
)


def _out(*, required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--out",
        required=required,
        type=click.Path(dir_okay=False, path_type=Path),
        help="The file to write." + (" Its name ends in .html or .pdf." if required else " Default: the terminal."),
    )


@click.group()
def command() -> None:
    """Make what is sent or printed of one mail: a reply, a page for the reader, a report for the police.

    Nothing is sent from here.
    """


@command.command("reply")
@_FILE
@_SITUATION
@answer_options
@_LANGUAGE
@_COUNTRY
@click.option("--from", "service", default="", help='Who signs, such as "IT helpdesk".')
@_out(required=False)
def reply_command(
    file: str | None,
    situation: str | None,
    language: str | None,
    country: str,
    service: str,
    out: Path | None,
    **given: Any,
) -> None:
    """Write the reply of a helpdesk to who reported FILE; it holds nothing of the mail itself."""
    _, guidance = _advised(file, situation, language, country, given)
    text = reply(guidance, service=service)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text.encode())


@command.command("page")
@_FILE
@_SITUATION
@answer_options
@_LANGUAGE
@_COUNTRY
@_AT
@_out(required=True)
def page_command(
    file: str | None,
    situation: str | None,
    language: str | None,
    country: str,
    at: datetime | None,
    out: Path,
    **given: Any,
) -> None:
    """Write the page for the reader of FILE: what to do, who helps, why, how sure. HTML or PDF."""
    assessment, guidance = _advised(file, situation, language, country, given)
    measured = reliability(assessment) if assessment else None
    _render(reader_page(assessment, guidance, made_at=_made_at(at), reliability=measured), out)


@command.command("police")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@_LANGUAGE
@click.option("--with-message", is_flag=True, help="Attach the text of the mail. Pictures never are.")
@click.option("--unredacted", is_flag=True, help="Show the reader's own data too: password, address, phone number.")
@_AT
@_out(required=True)
def police_command(
    file: str, language: str | None, with_message: bool, unredacted: bool, at: datetime | None, out: Path
) -> None:
    """Write the report for the police on FILE. HTML or PDF."""
    data, message, assessment = _checked(file, language)
    document = police_report(
        assessment,
        message,
        Given.of(Path(file).name, data),
        made_at=_made_at(at),
        language=_spoken(language, assessment),
        reliability=reliability(assessment),
        with_message=with_message,
        redacted=not unredacted,
    )
    _render(document, out)


def _advised(
    file: str | None, situation: str | None, language: str | None, country: str, given: dict[str, Any]
) -> tuple[Assessment | None, Guidance]:
    """Return what was made of a mail, None of a situation without one, and the guidance."""
    told = answers(given)
    if (file is None) is (situation is None):
        raise click.UsageError("Give a FILE, or --situation KEY.")
    if situation is not None:
        if told != Answers():
            raise click.UsageError("A situation holds its answers already. Give a FILE, or leave the answers out.")
        return None, guide_case(SITUATIONS[situation], country=country, language=language or "en")
    _, _, assessment = _checked(str(file), language)
    return assessment, guide(assessment, told, country=country, language=_spoken(language, assessment))


def _checked(file: str, language: str | None) -> tuple[bytes, Message, Assessment]:
    try:
        with click.open_file(file, "rb") as stream:
            data = stream.read(MAX_INPUT_BYTES + 1)  # one byte past the cap lets the reader refuse it
        message = read(data, filename=file)
        return data, message, check(message)
    except UnreadableInputError as error:
        fail(load_language(language).text(f"errors.{error.code}") if language else str(error), Exit.UNREADABLE)
    except ModelError as error:
        fail(error, Exit.MODEL)


def _spoken(language: str | None, assessment: Assessment) -> str:
    return language or (assessment.language if assessment.language in LANGUAGES else "en")


def _made_at(at: datetime | None) -> datetime:
    return at.replace(tzinfo=UTC) if at else datetime.now(UTC).replace(microsecond=0)


def _render(document: Document, out: Path) -> None:
    if out.suffix not in (".html", ".pdf"):
        raise click.BadParameter("The name must end in .html or .pdf.", param_hint="--out")
    try:
        content = pdf.render(document) if out.suffix == ".pdf" else html.render(document).encode()
    except MissingPackageError as error:
        fail(error, Exit.UNREADABLE)
    _write(out, content)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise unwritable(out, error) from error
    click.echo(f"written: {out}", err=True)

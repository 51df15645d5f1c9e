"""`scamcheck check`: one mail, a readable answer or JSON."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from scamcheck.cli.answers import answer_options, answers
from scamcheck.cli.shared import Exit, fail
from scamcheck.errors import ModelError, UnreadableInputError
from scamcheck.guidance import COUNTRIES, guide
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_INPUT_BYTES
from scamcheck.model.explain import explain
from scamcheck.model.reliability import reliability
from scamcheck.model.store import open_model
from scamcheck.pipeline import assess, check
from scamcheck.readers import read
from scamcheck.report import text
from scamcheck.report.json import record, to_json
from scamcheck.report.why import Reasons

MIN_WIDTH = 40
"""Characters of a line, at least: a narrower window breaks the lines itself."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@answer_options
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the answer. Default: that of the mail.")
@click.option(
    "--country", type=click.Choice(COUNTRIES), default="BE", show_default=True, help="Whose services to name."
)
@click.option(
    "--model",
    "model_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A model of your own (`scamcheck train --also`). A model file can run code: name only one you made yourself.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON; your own data are masked.")
@click.option("--unredacted", is_flag=True, help="With --json: mask nothing. For your own use only.")
def command(
    file: str,
    language: str | None,
    country: str,
    model_folder: Path | None,
    as_json: bool,
    unredacted: bool,
    **given: Any,
) -> None:
    """Check one mail: FILE is a saved mail or a text, or - for standard input."""
    if unredacted and not as_json:
        raise click.UsageError("--unredacted needs --json. What is printed to be read is always masked.")
    try:
        with click.open_file(file, "rb") as stream:
            data = stream.read(MAX_INPUT_BYTES + 1)  # one byte past the cap lets the reader refuse it
        model = open_model(model_folder) if model_folder else None
        assessment = assess(read(data, filename=file), model) if model else check(data, filename=file)
        reasons = Reasons(reliability=reliability(assessment, model))
        if assessment.findings:  # else there is nothing that could be left out
            reasons = replace(reasons, counterfactuals=explain(assessment, model))
    except UnreadableInputError as error:
        fail(load_language(language).text(f"errors.{error.code}") if language else str(error), Exit.UNREADABLE)
    except ModelError as error:
        fail(error, Exit.MODEL)
    if as_json:
        row = record(
            file,
            assessment,
            redacted=not unredacted,
            counterfactuals=reasons.counterfactuals,
            reliability=reasons.reliability,
        )
        click.echo(to_json(row, indent=2))
        return
    spoken = language or (assessment.language if assessment.language in LANGUAGES else "en")
    guidance = guide(assessment, answers(given), country=country, language=spoken)
    width = max(MIN_WIDTH, min(shutil.get_terminal_size((text.MAX_WIDTH, 0)).columns, text.MAX_WIDTH))
    click.echo(text.render(assessment, guidance, reasons, width=width), nl=False)

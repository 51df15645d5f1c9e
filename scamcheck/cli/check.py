"""`scamcheck check`: one mail, a readable answer or JSON."""

import json
from pathlib import Path

import click

from scamcheck.cli.shared import Exit, fail
from scamcheck.errors import ModelError, UnreadableInputError
from scamcheck.guidance import COUNTRIES, Answers, ImageShared, guide
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_INPUT_BYTES
from scamcheck.model.store import open_model
from scamcheck.pipeline import assess, check
from scamcheck.readers import read
from scamcheck.report import text
from scamcheck.report.json import record


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--image-shared",
    type=click.Choice([str(answer) for answer in ImageShared]),
    default=str(ImageShared.UNANSWERED),
    help="Could someone really have an intimate image of you? The answer decides which help is shown.",
)
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
def command(
    file: str, image_shared: str, language: str | None, country: str, model_folder: Path | None, as_json: bool
) -> None:
    """Check one mail: FILE is a saved mail or a text, or - for standard input."""
    try:
        with click.open_file(file, "rb") as stream:
            data = stream.read(MAX_INPUT_BYTES + 1)  # one byte past the cap lets the reader refuse it
        if model_folder:
            assessment = assess(read(data, filename=file), open_model(model_folder))
        else:
            assessment = check(data, filename=file)
    except UnreadableInputError as error:
        fail(load_language(language).text(f"errors.{error.code}") if language else str(error), Exit.UNREADABLE)
    except ModelError as error:
        fail(error, Exit.MODEL)
    if as_json:
        click.echo(json.dumps(record(file, assessment), ensure_ascii=False, indent=2))
        return
    spoken = language or (assessment.language if assessment.language in LANGUAGES else "en")
    guidance = guide(assessment, Answers(ImageShared(image_shared)), country=country, language=spoken)
    click.echo(text.render(assessment, guidance), nl=False)

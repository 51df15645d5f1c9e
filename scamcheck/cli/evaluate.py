"""`scamcheck evaluate`: how right is the model on a folder of labelled mails?"""

import json
from pathlib import Path

import click

from scamcheck.cli.shared import Exit, fail, require_writable, unwritable
from scamcheck.errors import CorpusError, ModelError
from scamcheck.evaluation import evaluate


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to this JSON file.")
def command(folder: Path, workers: int, out: Path | None) -> None:
    """Measure the verdicts on FOLDER, which holds labels.csv (file, label, language, family, source).

    The label `not_extortion` accepts either `unrelated` or `other_scam`.
    """
    if out:
        require_writable(out)
    try:
        figures = evaluate(folder, workers=workers)
    except CorpusError as error:
        fail(error, Exit.UNREADABLE)
    except ModelError as error:
        fail(error, Exit.MODEL)
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    if out:
        try:
            out.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise unwritable(out, error) from error
    click.echo(text)

"""`scamcheck train`: the model from data/."""

import os
from pathlib import Path

import click

from scamcheck.cli.shared import Exit, fail, unwritable
from scamcheck.errors import CorpusError
from scamcheck.evaluation import read_local_mails
from scamcheck.model.store import ARTIFACT
from scamcheck.model.train import train
from scamcheck.pipeline import sample_of


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    help="The folder of the corpus.",
)
@click.option(
    "--also",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Learn from this folder of labelled mail too (labels.csv as for `evaluate`). Needs --out.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the model. Default: into the package, where it is loaded from.",
)
def command(data: Path, also: Path | None, out: Path | None) -> None:
    """Rebuild the model from our own mails. The same corpus and versions give the same file."""
    if also and out is None:
        raise click.UsageError("A model trained on your own mail needs a place of its own: add --out FOLDER.")
    folder = out or ARTIFACT
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    if not os.access(folder, os.W_OK):  # training takes minutes: better to know before
        raise unwritable(folder)
    try:
        local, unread = read_local_mails(also) if also else ([], [])
        card = train(data, sample_of, also=local, artifact=folder, progress=lambda line: click.echo(line, err=True))
    except CorpusError as error:
        fail(error, Exit.MODEL)
    size = (folder / "model.joblib").stat().st_size
    learnt = f"{card.measured['mails']} mails of our own" + (f" and {len(local)} of yours" if local else "")
    click.echo(f"trained on {learnt}; {size / 1e6:.1f} MB; sha256 {card.sha256}")
    for name, value in card.thresholds.items():
        click.echo(f"  threshold {name}: {value:.3f}")
    for name in unread:
        click.echo(f"not read, left out: {name}", err=True)
    if local:
        click.echo(f"use it with: scamcheck check --model {folder} FILE")

"""`scamcheck train`: the model from data/."""

from pathlib import Path

import click

from scamcheck.cli.shared import Exit, fail
from scamcheck.errors import CorpusError
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
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=ARTIFACT,
    help="Where to write the model. Default: into the package, where it is loaded from.",
)
def command(data: Path, out: Path) -> None:
    """Rebuild the model from our own mails. The same corpus and versions give the same file."""
    try:
        card = train(data, sample_of, artifact=out, progress=lambda line: click.echo(f"{line} ...", err=True))
    except CorpusError as error:
        fail(error, Exit.MODEL)
    size = (out / "model.joblib").stat().st_size
    click.echo(f"trained on {card.measured['mails']} mails; {size / 1e6:.1f} MB; sha256 {card.sha256}")
    for name, value in card.thresholds.items():
        click.echo(f"  threshold {name}: {value:.3f}")

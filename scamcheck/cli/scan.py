"""`scamcheck scan`: many mails, one line each."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from scamcheck.batch import check_many, find_files
from scamcheck.cli.shared import Exit, fail
from scamcheck.errors import ModelError
from scamcheck.report.csv import CsvWriter
from scamcheck.report.json import record
from scamcheck.types import Verdict


def _writer(out: Path, stack: ExitStack) -> Callable[[Mapping[str, Any]], None]:
    file = stack.enter_context(out.open("w", encoding="utf-8", newline=""))
    if out.suffix == ".csv":
        return CsvWriter(file).write

    def write(row: Mapping[str, Any]) -> None:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .jsonl or .csv file.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
@click.option(
    "--fail-on",
    type=click.Choice([str(verdict) for verdict in Verdict]),
    multiple=True,
    help="Leave with exit code 1 where a mail has this verdict. May be given several times.",
)
def command(paths: tuple[Path, ...], out: Path, workers: int, fail_on: tuple[str, ...]) -> None:
    """Check every mail in the files and folders PATHS; write one line a mail to --out.

    An unreadable file is one line with the reason, is counted, and never stops the run.
    """
    if out.suffix not in (".jsonl", ".csv"):
        raise click.BadParameter("The name must end in .jsonl or .csv.", param_hint="--out")
    files = list(find_files(paths))
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        try:
            write = _writer(out, stack)
        except OSError as error:
            raise click.BadParameter(f"{out} cannot be written. Choose another place.", param_hint="--out") from error
        progress = stack.enter_context(Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()))
        bar = progress.add_task("checking", total=len(files))
        try:
            for checked in check_many(files, workers=workers):
                row = record(checked.source, checked.assessment, checked.error)
                write(row)
                counts[row["verdict"] or "error"] += 1
                progress.advance(bar)
        except ModelError as error:
            fail(error, Exit.MODEL)
    for name in [*map(str, Verdict), "error"]:
        if counts[name]:
            click.echo(f"{counts[name]:7} {name}")
    click.echo(f"{counts.total():7} mails in {len(files)} files, written to {out}")
    if any(counts[name] for name in fail_on):
        sys.exit(Exit.FLAGGED)

"""`scamcheck scan`: many mails, one line each."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from scamcheck.batch import Checked, check_many, find_files
from scamcheck.cli.shared import Exit, fail, unwritable
from scamcheck.errors import ModelError
from scamcheck.languages import LANGUAGES, Language, load_language
from scamcheck.model.explain import explain
from scamcheck.model.reliability import reliability
from scamcheck.report.csv import CsvWriter
from scamcheck.report.facts import fill
from scamcheck.report.json import record, to_json
from scamcheck.report.why import printable
from scamcheck.types import Verdict

MAX_NAMED = 10
"""Files that are named on the terminal for one reason. All of them stand in the file that is written."""

Write = Callable[[Mapping[str, Any]], None]


def _writer(out: Path, stack: ExitStack) -> Write:
    if out.suffix == ".csv":
        # Spreadsheets take a file without the mark for one in the old character set of the computer.
        return CsvWriter(stack.enter_context(out.open("w", encoding="utf-8-sig", newline=""))).write
    file = stack.enter_context(out.open("w", encoding="utf-8", newline=""))

    def write(row: Mapping[str, Any]) -> None:
        file.write(to_json(row) + "\n")

    return write


def _record(checked: Checked, *, full: bool, unredacted: bool) -> dict[str, Any]:
    found = checked.assessment
    return record(
        checked.source,
        found,
        checked.error,
        redacted=not unredacted,
        full=full,
        counterfactuals=explain(found) if full and found else None,
        reliability=reliability(found) if found else None,
    )


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .jsonl or .csv file.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
@click.option(
    "--full", is_flag=True, help="Also write the texts, the weight of each sentence, what a verdict hangs on."
)
@click.option("--unredacted", is_flag=True, help="Mask nothing: the file then holds the readers' own data.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the summary.")
@click.option(
    "--fail-on",
    type=click.Choice([str(verdict) for verdict in Verdict]),
    multiple=True,
    help="Leave with exit code 1 where a mail has this verdict. May be given several times.",
)
def command(
    paths: tuple[Path, ...],
    out: Path,
    workers: int,
    full: bool,
    unredacted: bool,
    language: str,
    fail_on: tuple[str, ...],
) -> None:
    """Check every mail in the files and folders PATHS; write one line a mail to --out.

    An unreadable file is one line with the reason, is counted, and never stops the run.
    """
    if out.suffix not in (".jsonl", ".csv"):
        raise click.BadParameter("The name must end in .jsonl or .csv.", param_hint="--out")
    files = list(find_files(paths))
    counts: Counter[str] = Counter()
    unread: dict[str, list[str]] = {}
    try:
        with ExitStack() as stack:
            write = _writer(out, stack)
            progress = stack.enter_context(Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()))
            bar = progress.add_task("checking", total=len(files))
            for checked in check_many(files, workers=workers):
                row = _record(checked, full=full, unredacted=unredacted)
                write(row)
                if row["verdict"] is None:
                    unread.setdefault(row["error"], []).append(checked.source)
                else:
                    counts[row["verdict"]] += 1
                progress.advance(bar)
    except ModelError as error:
        fail(error, Exit.MODEL)
    except OSError as error:
        raise unwritable(out, error) from error
    for line in _summary(counts, unread, len(files), out, load_language(language)):
        click.echo(line)
    if any(counts[name] for name in fail_on):
        sys.exit(Exit.FLAGGED)


def _summary(
    counts: Counter[str], unread: Mapping[str, list[str]], files: int, out: Path, words: Language
) -> Iterator[str]:
    """Yield what the mails read like, with the share of each verdict, and what could not be read, by reason."""
    failed = sum(map(len, unread.values()))
    total = counts.total() + failed
    yield words.text("scan.verdicts") + ":"
    for verdict in Verdict:
        if counts[verdict]:
            yield f"{_share(counts[verdict], total, words)}  {words.text(f'verdicts.{verdict}')} ({verdict})"
    if failed:
        yield f"{_share(failed, total, words)}  {words.text('scan.unread')}"
    for reason, names in unread.items():
        yield f"    {printable(reason)}"
        yield from (f"      {printable(name)}" for name in names[:MAX_NAMED])
        if len(names) > MAX_NAMED:
            yield f"      {fill(words.text('explain.more'), count=len(names) - MAX_NAMED)}"
    yield fill(words.text("scan.total"), count=total, files=files, path=printable(str(out)))


def _share(count: int, total: int, words: Language) -> str:
    return f"{count:7} {fill(words.text('explain.percent'), number=round(100 * count / total)):>6}"

"""What several commands share: exit codes, errors as one clear line, a place to write to."""

import os
import sys
from enum import IntEnum
from pathlib import Path
from typing import NoReturn

import click


class Exit(IntEnum):
    """Exit codes. 2 is click's own, for wrong use."""

    DONE = 0
    FLAGGED = 1
    UNREADABLE = 3
    MODEL = 4


def fail(error: Exception | str, code: Exit) -> NoReturn:
    """Print an error as one line and leave with the code."""
    click.echo(f"scamcheck: {error}", err=True)
    sys.exit(code)


def unwritable(out: Path, error: OSError | None = None) -> click.BadParameter:
    """Return the error for an `--out` that cannot be written, with the system's reason where it gave one."""
    why = f" ({error.strerror})" if error and error.strerror else ""
    return click.BadParameter(f"{out} cannot be written{why}. Choose another place.", param_hint="--out")


def require_writable(out: Path) -> None:
    """Raise BadParameter where a file cannot be written, before the work is done. Nothing is written."""
    folder = out.parent
    if out.is_dir() or not folder.is_dir() or not os.access(out if out.exists() else folder, os.W_OK):
        raise unwritable(out)

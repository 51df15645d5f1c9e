"""What several commands share: exit codes, and errors as one clear line."""

import sys
from enum import IntEnum
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

"""The command line. Each command is a module of its own, loaded when it is called.

Exit codes: 0 done, 1 flagged (only with `--fail-on`, and by `contacts check`), 2 wrong use, 3 unreadable input,
4 model or corpus problem.
"""

from importlib import import_module

import click

from scamcheck import __version__

COMMANDS = ("check", "scan", "guidance", "report", "contacts", "train", "evaluate", "app")


class LazyGroup(click.Group):
    """A group that imports the module of a command only when the command is called or helped."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"scamcheck.cli.{cmd_name}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scamcheck")
def main() -> None:
    """Tell whether a mail is a sextortion-scam bluff, show why, and say who helps."""

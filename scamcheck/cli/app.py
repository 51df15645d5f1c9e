"""`scamcheck app`: the front end in the browser, on this machine."""

import sys
from pathlib import Path

import click

PAGE = Path(__file__).resolve().parent.parent / "ui" / "page.py"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the front end and print its address. Nothing that is pasted leaves this machine."""
    from streamlit.web import cli

    from scamcheck.ui.server import options

    sys.argv = ["streamlit", "run", str(PAGE), *options(host, port)]
    sys.exit(cli.main())

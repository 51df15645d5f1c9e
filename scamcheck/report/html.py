"""A document as one HTML file: no scripts, nothing from elsewhere, every value escaped by the template engine."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scamcheck.report.document import Document, lines, plain, stamp


def render(document: Document) -> str:
    """Return the document as HTML. The same document gives the same text.

    Its content security policy (W3C CSP Level 3) lets in the style sheet of its own, known by its digest, and nothing
    else: no script, no picture, no font, no form.
    """
    css = _style()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = _environment().get_template("document.html.j2")
    # css is a file of this package
    return template.render(document=document, css=Markup(css), policy=policy, made_at=stamp(document.made_at))  # noqa: S704


@cache
def _style() -> str:
    return files("scamcheck.report").joinpath("templates", "document.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scamcheck.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"plain": plain, "lines": lines}
    return environment

"""A document as a PDF for A4 paper. The packages that make it come with the extra `reports`."""

from importlib import import_module

from scamcheck.errors import MissingPackageError
from scamcheck.report.document import Document

_PACKAGES = frozenset(("fpdf", "uharfbuzz"))


def render(document: Document) -> bytes:
    """Return the document as PDF. The same document gives the same bytes.

    Raises MissingPackageError where fpdf2 or uharfbuzz is not installed.
    """
    try:
        import_module("uharfbuzz")  # fpdf2 asks for it only when it meets Arabic
        from scamcheck.report.pages import render_pages
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise MissingPackageError(
            'A PDF needs the packages fpdf2 and uharfbuzz. Install them with: pip install "scamcheck[reports]". '
            "Or choose a file name that ends in .html, and print that."
        ) from error
    return render_pages(document)

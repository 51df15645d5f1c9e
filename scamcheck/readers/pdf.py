"""PDF files, read in the child process: the text of their pages, and the writing in pages that are pictures."""

from collections.abc import Sequence

from scamcheck.limits import MAX_PICTURE_SECONDS
from scamcheck.readers.child import shared
from scamcheck.types import Message, Part

_HEAD_BYTES = 1_024  # where readers look for the mark (ISO 32000-1, annex H, implementation note 13)


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are a PDF: the mark stands in the first kilobyte, before anything that is text."""
    place = data[:_HEAD_BYTES].find(b"%PDF-")
    named = bool(filename) and str(filename).lower().endswith(".pdf")
    return place == 0 or (place > 0 and (named or not data[:place].strip(b"\xef\xbb\xbf\0 \t\r\n")))


def read(
    data: bytes, filename: str | None, passwords: Sequence[str] = (), *, seconds: float = MAX_PICTURE_SECONDS
) -> Message:
    """Return the text of a PDF as the one part of a message; `boxes` stand in pages that were recognised.

    Their pixels are those of the page at 150 dots an inch. `hidden` is text that the pages carry and do not show.
    Raises UnreadableInputError where it needs a password that is not among those given (encrypted), is broken
    (damaged), past a limit (too_large, too_slow), or where a package is missing (missing_package).
    """
    answer = shared.ask("pdf", data, passwords=passwords, seconds=seconds)
    part = Part("application/pdf", answer.text, name=filename or "", hidden=answer.hidden, boxes=answer.boxes)
    return Message((part,), defects=answer.defects)

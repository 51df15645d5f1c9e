"""Pasted text: a fragment, a whole mail, its raw source, or the source of an HTML page."""

import re

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PART_CHARS
from scamcheck.readers import eml
from scamcheck.types import Message, Part

_HTML = re.compile(r"\s{0,200}<(?:!doctype html|html|head|body|table|div|p)\b", re.IGNORECASE)


def read(text: str) -> Message:
    """Return the pasted text as a message. Raises UnreadableInputError where there is no text."""
    # A lone surrogate cannot be encoded or shown; it comes from a broken clipboard, never from a person.
    text = text.encode("utf-8", "replace").decode("utf-8").lstrip("\ufeff")
    if not text.strip():
        raise UnreadableInputError("There is no text in this. Paste the text of the mail.", code="empty")
    if eml.looks_like_headers(text):
        return eml.read(text)
    part = Part("text/html" if _HTML.match(text) else "text/plain", text[:MAX_PART_CHARS])
    return Message(parts=(part,), defects=(eml.PART_CUT,) if len(text) > MAX_PART_CHARS else ())

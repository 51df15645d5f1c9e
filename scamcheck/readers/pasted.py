"""Pasted text, and text files: a fragment, a whole mail, its raw source, or the source of an HTML page."""

import re

from scamcheck.errors import UnreadableInputError
from scamcheck.readers import charset, eml
from scamcheck.types import Message, Part

_HTML = re.compile(r"\s{0,200}<(?:!doctype html|!--|html|head|body|table|div|p|span|meta|style)\b", re.IGNORECASE)


def read(text: str) -> Message:
    """Return the pasted text as a message. Raises UnreadableInputError where there is no text."""
    text = charset.repair(eml.encodable(text)).lstrip("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise UnreadableInputError("There is no text in this. Paste the text of the mail.", code="empty")
    if eml.looks_like_headers(text):
        return eml.read(text)
    html = bool(_HTML.match(text))
    kept = eml.cut(text)
    return Message(
        parts=(Part("text/html" if html else "text/plain", kept),),
        attachments=tuple(eml.pictures_inside(text)) if html else (),
        defects=(eml.PART_CUT,) if len(kept) < len(text) else (),
    )


def read_file(data: bytes) -> Message:
    """Return a text file of any charset as a message. Raises UnreadableInputError where there is no text."""
    return read(charset.decode(data, None))

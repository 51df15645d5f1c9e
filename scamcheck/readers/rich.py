"""RTF files (.rtf): what WordPad and old mail programs save."""

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_PART_CHARS, MAX_RTF_BYTES
from scamcheck.readers import rtf
from scamcheck.types import Message, Part


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are an RTF file; the name tells nothing."""
    return data[:64].lstrip().startswith(b"{\\rtf")


def read(data: bytes, filename: str | None) -> Message:
    """Return the text of an RTF file as the one part of a message. Raises UnreadableInputError where it has none."""
    text = rtf.convert(data[:MAX_RTF_BYTES])
    if not text.source.strip():
        raise UnreadableInputError("There is no text in this document. Paste the text of the mail.", code="empty")
    cut = len(data) > MAX_RTF_BYTES or len(text.source) > MAX_PART_CHARS
    return Message(
        parts=(Part(text.media_type, text.source[:MAX_PART_CHARS], filename or "", text.hidden[:MAX_PART_CHARS]),),
        defects=("the document is longer than what is read; the rest was not read",) * cut,
    )

"""Files that are no text at all, told by their first bytes, and the sentence that says what to do instead."""

from scamcheck.errors import UnreadableInputError

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\x1aE\xdf\xa3")
_RIFF = (b"WEBP", b"AVI ")
_CONTAINERS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP or Office",
    b"\xd0\xcf\x11\xe0": "Outlook .msg or Office",
    b"\x1f\x8b": "gzip",
}


def _is_picture(head: bytes) -> bool:
    """Return whether a file starts like a picture or a film."""
    return head.startswith(_PICTURES) or head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in _RIFF)


def refuse_binary(data: bytes) -> None:
    """Raise UnreadableInputError where the bytes are a picture, a known container or other binary data."""
    head = data[:4096]
    if (_is_picture(head) and not head.isascii()) or head[4:8] == b"ftyp":
        raise UnreadableInputError(
            "This is a picture or a film, which cannot be read yet. Paste the text of the mail. "
            "Never upload the intimate picture itself.",
            code="picture",
        )
    for magic, name in _CONTAINERS.items():
        if head.startswith(magic):
            raise UnreadableInputError(
                f"This is a {name} file, which cannot be read yet. Open it and paste the text of the mail.",
                code="binary",
            )
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableInputError("There is no text in this. Paste the text of the mail.", code="empty")
    if head.count(b"\0") * 10 > len(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableInputError(
            "This file is not a mail or a text. Paste the text of the mail, or save the mail as an .eml file.",
            code="binary",
        )

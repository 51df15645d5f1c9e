"""Files that are no text at all, told by their first bytes, and the sentence that says what to do instead."""

from scamcheck.errors import UnreadableInputError

_CONTAINERS = {
    b"PK\x03\x04": "an Office or packed file of a kind that cannot be read",
    b"\xd0\xcf\x11\xe0": "an old Office file, which cannot be read",
    b"\x1f\x8b": "a gzip file, which cannot be read",
    b"Rar!": "a RAR archive, which cannot be read",
    b"7z\xbc\xaf": "a 7z archive, which cannot be read",
    b"MZ": "a program. Do not open it",
    b"\x7fELF": "a program. Do not open it",
}
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def refuse_binary(data: bytes) -> None:
    """Raise UnreadableInputError where the bytes are a known container or other binary data, or nothing."""
    head = data[:4096]
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3") or (head[:4] == b"RIFF" and not head.isascii()):
        raise UnreadableInputError(
            "This is a film or a sound file, which cannot be read. Paste the text of the mail. "
            "Never upload the intimate picture itself.",
            code="picture",
        )
    for magic, name in _CONTAINERS.items():
        if head.startswith(magic) and not head.isascii():  # a text may begin with the letters MZ
            raise UnreadableInputError(f"This is {name}. Paste the text of the mail.", code="binary")
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableInputError("There is no text in this. Paste the text of the mail.", code="empty")
    odd, even = head[1::2].count(0), head[::2].count(0)
    half_zero = max(odd, even) * 10 > len(head) * 3 and min(odd, even) * 10 < len(head)  # UTF-16 without a mark
    if (odd + even) * 10 > len(head) and not head.startswith(_BYTE_ORDER_MARKS) and not half_zero:
        raise UnreadableInputError(
            "This file is not a mail or a text. Paste the text of the mail, or save the mail as an .eml file.",
            code="binary",
        )

"""Raw messages (RFC 5322 with MIME), as mail programs save them.

The standard library parses the structure under its lenient `compat32` policy; its newer policies raise on hostile
charsets, boundaries and addresses. Every decoded value is guarded here.
"""

import codecs
import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as MimeMessage

from charset_normalizer import from_bytes

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_HEADER_CHARS, MAX_NAME_CHARS, MAX_PART_CHARS, MAX_PARTS
from scamcheck.types import Message, Part

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):", re.ASCII)
_KNOWN_FIELDS = frozenset(
    [
        "received",
        "return-path",
        "delivered-to",
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "reply-to",
        "x-mailer",
        "authentication-results",
        "dkim-signature",
        "x-received",
        "arc-seal",
        "content-transfer-encoding",
        "cc",
        "sender",
        "x-original-to",
    ]
)
_SURE_FIELDS = frozenset(
    ["received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature", "x-received"]
)
_HEAD_CHARS = 4_000
_CHARSET_SAMPLE_BYTES = 20_000  # detection time grows with the sample, its answer does not get better


PART_CUT = f"a text part is longer than {MAX_PART_CHARS} characters; the rest was not read"


def looks_like_headers(head: str) -> bool:
    """Return whether a text starts with the header fields of a raw message, not with a few words about one.

    A block copied from the window of a mail program ("From: ... Subject: ...") is text like any other; raw source shows
    at least one field that programs do not display.
    """
    names = []
    for line in head[:_HEAD_CHARS].lstrip("\r\n").splitlines():
        if not line or line[0] in " \t":
            if not line:
                break
            continue
        field = _FIELD.match(line)
        if not field:
            return False
        names.append(field[1].lower())
    known = set(names) & _KNOWN_FIELDS
    return len(known) >= 2 and bool(known & _SURE_FIELDS)


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are a raw message: by their header fields, or by the name where they leave it open."""
    head = data[:_HEAD_CHARS].decode("latin-1")
    first_line = head.lstrip("\r\n").split("\n", 1)[0]
    named = bool(filename) and str(filename).lower().endswith(".eml")
    return looks_like_headers(head) or (named and bool(_FIELD.match(first_line)))


def decode(data: bytes, charset: str | None) -> str:
    """Return bytes as text: by the declared charset, else UTF-8, else the best guess, else Latin-1; never fails."""
    for name in (charset, (charset or "").replace("-", ""), "utf-8-sig"):
        if not name:
            continue
        try:
            if codecs.lookup(name).name not in ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"):
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    guess = from_bytes(data[:_CHARSET_SAMPLE_BYTES]).best()
    try:
        return data.decode(guess.encoding if guess else "latin-1", "replace")
    except LookupError:
        return data.decode("latin-1")


def _header(mime: MimeMessage, name: str) -> str:
    try:
        raw = mime.get(name)
        pieces = decode_header(str(raw)) if raw is not None else []
    except (ValueError, LookupError, IndexError, MessageError):  # broken base64 in an encoded word
        pieces = [(str(mime.get(name, "")), None)]
    text = "".join(piece if isinstance(piece, str) else decode(piece, charset) for piece, charset in pieces)
    text = text.strip() or str(mime.get(name, ""))  # an encoded word that decodes to nothing is shown as it stands
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:MAX_HEADER_CHARS]


def _charset(mime: MimeMessage) -> str | None:
    try:
        return mime.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _source(mime: MimeMessage, *, pasted: bool) -> str:
    encoding = str(mime.get("content-transfer-encoding", "")).strip().lower()
    if pasted and encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode"):
        return str(mime.get_payload())  # these are characters already, whatever charset is declared
    try:
        data = mime.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = str(mime.get_payload()).encode("utf-8", "replace")
    return decode(data, _charset(mime)) if isinstance(data, bytes) else ""


def _leaves(mime: MimeMessage) -> Iterator[MimeMessage]:
    stack = [mime]
    while stack:
        part = stack.pop()
        children = part.get_payload() if part.is_multipart() else None
        if isinstance(children, list):
            stack.extend(child for child in reversed(children) if isinstance(child, MimeMessage))
        else:
            yield part


def read(source: bytes | str) -> Message:
    """Return the raw message. Raises UnreadableInputError where it holds neither text nor subject nor attachment."""
    try:
        mime = email.message_from_bytes(source) if isinstance(source, bytes) else email.message_from_string(source)
    except (ValueError, LookupError, RecursionError, AttributeError) as error:
        raise UnreadableInputError(
            "The structure of this mail is broken. Open the mail and paste its text.", code="binary"
        ) from error
    parts: list[Part] = []
    attachments: list[str] = []
    defects: list[str] = []
    for number, leaf in enumerate(_leaves(mime)):
        if number >= MAX_PARTS:
            defects.append(f"more than {MAX_PARTS} parts; the rest was not read")
            break
        if leaf.get_content_maintype() != "text" or leaf.get_content_disposition() == "attachment":
            if leaf.get_content_maintype() != "message" or leaf.get_payload():
                attachments.append(f"{_name(leaf)} ({leaf.get_content_type()})")
            continue
        text = _source(leaf, pasted=isinstance(source, str)).encode("utf-8", "replace").decode("utf-8")
        if len(text) > MAX_PART_CHARS:
            defects.append(PART_CUT)
        if text.strip():
            media_type = "text/html" if leaf.get_content_subtype() == "html" else "text/plain"
            parts.append(Part(media_type, text[:MAX_PART_CHARS]))
    subject = _header(mime, "subject")
    if not (parts or subject or attachments):
        raise UnreadableInputError("There is no text in this mail. Open it and paste what you see.", code="empty")
    return Message(
        parts=tuple(parts),
        subject=subject,
        sender=_header(mime, "from"),
        recipients=_header(mime, "to"),
        attachments=tuple(attachments),
        defects=tuple(defects),
    )


def _name(leaf: MimeMessage) -> str:
    try:
        name = leaf.get_filename() or ""
    except (ValueError, LookupError, TypeError, MessageError):
        name = ""
    name = " ".join(name[:MAX_NAME_CHARS].encode("utf-8", "replace").decode("utf-8").split())
    return name or "unnamed"

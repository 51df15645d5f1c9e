"""Raw messages (RFC 5322 with MIME), as mail programs save them.

The standard library parses the structure under its lenient `compat32` policy; its newer policies raise on hostile
charsets, boundaries and addresses. Every decoded value is guarded here.
"""

import base64
import email
import re
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as MimeMessage
from itertools import islice

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_ATTACHMENTS,
    MAX_HEADER_CHARS,
    MAX_HEADERS,
    MAX_MESSAGE_DEPTH,
    MAX_NAME_CHARS,
    MAX_PART_CHARS,
    MAX_PARTS,
    MAX_RESULTS,
)
from scamcheck.readers import charset
from scamcheck.types import Attachment, Message, Part, Wrapping

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
_WHOLE_MESSAGES = frozenset(("message/rfc822", "message/global", "message/news", "text/rfc822-headers"))
_SAYS_NOTHING = frozenset(
    (
        "message/delivery-status",
        "application/pgp-signature",
        "application/pgp-keys",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    )
)
_RESULTS = "authentication-results"  # RFC 8601
_OTHER_RESULTS = ("arc-authentication-results", "received-spf")  # RFC 8617, RFC 7208 section 9.1
_FILES_IN_TEXT = frozenset(("text/calendar", "text/rtf"))
_DATA_URI = re.compile(
    r"data:image/(?P<kind>[A-Za-z+.-]{1,20})(?:;[\w=.-]{1,40}){0,3};base64,(?P<data>[A-Za-z0-9+/=\s%]+)"
)

PART_CUT = f"a text part is longer than {MAX_PART_CHARS} characters; the rest was not read"


def looks_like_headers(head: str) -> bool:
    """Return whether a text starts with the header fields of a raw message, not with a few words about one.

    A block copied from the window of a mail program ("From: ... Subject: ...") is text like any other; raw source shows
    at least one field that programs do not display.
    """
    names = []
    lines = head[:_HEAD_CHARS].lstrip("\r\n").splitlines()
    for line in lines[:-1] if len(head) >= _HEAD_CHARS else lines:  # the last one is cut
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


def _header(mime: MimeMessage, name: str) -> str:
    try:
        raw = mime.get(name)
        pieces = decode_header(str(raw)) if raw is not None else []
    except (ValueError, LookupError, IndexError, MessageError):  # broken base64 in an encoded word
        pieces = [(str(mime.get(name, "")), None)]
    text = "".join(
        piece if isinstance(piece, str) else charset.repair(charset.decode(piece, declared))
        for piece, declared in pieces
    )
    text = text.strip() or str(mime.get(name, ""))  # an encoded word that decodes to nothing is shown as it stands
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:MAX_HEADER_CHARS]


def _authentication(mime: MimeMessage) -> tuple[tuple[str, str], ...]:
    """Return the topmost fields in which a server says what it found out about the sender, lower-case names first.

    A server writes them in a block, above or below the Received of its own; what stands below a further Received comes
    from a server before it, or is made up by the sender.
    """
    found: list[tuple[str, str]] = []
    for name, value in islice(mime.raw_items(), MAX_HEADERS):
        name, names = name.lower(), {each for each, _ in found}
        if len(found) == MAX_RESULTS or (name == "received" and _RESULTS in names):
            break
        if name == _RESULTS or (name in _OTHER_RESULTS and name not in names):
            found.append((name, " ".join(encodable(str(value)[:MAX_HEADER_CHARS]).split())))
    return tuple(found)


def _charset(mime: MimeMessage) -> str | None:
    try:
        return mime.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _bytes(mime: MimeMessage) -> bytes:
    """Return the decoded content of a leaf, as it stands where its encoding is broken."""
    try:
        data = mime.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, AttributeError):
        data = None
    return data if isinstance(data, bytes) else str(mime.get_payload()).encode("utf-8", "replace")


def _source(mime: MimeMessage, *, pasted: bool) -> str:
    encoding = str(mime.get("content-transfer-encoding", "")).strip().lower()
    if pasted and encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode"):
        return str(mime.get_payload())  # these are characters already, whatever charset is declared
    return charset.repair(charset.decode(_bytes(mime), _charset(mime)))


def read(source: bytes | str) -> Message:
    """Return the raw message. Raises UnreadableInputError where it holds neither text nor subject nor attachment."""
    mime = _parse(source)
    message = _Walk(pasted=isinstance(source, str)).message(mime) if mime is not None else _flat(source)
    if not (message.parts or message.subject or message.attachments or message.enclosed):
        raise UnreadableInputError("There is no text in this mail. Open it and paste what you see.", code="empty")
    return message


def _parse(source: bytes | str) -> MimeMessage | None:
    try:
        return email.message_from_bytes(source) if isinstance(source, bytes) else email.message_from_string(source)
    except (ValueError, LookupError, RecursionError, AttributeError):
        return None


def _flat(source: bytes | str) -> Message:
    """Return a mail whose structure the parser gave up on (nested a thousand deep), as the text that it is."""
    text = charset.decode(source, None) if isinstance(source, bytes) else source
    return Message(
        parts=(Part("text/plain", encodable(text)[:MAX_PART_CHARS]),),
        defects=("the structure of this mail is broken; it was read as plain text",),
    )


class _Walk:
    """Walks the MIME tree of one mail and sorts its leaves. The caps count over the whole tree."""

    def __init__(self, *, pasted: bool) -> None:
        self._pasted = pasted
        self._leaves_read = 0

    def message(self, mime: MimeMessage, wrapping: Wrapping = Wrapping.NOT, depth: int = 0) -> Message:
        """Return one message of the tree with those inside it."""
        parts: list[Part] = []
        attachments: list[Attachment] = []
        enclosed: list[Message] = []
        defects: list[str] = []
        returned = mime.get_content_type() == "multipart/report"
        stack = [mime]
        while stack:
            leaf = stack.pop()
            if leaf.get_content_type() in _WHOLE_MESSAGES and leaf is not mime:
                inner = _enclosed(leaf)
                if depth >= MAX_MESSAGE_DEPTH:
                    defects.append(f"more than {MAX_MESSAGE_DEPTH} messages inside one another; the rest was not read")
                elif inner is not None:
                    how = Wrapping.RETURNED if returned else Wrapping.ATTACHED
                    enclosed.append(self.message(inner, how, depth + 1))
                continue
            children = leaf.get_payload() if leaf.is_multipart() else None
            if isinstance(children, list) and leaf.get_content_type() != "message/delivery-status":
                stack.extend(child for child in reversed(children) if isinstance(child, MimeMessage))
                continue
            self._leaves_read += 1
            if self._leaves_read > MAX_PARTS:
                defects.append(f"more than {MAX_PARTS} parts; the rest was not read")
                break
            self._leaf(leaf, parts, attachments, defects)
        return Message(
            parts=tuple(parts),
            subject=_header(mime, "subject"),
            sender=_header(mime, "from"),
            recipients=_header(mime, "to"),
            date=_header(mime, "date"),
            reply_to=_header(mime, "reply-to"),
            submitter=_header(mime, "sender"),
            return_path=_header(mime, "return-path"),
            list_id=_header(mime, "list-id") or _header(mime, "list-post"),
            # what a mail server sends back has no word of the reader's own server in it
            authentication=_authentication(mime) if wrapping is not Wrapping.RETURNED else (),
            attachments=tuple(attachments),
            enclosed=tuple(enclosed),
            wrapping=wrapping,
            defects=tuple(dict.fromkeys(defects)),
        )

    def _leaf(self, leaf: MimeMessage, parts: list[Part], attachments: list[Attachment], defects: list[str]) -> None:
        kind = leaf.get_content_type()
        if kind in _SAYS_NOTHING:
            return
        broken_multipart = leaf.get_content_maintype() == "multipart"  # its boundary never comes: all is one text
        shown = leaf.get_content_maintype() == "text" and kind not in _FILES_IN_TEXT
        if not broken_multipart and (not shown or leaf.get_content_disposition() == "attachment"):
            data = _bytes(leaf)
            if data.strip():
                attachments.append(Attachment(_name(leaf), kind, data))
            return
        source = encodable(_source(leaf, pasted=self._pasted))
        media_type = "text/html" if leaf.get_content_subtype() in ("html", "x-amp-html") else "text/plain"
        if media_type == "text/html":
            attachments += pictures_inside(source)
        kept = cut(source)
        if len(kept) < len(source):
            defects.append(PART_CUT)
        if kept.strip():
            parts.append(Part(media_type, kept))


def _enclosed(leaf: MimeMessage) -> MimeMessage | None:
    """Return the message in a part that holds a whole one, or its header fields alone."""
    payload = leaf.get_payload()
    if isinstance(payload, list):
        return payload[0] if payload and isinstance(payload[0], MimeMessage) else None
    data = _bytes(leaf)  # encoded, against RFC 2046, or headers only: the parser left it as text
    return _parse(data) if data.strip() else None


def pictures_inside(source: str) -> list[Attachment]:
    """Return the pictures that an HTML source carries in itself (`data:` URIs, RFC 2397)."""
    found = []
    for match in islice(_DATA_URI.finditer(source), MAX_ATTACHMENTS):
        with suppress(ValueError):
            data = base64.b64decode(re.sub(r"\s|%0[aAdD]", "", match["data"]) + "==")
            found.append(Attachment("inline picture", f"image/{match['kind'].lower()}", data))
    return found


def cut(source: str) -> str:
    """Return the source up to `MAX_PART_CHARS`, pictures inside it not counted: they are no text."""
    left, at = MAX_PART_CHARS, 0
    for match in _DATA_URI.finditer(source):
        if match.start() - at >= left:
            break
        left -= match.start() - at
        at = match.end()
    return source[: at + left]


def encodable(text: str) -> str:
    """Return the text with `?` for lone surrogates, which cannot be encoded or shown."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _name(leaf: MimeMessage) -> str:
    try:
        name = leaf.get_filename() or ""
    except (ValueError, LookupError, TypeError, MessageError):
        name = ""
    return " ".join(encodable(name[:MAX_NAME_CHARS]).split()) or "unnamed"

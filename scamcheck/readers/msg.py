"""Outlook messages (.msg): properties ([MS-OXMSG], [MS-OXPROPS]) in the streams of a compound file ([MS-CFB])."""

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import islice

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_HEADER_CHARS,
    MAX_HEADERS,
    MAX_MESSAGE_DEPTH,
    MAX_NAME_CHARS,
    MAX_PART_CHARS,
    MAX_PARTS,
    MAX_RTF_BYTES,
)
from scamcheck.readers import charset, eml, rtf
from scamcheck.readers.compound import MAGIC, STORAGE, STREAM, CompoundFile, Entry, damaged
from scamcheck.types import Attachment, Message, Part, Wrapping

_PROPERTIES = "__properties_version1.0"
_STARTS = (_PROPERTIES, "__substg1.0_", "__recip_version1.0_", "__attach_version1.0_", "__nameid_version1.0")
_MARK = "__substg1.0_".encode("utf-16-le")
_ENDINGS = (".msg", ".oft")
_WHOLE, _EMBEDDED, _OTHER = 32, 24, 8  # bytes before the properties, [MS-OXMSG] 2.4.1
_LOCATION = 0x8208  # PidLidLocation
_OLE_OBJECT = 6  # PidTagAttachMethod
_TO = 1  # PidTagRecipientType
_VERSION_LINE = "Microsoft Mail Internet Headers Version 2.0"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9!#$&^_.+-]{1,100}", re.ASCII)
_MIME_FIELD = re.compile(rb"\s{0,20}[A-Za-z-]{1,40}:")
_CHARSET_IN_HTML = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_-]{2,40})")
_HTML_HEAD = 2_000

DAMAGED = "parts of this Outlook file are damaged; what could be read of it was read"
ENCRYPTED = "the text of this mail is encrypted or signed in a form that cannot be read; open it and paste its text"
TWO_TEXTS = "the plain and the rich text of this mail say different things; both were read"


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are an Outlook message: a compound file with message properties at its root.

    A file too damaged to tell is one where its name or the name of a property in it says so; `read` then raises.
    """
    if not data.startswith(MAGIC):
        return False
    try:
        file = CompoundFile(data)
        names = file.children(file.root)
    except UnreadableInputError:
        names = {}
    if names:
        return any(name.startswith(_STARTS) for name in names)
    return (filename or "").lower().endswith(_ENDINGS) or _MARK in data


def read(data: bytes, filename: str | None) -> Message:
    """Return the message with those that are attached to it. Its name says nothing that the content does not.

    Raises UnreadableInputError, code `damaged` or `empty`, where nothing of it can be read.
    """
    del filename
    file = CompoundFile(data)
    message = _Reader(file).message(file.root, _WHOLE, Wrapping.NOT, 0)
    if message.parts or message.subject or message.attachments or message.enclosed:
        return message
    if file.damaged:
        raise damaged()
    raise UnreadableInputError("There is no text in this mail. Open it and paste what you see.", code="empty")


class _Item:
    """A storage with properties: a message, a recipient or an attachment. Absent values are empty."""

    def __init__(self, file: CompoundFile, entry: Entry, head: int, codec: str | None = None) -> None:
        self._file = file
        self.children = file.children(entry)
        data = self._stream(_PROPERTIES)[head:][: 16 * MAX_HEADERS]
        self._fixed: dict[int, int] = dict(struct.iter_unpack("<I4xQ", data[: len(data) // 16 * 16]))
        pages = (rtf.codec_of(self.number(name)) for name in (0x3FFD, 0x3FDE))  # of the message, of its sender
        self.codec = next((page for page in pages if page and not page.startswith("utf-16")), codec)

    def _stream(self, name: str) -> bytes:
        entry = self.children.get(name)
        return self._file.stream(entry) if entry is not None and entry.kind == STREAM else b""

    def number(self, name: int) -> int | None:
        value = self._fixed.get(name << 16 | 0x0003)
        return None if value is None else value & 0xFFFFFFFF

    def date(self, name: int) -> str:
        microseconds = self._fixed.get(name << 16 | 0x0040, 0) // 10
        try:
            return format_datetime(_EPOCH + timedelta(microseconds=microseconds)) if microseconds else ""
        except (OverflowError, ValueError):
            return ""

    def binary(self, name: int) -> bytes:
        return self._stream(f"__substg1.0_{name:04x}0102")

    def text(self, name: int) -> str:
        data = self._stream(f"__substg1.0_{name:04x}001f")
        text = data.decode("utf-16-le", "replace")
        if not data and (data := self._stream(f"__substg1.0_{name:04x}001e").rstrip(b"\0")):
            text = charset.decode(data, self.codec)
        return charset.repair(text.replace("\0", ""))

    def line(self, *names: int) -> str:
        """Return the first of these texts that is there, as one line."""
        lines = (" ".join(self.text(name)[:MAX_HEADER_CHARS].split()) for name in names)
        return next(filter(None, lines), "")

    def person(self, name: int, *addresses: int) -> str:
        """Return the name and the mail address, `anna <anna@example.org>`; an address inside Exchange is left out."""
        shown = self.line(name)
        address = next((found for found in map(self.line, addresses) if "@" in found), "")
        return f"{shown} <{address}>" if shown and address and shown != address else address or shown

    def html(self) -> str:
        data = self.binary(0x1013)
        if not data:
            return self.text(0x1013)
        named = _CHARSET_IN_HTML.search(data[:_HTML_HEAD])
        declared = rtf.codec_of(self.number(0x3FDE)) or (named[1].decode("ascii") if named else self.codec)
        return charset.repair(charset.decode(data.rstrip(b"\0"), declared).replace("\0", ""))


class _Reader:
    """Reads the messages of one file. The caps count over all of them."""

    def __init__(self, file: CompoundFile) -> None:
        self._file = file
        self._items_read = 0
        self._rtf_left = MAX_RTF_BYTES
        self._location: int | None = None

    def message(self, entry: Entry, head: int, wrapping: Wrapping, depth: int, codec: str | None = None) -> Message:
        """Return one message with those attached to it."""
        item = _Item(self._file, entry, head, codec)
        kind = item.line(0x001A).upper()
        if head == _WHOLE:
            self._location = self._named(item, _LOCATION)
        people = [self._inside(item, each) for each in islice(_storages(item, "__recip"), MAX_PARTS)]
        defects: list[str] = []
        attachments: list[Attachment] = []
        parts: list[Part] = []
        for source in self._texts(item, people, kind, defects):
            if source.media_type == "text/html":
                attachments += eml.pictures_inside(source.source)
            kept = eml.cut(source.source)
            if len(kept) < len(source.source):
                defects.append(eml.PART_CUT)
            if (kept.strip() or source.hidden) and self._counts(defects):
                parts.append(replace(source, source=kept))
        enclosed: list[Message] = []
        how = Wrapping.RETURNED if kind.startswith("REPORT.") else Wrapping.ATTACHED
        for each in _storages(item, "__attach"):
            if not self._counts(defects):
                break
            found = self._attached(self._inside(item, each), how, depth, defects)
            if isinstance(found, Message):
                enclosed.append(found)
            elif found is not None:
                attachments.append(found)
        if kind.startswith(("IPM.NOTE.SMIME", "IPM.NOTE.SECURE")):
            attachments = [_signed(each) for each in attachments]
            if not parts and not any(each.media_type == "message/rfc822" for each in attachments):
                defects.append(ENCRYPTED)
        if self._file.damaged:
            defects.append(DAMAGED)
        sent, sender = _transported(item), _sender(item)
        return Message(
            parts=tuple(parts),
            subject=_subject(item) or sent.subject or item.line(0x0070),
            sender=sender if "@" in sender else sent.sender or sender,
            recipients=_recipients(people) or sent.recipients or item.line(0x0E04),
            date=item.date(0x0039) or item.date(0x0E06) or sent.date or item.date(0x0060),
            reply_to=sent.reply_to or _reply_to(item),
            submitter=sent.submitter or _submitter(item, sender),
            return_path=sent.return_path,
            list_id=sent.list_id,
            authentication=sent.authentication if wrapping is not Wrapping.RETURNED else (),
            attachments=tuple(attachments),
            enclosed=tuple(enclosed),
            wrapping=wrapping,
            defects=tuple(dict.fromkeys(defects)),
        )

    def _inside(self, item: _Item, entry: Entry) -> _Item:
        return _Item(self._file, entry, _OTHER, item.codec)

    def _counts(self, defects: list[str]) -> bool:
        self._items_read += 1
        if self._items_read > MAX_PARTS:
            defects.append(f"more than {MAX_PARTS} parts; the rest was not read")
        return self._items_read <= MAX_PARTS

    def _named(self, item: _Item, number: int) -> int | None:
        """Return the place of a property that is known by a number of its own, [MS-OXMSG] 2.2.3.1."""
        entry = item.children.get("__nameid_version1.0")
        names = self._inside(item, entry).binary(0x0003)[: 8 * MAX_HEADERS] if entry is not None else b""
        for found, kind, place in struct.iter_unpack("<IHH", names[: len(names) // 8 * 8]):
            if found == number and not kind & 1:
                return 0x8000 + int(place)
        return None

    def _texts(self, item: _Item, people: list[_Item], kind: str, defects: list[str]) -> Iterator[Part]:
        """Yield the texts of a message as parts: plain, HTML, the place of a meeting, the reasons in a report."""
        plain, html, hidden = item.text(0x1000), item.html(), ""
        rich = None if html.strip() else self._rich(item, defects)
        if rich is not None and rich.media_type == "text/html":
            html = rich.source
        elif rich is not None:
            words, known = rich.source.split(), set(plain.split())
            plain, hidden = plain if plain.strip() else rich.source, rich.hidden
            if known and sum(word not in known for word in words) * 5 > len(words):
                defects.append(TWO_TEXTS)
                yield Part("text/plain", rich.source)
            if rich.pictures:
                defects.append(f"pictures in the rich text were not read: {rich.pictures}")
        yield Part("text/plain", plain, hidden=hidden)
        yield Part("text/html", html)
        if self._location is not None and kind.startswith(("IPM.APPOINTMENT", "IPM.SCHEDULE")):
            yield Part("text/plain", item.text(self._location))
        if kind.startswith("REPORT.") and not (plain.strip() or html.strip()):
            for each in (item, *people):
                yield Part("text/plain", each.text(0x1001) or each.text(0x0C1B))

    def _rich(self, item: _Item, defects: list[str]) -> rtf.RichText | None:
        packed = item.binary(0x1009)
        if not packed:
            return None
        data, problems = rtf.decompress(packed, max(0, self._rtf_left))
        self._rtf_left -= len(data)
        defects += problems
        return rtf.convert(data)

    def _attached(self, item: _Item, how: Wrapping, depth: int, defects: list[str]) -> Attachment | Message | None:
        """Return what an attachment holds. What cannot be read becomes a defect."""
        shown = filter(str.isprintable, item.line(0x3707, 0x3704, 0x3001)[:MAX_NAME_CHARS])  # no turned direction
        name = "".join(shown).strip() or "unnamed"
        entry = item.children.get("__substg1.0_3701000d")
        if entry is None or entry.kind != STORAGE:
            media_type = item.line(0x370E).lower()
            if not _MEDIA_TYPE.fullmatch(media_type):
                media_type = "application/octet-stream"
            if data := item.binary(0x3701):
                return Attachment(name, media_type, data)
            defects.append(f"attachment not read: {name}: it is not in the file")
        elif item.number(0x3705) == _OLE_OBJECT:
            defects.append(f"attachment not read: {name}: an object of another program")
        elif depth >= MAX_MESSAGE_DEPTH:
            defects.append(f"more than {MAX_MESSAGE_DEPTH} messages inside one another; the rest was not read")
        else:
            return self.message(entry, _EMBEDDED, how, depth + 1, item.codec)
        return None


def _storages(item: _Item, start: str) -> Iterator[Entry]:
    return (entry for name, entry in item.children.items() if name.startswith(start) and entry.kind == STORAGE)


def _signed(attachment: Attachment) -> Attachment:
    """Return the whole mail that stands in the one attachment of a clear-signed one, [MS-OXOSMIME] 2.1.3.1."""
    if not _MIME_FIELD.match(attachment.data):
        return attachment
    return Attachment(f"{attachment.name}.eml", "message/rfc822", attachment.data)


def _transported(item: _Item) -> Message:
    """Return the header fields that the mail came with, as a message without text."""
    fields = item.text(0x007D)[:MAX_PART_CHARS].strip().removeprefix(_VERSION_LINE).strip()
    try:
        return eml.read(f"{fields}\r\n\r\n-") if fields else Message(())
    except UnreadableInputError:
        return Message(())


def _subject(item: _Item) -> str:
    subject = item.line(0x0037) or f"{item.line(0x003D)} {item.line(0x0E1D)}".strip()
    return subject[2:] if subject.startswith("\x01") else subject  # mark and length of the "Re: " in front


def _sender(item: _Item) -> str:
    """Return the one in whose name a mail was sent, else the one who sent it; who has a mail address comes first."""
    people = (item.person(0x0042, 0x5D02, 0x0065), item.person(0x0C1A, 0x5D01, 0x0C1F))
    return next((each for each in people if "@" in each), people[0] or people[1])


def _submitter(item: _Item, sender: str) -> str:
    """Return the one who sent a mail in the name of another, as the field Sender has it; empty where both are one."""
    person = item.person(0x0C1A, 0x5D01, 0x0C1F)
    return person if "@" in person and person != sender else ""


def _reply_to(item: _Item) -> str:
    """Return where answers go (PidTagReplyRecipientNames), where that is a mail address and not a name alone."""
    names = item.line(0x0050)
    return names if "@" in names else ""


def _recipients(people: list[_Item]) -> str:
    direct = [each for each in people if (each.number(0x0C15) or _TO) & 0xF == _TO]
    shown = (each.person(0x3001, 0x39FE, 0x3003) for each in direct or people)
    return ", ".join(filter(None, shown))[:MAX_HEADER_CHARS]

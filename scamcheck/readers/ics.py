"""Calendar files (iCalendar, RFC 5545; the older vCalendar 1.0 as well): invitations are used to send threats.

Content lines are parsed by the icalendar package one by one, not as a tree: a tree drops an event that is never ended,
and a line that breaks the grammar takes its event along. What the package refuses is read by the same rules without
their strictness, so that nothing is lost.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from icalendar.parser import Contentline

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_ATTACHMENTS, MAX_CALENDAR_LINES, MAX_HEADER_CHARS, MAX_PART_CHARS, MAX_PARTS
from scamcheck.readers.archive import shown_name
from scamcheck.readers.charset import decode, repair
from scamcheck.types import Attachment, Message, Part

_HEAD_BYTES = 1_000
_ENDINGS = (".ics", ".ical", ".icalendar", ".ifb", ".vcs")
_FOLD = re.compile(r"\r?\n[ \t]")
_BYTE_FOLD = re.compile(rb"\r?\n[ \t]")  # before decoding: programs fold in the middle of a character
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})([;:])")
_HEAD_CHARS = 20_000  # of a long line, in which its parameters stand
_PARAMETER = re.compile(r";[ \t]{0,9}([A-Za-z0-9-]{1,60})[ \t]{0,9}=[ \t]{0,9}(\"[^\"]{0,2000}\"|[^;\"]{0,2000})")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_DATA_HTML = re.compile(r"data:text/html[^,]{0,80},", re.IGNORECASE)
_DATA = re.compile(r"data:([a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60})?[^,]{0,80};base64,", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_MAX_STRICT_CHARS = 20_000  # the package walks every character in Python; longer lines are attached files
_DAMAGED = "the calendar is damaged; its text was read as far as it goes"
_TEXTS = frozenset(
    ("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-WR-CALDESC")
)
_ADDRESSES = frozenset(("URL", "CONFERENCE", "SOURCE"))
_FILES = frozenset(("ATTACH", "IMAGE"))
_HTML = frozenset(("X-ALT-DESC", "STYLED-DESCRIPTION"))  # Outlook's, and RFC 9073, 6.5
_NOT_TEXT = frozenset(
    (
        *("ACKNOWLEDGED", "ACTION", "BUSYTYPE", "CALSCALE", "CLASS", "COLOR", "COMPLETED", "CONCEPT", "CREATED"),
        *("DTEND", "DUE", "DURATION", "EXDATE", "EXRULE", "FREEBUSY", "GEO", "LAST-MODIFIED", "LINK", "METHOD"),
        *("PERCENT-COMPLETE", "PRIORITY", "PRODID", "PROXIMITY", "RDATE", "RECURRENCE-ID", "REFID", "REFRESH-INTERVAL"),
        *("RELATED-TO", "REPEAT", "REQUEST-STATUS", "RESOURCES", "RRULE", "SEQUENCE", "STATUS", "STRUCTURED-DATA"),
        *(
            "TRANSP",
            "TRIGGER",
            "TZID",
            "TZID-ALIAS-OF",
            "TZNAME",
            "TZOFFSETFROM",
            "TZOFFSETTO",
            "TZUNTIL",
            "TZURL",
            "TZ",
        ),
        *("UID", "VERSION", "DAYLIGHT", "AALARM", "DALARM", "MALARM", "PALARM", "DCREATED", "RNUM"),
        *("PARTICIPANT-TYPE", "CALENDAR-ADDRESS", "LOCATION-TYPE", "RESOURCE-TYPE"),
    )
)
"""The other properties of the IANA registry of iCalendar and of vCalendar 1.0, which programs do not show as text."""


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value of a TEXT property, its escapes undone (RFC 5545, 3.3.11)."""
        value = self.value
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":  # vCalendar 1.0
            data = quopri.decodestring(value.encode("utf-8", "replace"))
            value = decode(data, self.parameters.get("CHARSET"))
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are a calendar: by their first line, or by the name where they are text at least."""
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return True
    named = bool(filename) and str(filename).lower().endswith(_ENDINGS)
    return named and (b"BEGIN:V" in head.upper() or _NAME.match(head.decode("latin-1")) is not None)


def read(data: bytes, filename: str | None) -> Message:
    """Return all events of a calendar as one message; the first summary is its subject, the organizer its sender.

    Raises UnreadableInputError where there is neither text nor an attached file.
    """
    reader = _Reader(filename or "")
    lines = filter(str.strip, _lines(data))
    for line in islice(lines, MAX_CALENDAR_LINES):
        reader.take(line)
    if next(lines, None) is not None:
        reader.stop()
    message = reader.message()
    if not (message.parts or message.subject or message.attachments):
        raise UnreadableInputError(
            "There is no text in this calendar file. Open it in a calendar and paste what you see.", code="empty"
        )
    return message


def _lines(data: bytes) -> Iterator[str]:
    """Yield the content lines, unfolded."""
    text = _FOLD.sub("", decode(data, None)) if b"\0" in data else decode(_BYTE_FOLD.sub(b"", data), None)
    open_line: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        # vCalendar 1.0 continues a quoted-printable value behind a "=" at the end of the line
        quoted = bool(open_line) or "QUOTED-PRINTABLE" in line[:200].upper()
        if quoted and line.endswith("="):
            open_line.append(line[:-1])
            continue
        yield "".join((*open_line, line))
        open_line = []
    yield "".join(open_line)


def _parse(line: str) -> tuple[_Property | None, bool]:
    """Return the property of a content line, and whether the line is well formed; no property for a torn one."""
    if len(line) <= _MAX_STRICT_CHARS:
        try:
            name, parameters, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            pass
        else:
            given = {str(key).upper(): _flat(each) for key, each in parameters.items()}
            return _Property(str(name).upper(), given, str(value)), True
    match = _NAME.match(line)
    end = _value_start(line[:_HEAD_CHARS])
    if match is None or not end:
        return None, False
    given = {each[1].upper(): each[2].strip('" ') for each in _PARAMETER.finditer(line[match.end() - 1 : end - 1])}
    return _Property(match[1].upper(), given, line[end:]), len(line) > _MAX_STRICT_CHARS


def _value_start(head: str) -> int:
    """Return where the value starts: behind the first colon outside of quotes, or the first of all; 0 without any."""
    is_quoted = False
    for at, char in enumerate(head):
        if char == '"':
            is_quoted = not is_quoted
        elif char == ":" and not is_quoted:
            return at + 1
    return head.find(":") + 1


def _flat(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


def _person(parsed: _Property) -> str:
    """Return who organizes or attends, as in the header of a mail."""
    address = re.sub(r"^\s*mailto:", "", parsed.value, flags=re.IGNORECASE).strip()
    name = parsed.parameters.get("CN", "").strip('" ')
    return " ".join((f"{name} <{address}>" if name and name != address else address).split())[:MAX_HEADER_CHARS]


def _day(value: str) -> str:
    """Return a date of iCalendar in a form to read, or what stands there."""
    match = _DATE.match(value)
    if match is None:
        return value[:MAX_HEADER_CHARS]
    time = f" {match[4]}:{match[5]}{' UTC' if match[6] else ''}" if match[4] else ""
    return f"{match[1]}-{match[2]}-{match[3]}{time}"


class _Reader:
    """Collects what the properties of a calendar say, in their order, each text once."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._subject = ""
        self._sender = ""
        self._recipients: dict[str, None] = {}
        self._dates: dict[str, str] = {}
        self._texts: dict[str, None] = {}
        self._pages: dict[str, None] = {}
        self._attachments: list[Attachment] = []
        self._defects: dict[str, None] = {}
        self._open: list[str] = []
        self._left = 0

    def take(self, line: str) -> None:
        """Take one content line."""
        parsed, is_well_formed = _parse(line)
        if not is_well_formed:
            self._defects[_DAMAGED] = None
        if parsed is None:
            self._torn(line)
            return
        name = parsed.name
        if name == "BEGIN":
            self._open.append(parsed.value.strip().upper())
        elif name == "END":
            self._open[-1:] = []
        elif name in _TEXTS:
            self._text(parsed)
        elif name in _HTML:
            is_html = "html" in parsed.parameters.get("FMTTYPE", "html").lower()
            (self._pages if is_html else self._texts)[parsed.text] = None
        elif name in _ADDRESSES:
            self._texts[parsed.value.strip()] = None
        elif name in _FILES:
            self._file(parsed)
        elif name == "ORGANIZER":
            self._sender = self._sender or _person(parsed)
        elif name == "ATTENDEE":
            self._recipients[_person(parsed)] = None
        elif name in ("DTSTART", "DTSTAMP"):
            if "VTIMEZONE" not in self._open[-2:]:  # there it says since when the zone is as it is
                self._dates.setdefault(name, parsed.value.strip())
        elif name not in _NOT_TEXT and not name.startswith("X-"):
            self._torn(line)

    def _torn(self, line: str) -> None:
        """Keep a line that is no property: the tail of a text that somebody broke without folding it."""
        self._texts[line.strip()] = None
        self._defects[_DAMAGED] = None

    def stop(self) -> None:
        """Note that lines were left out."""
        self._defects[f"the calendar has more than {MAX_CALENDAR_LINES} lines; the rest was not read"] = None

    def _text(self, parsed: _Property) -> None:
        if parsed.name == "SUMMARY" and not self._subject and self._open[-1:] != ["VALARM"]:
            self._subject = " ".join(parsed.text.split())[:MAX_HEADER_CHARS]
        elif parsed.text:
            self._texts[parsed.text] = None
        page = parsed.parameters.get("ALTREP", "")  # Thunderbird: the same text as HTML
        if match := _DATA_HTML.match(page):
            source = _PERCENT.sub(lambda each: chr(int(each[1], 16)), page[match.end() :])
            self._pages[decode(source.encode("latin-1", "replace"), None)] = None

    def _file(self, parsed: _Property) -> None:
        inline = _DATA.match(parsed.value)
        if not inline and parsed.parameters.get("ENCODING", "").upper() != "BASE64":
            if not parsed.value.lower().startswith("cid:"):  # a part of the mail that brought the calendar
                self._texts[parsed.value.strip()] = None
            return
        if len(self._attachments) >= MAX_ATTACHMENTS:
            self._left += 1
            return
        try:
            data = binascii.a2b_base64(parsed.value[inline.end() if inline else 0 :])
        except ValueError:
            self._defects["a file attached to the calendar is damaged and was not read"] = None
            return
        given = parsed.parameters
        name = given.get("FILENAME") or given.get("X-FILENAME") or given.get("X-APPLE-FILENAME") or ""
        media_type = given.get("FMTTYPE") or (inline and inline[1]) or "application/octet-stream"
        self._attachments.append(Attachment(shown_name(name), shown_name(media_type.lower()), data))

    def message(self) -> Message:
        """Return what was collected."""
        if self._left:
            self._defects[f"{self._left} more files attached to the calendar were not read"] = None
        sources = [("text/plain", "\n\n".join(filter(None, self._texts)))]
        sources += [("text/html", page) for page in self._pages]
        parts = []
        for media_type, source in sources[:MAX_PARTS]:
            if len(source) > MAX_PART_CHARS:
                self._defects[f"the text of the calendar is longer than {MAX_PART_CHARS} characters; it was cut"] = None
            if source.strip():
                parts.append(Part(media_type, repair(source[:MAX_PART_CHARS]), name=self._filename))
        if len(sources) > MAX_PARTS:
            self._defects[f"the calendar has more than {MAX_PARTS} texts; the rest was not read"] = None
        return Message(
            parts=tuple(parts),
            subject=repair(self._subject),
            sender=repair(self._sender),
            recipients=repair(", ".join(self._recipients)[:MAX_HEADER_CHARS]),
            date=_day(self._dates.get("DTSTART") or self._dates.get("DTSTAMP") or ""),
            attachments=tuple(self._attachments),
            defects=tuple(self._defects),
        )

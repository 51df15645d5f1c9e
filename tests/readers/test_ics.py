import base64
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck import limits
from scamcheck.errors import UnreadableInputError
from scamcheck.readers import ics
from scamcheck.types import Message

DAMAGED = "the calendar is damaged; its text was read as far as it goes"


def read(*lines: str, end: str = "\r\n") -> Message:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    return ics.read(end.join(body).encode(), "invite.ics")


def test_an_invitation():
    message = read(
        "DTSTAMP:20250101T080000Z",
        "DTSTART;TZID=Europe/Berlin:20250206T120000",
        "SUMMARY:I recorded you\\, pay now",
        "DESCRIPTION:I have your video.\\n\\nSend 1200 USD\\; you have C:\\\\time.",
        "LOCATION:Your camera",
        "COMMENT:Do not reply",
        "URL:https://pay.example/x",
        'ORGANIZER;CN="Hacker, The":mailto:a@example.org',
        "ATTENDEE;CN=Bea;RSVP=TRUE:MAILTO:b@example.org",
        "ATTENDEE:mailto:c@example.org",
    )
    assert message.subject == "I recorded you, pay now"
    assert message.sender == "Hacker, The <a@example.org>"
    assert message.recipients == "Bea <b@example.org>, c@example.org"
    assert message.date == "2025-02-06 12:00"
    assert message.defects == ()
    part = message.parts[0]
    assert (part.media_type, part.name) == ("text/plain", "invite.ics")
    assert part.source == (
        "I have your video.\n\nSend 1200 USD; you have C:\\time.\n\nYour camera\n\nDo not reply\n\nhttps://pay.example/x"
    )


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("DTSTART;VALUE=DATE:20250206", "2025-02-06"),
        ("DTSTAMP:20250101T080000Z", "2025-01-01 08:00 UTC"),
        ("DTSTART:soon", "soon"),
    ],
)
def test_dates(line, date):
    assert read("SUMMARY:x", line).date == date


def test_the_start_of_a_time_zone_is_no_date():
    zone = ["BEGIN:VTIMEZONE", "BEGIN:STANDARD", "DTSTART:16010101T000000", "END:STANDARD", "END:VTIMEZONE"]
    assert read("SUMMARY:x", *zone, "DTSTART:20250206T120000").date == "2025-02-06 12:00"


def test_html_is_a_part_of_its_own():
    message = read("SUMMARY:x", "DESCRIPTION:plain", "X-ALT-DESC;FMTTYPE=text/html:<p>Pay\\, now</p>")
    assert [(part.media_type, part.source) for part in message.parts] == [
        ("text/plain", "plain"),
        ("text/html", "<p>Pay, now</p>"),
    ]
    message = read('DESCRIPTION;ALTREP="data:text/html,%3Cb%3EH%C3%A9%3C/b%3E":plain')
    assert message.parts[1].source == "<b>Hé</b>"


def test_several_events_and_alarms_are_read_each_text_once():
    alarm = ["BEGIN:VALARM", "SUMMARY:Alarm", "DESCRIPTION:Pay before it rings", "END:VALARM"]
    message = read(
        *alarm, "SUMMARY:First", "DESCRIPTION:Same", "END:VEVENT", "BEGIN:VTODO", "SUMMARY:Second", "DESCRIPTION:Same"
    )
    assert message.subject == "First"
    assert message.parts[0].source == "Alarm\n\nPay before it rings\n\nSame\n\nSecond"


def test_a_folded_line_is_one_line_even_within_a_character():
    head = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:"
    text = "Grüße aus Köln"
    for place in range(1, len(text.encode())):
        folded = text.encode()[:place] + b"\r\n " + text.encode()[place:]
        assert ics.read(head + folded + b"\r\nEND:VEVENT\r\n", None).parts[0].source == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_charsets(codec):
    data = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Grüße\r\nDESCRIPTION:Für\r\n  dich, schöne Grüße\r\n".encode(
        codec
    )
    assert ics.matches(data, None)
    message = ics.read(data, None)
    assert (message.subject, message.parts[0].source) == ("Grüße", "Für dich, schöne Grüße")


def test_the_older_format_with_quoted_printable():
    message = read(
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe=0D=0A=", "Zweite Zeile=20=", "Ende"
    )
    assert message.parts[0].source == "Grüße\nZweite Zeile Ende".replace("\n", "\r\n")
    assert message.defects == ()


def test_attached_files():
    data = b"\x89PNG" * 100
    coded = base64.b64encode(data).decode()
    message = read(
        "SUMMARY:x",
        f"ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=../a.png:{coded}",
        f"IMAGE;VALUE=URI:data:image/png;base64,{coded}",
        "ATTACH:https://files.example/x.pdf",
        "ATTACH:cid:part1@example.org",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:abcde",
    )
    assert [(each.name, each.media_type, each.data) for each in message.attachments] == [
        ("../a.png", "image/png", data),
        ("unnamed", "image/png", data),
    ]
    assert message.parts[0].source == "https://files.example/x.pdf"
    assert message.defects == ("a file attached to the calendar is damaged and was not read",)


def test_more_files_than_the_cap_are_counted():
    line = "ATTACH;ENCODING=BASE64;VALUE=BINARY:YWJj"
    message = read("SUMMARY:x", *[line] * (limits.MAX_ATTACHMENTS + 2))
    assert len(message.attachments) == limits.MAX_ATTACHMENTS
    assert message.defects == ("2 more files attached to the calendar were not read",)


@pytest.mark.parametrize(
    "broken",
    [
        "DESCRIPTION:Pay now",  # never ended: the tree of the package would drop it
        "DESCRIPTION:Pay now\nEND:VTODO\nEND:VEVENT\nEND:VEVENT\nEND:VEVENT",
        "BEGIN:VEVENT\nBEGIN:VEVENT\nDESCRIPTION:Pay now",
        "DTSTART:nonsense\nRRULE:FREQ=NEVER\nDESCRIPTION:Pay now",
        "BEGIN:VTIMEZONE\nDTSTART:19000101T000000\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nDESCRIPTION:Pay now",
    ],
)
def test_structure_does_not_matter(broken):
    message = ics.read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{broken}".encode(), None)
    assert message.parts[0].source == "Pay now"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("DESCRIPTION;:Pay now", "Pay now"),
        ('DESCRIPTION;ALTREP="x:Pay now', "Pay now"),
        ("DESCRIPTION:Pay\nBitcoin: bc1q\nhttps://pay.example", "Pay\n\nBitcoin: bc1q\n\nhttps://pay.example"),
        ("DESCRIPTION;X:Pay now", "Pay now"),
        ("DESCRIPTION:Pay\nnow or else", "Pay\n\nnow or else"),
        ("Pay now, said the voice", "Pay now, said the voice"),
    ],
)
def test_lines_that_break_the_grammar_are_read_with_a_defect(line, text):
    message = read(line, end="\n")
    assert message.parts[0].source == text
    assert message.defects == (DAMAGED,)


def test_a_long_text_is_cut_with_a_defect():
    message = read("SUMMARY:x", "DESCRIPTION:" + "pay now " * limits.MAX_PART_CHARS)
    assert len(message.parts[0].source) == limits.MAX_PART_CHARS
    assert message.defects == (
        f"the text of the calendar is longer than {limits.MAX_PART_CHARS} characters; it was cut",
    )


@pytest.mark.parametrize("body", ["", "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"])
def test_a_calendar_without_text(body):
    with pytest.raises(UnreadableInputError) as caught:
        ics.read(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode(), None)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"BEGIN:VCALENDAR\r\n", None, True),
        (b"\r\n  begin:vcalendar\r\n", "x.txt", True),
        (b"SUMMARY:torn\r\n", "x.ICS", True),
        (b"SUMMARY:torn\r\n", "x.txt", False),
        (b"Hello, you sent BEGIN:VCALENDAR to me", None, False),
        (b"\x89PNG\r\n", "x.ics", False),
        (b"", "x.ics", False),
    ],
)
def test_it_is_told_by_its_first_line(data, name, expected):
    assert ics.matches(data, name) is expected


HOSTILE = {
    "lines": "COMMENT:x{0}\r\n" * 500_000,
    "parameters": "SUMMARY" + ";A=b" * 300_000 + ":x",
    "quotes": "SUMMARY;A=" + '"' * 1_000_000 + ":x",
    "semicolons": "SUMMARY" + ";" * 1_000_000,
    "nested": "BEGIN:VEVENT\r\n" * 70_000,
    "folds": "SUMMARY:x" + "\r\n " * 300_000,
    "escapes": "SUMMARY:" + "\\n" * 500_000,
    "blank lines": "\r\n" * 500_000 + "SUMMARY:x",
    "soft breaks": "SUMMARY;ENCODING=QUOTED-PRINTABLE:x=\r\n" * 30_000,
    "attached": "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 3_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_calendars_take_bounded_time(name):
    data = f"BEGIN:VCALENDAR\r\nDESCRIPTION:Pay now\r\n{HOSTILE[name]}\r\n".encode()
    started = time.perf_counter()
    message = ics.read(data, None)
    assert time.perf_counter() - started < 60
    assert message.parts[0].source.startswith("Pay now")


def test_lines_past_the_cap_are_named():
    message = read(*["COMMENT:x"] * limits.MAX_CALENDAR_LINES)
    assert message.defects == (f"the calendar has more than {limits.MAX_CALENDAR_LINES} lines; the rest was not read",)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), max_size=8), st.sampled_from('\r\n;:="\\')
)
def test_any_text_gives_a_message_or_the_one_error(pieces, glue):
    with contextlib.suppress(UnreadableInputError):
        assert read(*pieces, glue.join(pieces)).date == ""


@settings(max_examples=100, deadline=None)
@given(st.text("abcäßжあ1 ,;:\\\"'\n%=+", min_size=1).filter(str.strip))
def test_every_text_comes_back(text):
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    assert read(f"DESCRIPTION:{escaped}").parts[0].source == text.strip()

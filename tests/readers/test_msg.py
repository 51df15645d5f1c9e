import datetime
import struct
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_HEADER_CHARS,
    MAX_MESSAGE_DEPTH,
    MAX_NAME_CHARS,
    MAX_PART_CHARS,
    MAX_PARTS,
    MAX_RTF_BYTES,
)
from scamcheck.readers import msg, rtf
from scamcheck.types import Attachment, Message, Wrapping
from tests.readers import cfb
from tests.readers.cfb import BYTES, NUMBER, TEXT, TEXT8, TIME

LETTER = "I recorded you. Pay 900 EUR in Bitcoin within 48 hours."
RUSSIAN = "Я записал вас на камеру. Переведите 900 евро в биткоинах."
SENT = datetime.datetime(2026, 3, 2, 10, 30, tzinfo=datetime.UTC)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n" + bytes(90)

ENCAPSULATED = (
    rb"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset128 MS Gothic;}}"
    rb"{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0\fs24"
    b"\r\n"
    rb"{\*\htmltag19 <html>}{\*\htmltag64}{\*\htmltag50 <body style=\'22color:#000\'22 title=\'22\'ff\'22>}"
    rb"\htmlrtf {\htmlrtf0 {\*\mhtmltag84 <a href=\'22cid:1\'22>}{\*\htmltag84 <a href=\'22https://pay.example\'22>}"
    rb"\htmlrtf \f0 not this\htmlrtf0 Pay \'cf\'f0\'e8\'e2\'e5\'f2 \u8364? \{now\}{\*\htmltag92 </a>}"
    rb"{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0 \f1\'83\'65\'83\'58\'83\'67\f0\line end\par"
    rb"\htmlrtf }\htmlrtf0 {\*\htmltag58 </body>}{\*\htmltag27 </html>}}"
)


def read(values, recipients=(), attachments=()):
    data = cfb.msg(values, recipients, attachments)
    assert msg.matches(data, None)
    return msg.read(data, "mail.msg")


def rich(source, more=None):
    return read({(cfb.RTF, BYTES): cfb.packed_rtf(source), **(more or {})})


def nested(depth):
    inner = cfb.message({(cfb.SUBJECT, TEXT): f"mail {depth}", (cfb.BODY, TEXT): LETTER}, embedded=True)
    for number in reversed(range(1, depth)):
        values = {(cfb.SUBJECT, TEXT): f"mail {number}"}
        inner = cfb.message(values, (), [cfb.attached_message(inner)], embedded=True)
    return {(cfb.SUBJECT, TEXT): "mail 0"}, (), [cfb.attached_message(inner)]


def everything():
    inner = cfb.message(
        {(cfb.SUBJECT, TEXT): "inner", (cfb.RTF, BYTES): cfb.packed_rtf(ENCAPSULATED)},
        (),
        [cfb.attachment("scan.png", PNG, "image/png")],
        embedded=True,
    )
    return cfb.msg(
        {
            (cfb.SUBJECT, TEXT): "outer",
            (cfb.BODY, TEXT): LETTER * 100,
            (cfb.HTML, BYTES): b"<p>" + LETTER.encode() + b"</p>",
            (cfb.NAME, TEXT8): b"Anna",
            (cfb.SMTP, TEXT): "anna@example.org",
            (cfb.CODE_PAGE, NUMBER): 1252,
            (cfb.SENT, TIME): SENT,
            (cfb.HEADERS, TEXT): "Subject: outer\r\nTo: c@example.org\r\n\r\n",
        },
        [{(cfb.DISPLAY_NAME, TEXT): "Ben", (cfb.RECIPIENT_ADDRESS, TEXT): "ben@example.org"}],
        [cfb.attachment("a.pdf", PDF, "application/pdf"), cfb.attached_message(inner)],
    )


EVERYTHING = everything()


def test_a_plain_mail():
    message = read(
        {(cfb.SUBJECT, TEXT): "Final warning €", (cfb.BODY, TEXT): LETTER + " 💶\r\n", (cfb.SENT, TIME): SENT},
        [
            {(cfb.DISPLAY_NAME, TEXT): "Ben", (0x39FE, TEXT): "ben@example.org", (cfb.RECIPIENT_TYPE, NUMBER): 1},
            {(cfb.DISPLAY_NAME, TEXT): "copy@example.org", (cfb.RECIPIENT_TYPE, NUMBER): 2},
        ],
    )
    assert [(part.media_type, part.source) for part in message.parts] == [("text/plain", LETTER + " 💶\r\n")]
    assert (message.subject, message.recipients) == ("Final warning €", "Ben <ben@example.org>")
    assert message.date == "Mon, 02 Mar 2026 10:30:00 +0000"
    assert (message.wrapping, message.defects) == (Wrapping.NOT, ())


@pytest.mark.parametrize(
    ("values", "source"),
    [
        ({(cfb.HTML, BYTES): "<p>Grüß</p>".encode(), (cfb.HTML_CODE_PAGE, NUMBER): 65001}, "<p>Grüß</p>"),
        ({(cfb.HTML, BYTES): RUSSIAN.encode("koi8-r"), (cfb.HTML_CODE_PAGE, NUMBER): 20866}, RUSSIAN),
        ({(cfb.HTML, BYTES): RUSSIAN.encode("cp1251"), (cfb.CODE_PAGE, NUMBER): 1251}, RUSSIAN),
        (
            {(cfb.HTML, BYTES): b"<meta charset=koi8-r>" + RUSSIAN.encode("koi8-r"), (cfb.CODE_PAGE, NUMBER): 1252},
            "<meta charset=koi8-r>" + RUSSIAN,
        ),
        ({(cfb.HTML, TEXT): "<p>Grüß</p>"}, "<p>Grüß</p>"),
    ],
)
def test_html_by_its_code_page(values, source):
    message = read(values)
    assert [(part.media_type, part.source) for part in message.parts] == [("text/html", source)]


def test_both_alternatives_are_read():
    message = read({(cfb.BODY, TEXT): LETTER, (cfb.HTML, BYTES): b"<p>nothing</p>"})
    assert [part.media_type for part in message.parts] == ["text/plain", "text/html"]


def test_pictures_inside_html_are_attachments():
    message = read({(cfb.HTML, BYTES): b"<img src='data:image/png;base64,iVBORw0KGgo='>"})
    assert message.attachments == (Attachment("inline picture", "image/png", b"\x89PNG\r\n\x1a\n"),)


@pytest.mark.parametrize("pages", [{cfb.CODE_PAGE: 1251}, {cfb.HTML_CODE_PAGE: 1251}])
def test_eight_bit_strings_by_their_code_page(pages):
    values = {(cfb.SUBJECT, TEXT8): RUSSIAN.encode("cp1251"), (cfb.BODY, TEXT8): RUSSIAN.encode("cp1251") + b"\0"}
    values |= {(name, NUMBER): page for name, page in pages.items()}
    message = read(values, (), [cfb.attachment("счёт.pdf", PDF, kind=TEXT8)])
    assert (message.subject, message.parts[0].source) == (RUSSIAN, RUSSIAN)
    assert message.attachments[0].name == "счёт.pdf"


@pytest.mark.parametrize(
    ("values", "sender"),
    [
        ({(cfb.NAME, TEXT): "Anna", (cfb.SMTP, TEXT): "anna@example.org"}, "Anna <anna@example.org>"),
        ({(cfb.NAME, TEXT): "Anna", (cfb.ADDRESS, TEXT): "anna@example.org"}, "Anna <anna@example.org>"),
        ({(cfb.NAME, TEXT): "anna@example.org", (cfb.ADDRESS, TEXT): "anna@example.org"}, "anna@example.org"),
        ({(cfb.NAME, TEXT): "Anna", (cfb.ADDRESS, TEXT): "/O=EXAMPLE/CN=ANNA"}, "Anna"),
        ({(cfb.SMTP, TEXT): "anna@example.org"}, "anna@example.org"),
        (
            {
                (cfb.FROM_NAME, TEXT): "Boss",
                (cfb.FROM_SMTP, TEXT): "boss@example.org",
                (cfb.NAME, TEXT): "Anna",
                (cfb.SMTP, TEXT): "anna@example.org",
            },
            "Boss <boss@example.org>",
        ),
        (
            {(cfb.NAME, TEXT): "Anna", (cfb.ADDRESS, TEXT): "/O=X", (cfb.HEADERS, TEXT): "From: A <a@example.org>\r\n"},
            "A <a@example.org>",
        ),
    ],
)
def test_senders(values, sender):
    assert read({(cfb.SUBJECT, TEXT): "x", **values}).sender == sender


@pytest.mark.parametrize("first_line", ["", "Microsoft Mail Internet Headers Version 2.0\r\n"])
def test_transport_headers_fill_in_what_the_properties_lack(first_line):
    fields = "From: =?utf-8?B?w4Ru?= <a@example.org>\r\nTo: b@example.org\r\nSubject: paid\r\n twice\r\n"
    fields += "Date: Mon, 2 Mar 2026 10:30:00 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    message = read({(cfb.BODY, TEXT): LETTER, (cfb.HEADERS, TEXT): first_line + fields})
    assert (message.sender, message.recipients) == ("Än <a@example.org>", "b@example.org")
    assert (message.subject, message.date) == ("paid twice", "Mon, 2 Mar 2026 10:30:00 +0100")
    assert [part.source for part in message.parts] == [LETTER]


def test_a_subject_made_of_two_properties_or_with_the_mark_of_its_prefix():
    assert read({(0x003D, TEXT): "Re: ", (0x0E1D, TEXT): "hello"}).subject == "Re: hello"
    assert read({(cfb.SUBJECT, TEXT): "\x01\x05Re: hello"}).subject == "Re: hello"


RICH_LETTER = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset204 Arial CYR;}}"
    rb"{\colortbl;\red255\green0\blue0;\red255\green255\blue255;}{\*\generator Riched20;}{\info{\title no}}"
    b"\r\n"
    rb"\pard\f0 You\rquote ve \b 48\b0  hours\par {\f1\'cf\'f0\'e8\'e2\'e5\'f2}\tab\u8364?900 \u-10179?\u-8970?"
    rb"{\v secret}{\cf2 white}{\fs2 tiny}{\cf2\highlight1 marked}{\cf1 red}"
    rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict\pngblip 89504e470d0a1a0a}{\*\bkmkstart b}"
    rb"{\pict\bin5 }}}}}}\\\{\}\~end\cell\row}"
)
RICH_TEXT = "You’ve 48 hours\nПривет\t€900 📶markedredlink\\{}\xa0end\t\n"


@pytest.mark.parametrize("pack", [cfb.packed_rtf, cfb.stored_rtf])
def test_rich_text_alone_becomes_plain_text(pack):
    message = read({(cfb.RTF, BYTES): pack(RICH_LETTER)})
    (part,) = message.parts
    assert (part.media_type, part.source) == ("text/plain", RICH_TEXT)
    assert part.hidden == "secretwhitetiny"
    assert message.defects == ("pictures in the rich text were not read: 2",)


def test_examples_of_the_specification_unpack():
    """[MS-OXRTFCP] 4.1.1 and 4.1.2: the second one reads what it is about to write."""
    first = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    second = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert rtf.decompress(bytes.fromhex(first)) == (b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", ())
    assert rtf.decompress(bytes.fromhex(second)) == (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", ())


def test_html_in_rich_text_comes_out_as_html():
    """[MS-OXRTFEX] 2.1.3.1: tags are in the code page of the document, text is in that of its font."""
    message = rich(ENCAPSULATED)
    (part,) = message.parts
    assert part.media_type == "text/html"
    assert part.source == (
        '<html><body style="color:#000" title="я"><a href="https://pay.example">'
        "Pay Привет € {now}</a>&amp;テスト\nend\n</body></html>"
    )
    assert message.defects == ()


def test_plain_text_in_rich_text_is_plain():
    message = rich(rb"{\rtf1\ansi\fromtext\fs20 line one\par" + b"\r\n" + rb"line two\par}")
    assert [(part.media_type, part.source) for part in message.parts] == [("text/plain", "line one\nline two\n")]


def test_plain_rich_text_cannot_pass_itself_off_as_html():
    message = rich(rb"{\rtf1\ansi Pay {\*\htmltag84 <b hidden>}now \fromhtml1 {\*\htmltag84 <i>}please}")
    assert [(part.media_type, part.source) for part in message.parts] == [("text/plain", "Pay now please")]


def test_rich_text_is_read_beside_plain_text_only_where_it_says_something_else():
    body = {(cfb.BODY, TEXT): "You have 48 hours.\r\nPay."}
    same = rich(rb"{\rtf1 You have 48 hours.\par Pay.{\v x}}", body)
    assert [(part.source, part.hidden) for part in same.parts] == [("You have 48 hours.\r\nPay.", "x")]
    other = rich(rb"{\rtf1 Quite another letter that nobody sees in the plain one}", body)
    assert len(other.parts) == 2
    assert other.defects == (msg.TWO_TEXTS,)


def test_html_wins_over_rich_text():
    assert len(rich(ENCAPSULATED, {(cfb.HTML, BYTES): b"<p>x</p>"}).parts) == 1


def test_attachments_keep_name_type_and_bytes():
    files = [
        cfb.attachment("a.pdf", PDF, "Application/PDF"),
        cfb.attachment("b\u202egnp.exe\n\x07", PNG, "not a type"),
        cfb.attachment("", PNG),
        cfb.attachment("x" * 999, PNG),
    ]
    message = read({(cfb.BODY, TEXT): LETTER}, (), files)
    found = [(each.name, each.media_type, each.data) for each in message.attachments]
    assert found[:3] == [
        ("a.pdf", "application/pdf", PDF),
        ("bgnp.exe", "application/octet-stream", PNG),
        ("unnamed", "application/octet-stream", PNG),
    ]
    assert len(found[3][0]) == MAX_NAME_CHARS


def test_attachments_that_are_not_in_the_file_are_named():
    link = cfb.properties({(cfb.FILE_NAME, TEXT): "plan.docx", (cfb.METHOD, NUMBER): 7}, bytes(8))
    drawing = cfb.attached_message({"CONTENTS": b"x" * 9}, method=6)
    message = read({(cfb.BODY, TEXT): LETTER}, (), [link, drawing])
    assert message.attachments == ()
    assert message.defects == (
        "attachment not read: plan.docx: it is not in the file",
        "attachment not read: a mail: an object of another program",
    )


def test_messages_in_messages():
    message = read(*nested(2))
    middle = message.enclosed[0]
    inner = middle.enclosed[0]
    assert [each.subject for each in (message, middle, inner)] == ["mail 0", "mail 1", "mail 2"]
    assert [each.wrapping for each in (message, middle, inner)] == [Wrapping.NOT, Wrapping.ATTACHED, Wrapping.ATTACHED]
    assert inner.parts[0].source == LETTER


def test_attached_messages_take_over_the_code_page_and_have_their_own():
    russian = {(cfb.SUBJECT, TEXT8): RUSSIAN.encode("cp1251")}
    other = {(cfb.SUBJECT, TEXT8): RUSSIAN.encode("koi8-r"), (cfb.CODE_PAGE, NUMBER): 20866}
    inner = [cfb.attached_message(cfb.message(each, embedded=True)) for each in (russian, other)]
    message = read({(cfb.CODE_PAGE, NUMBER): 1251, (cfb.BODY, TEXT): LETTER}, (), inner)
    assert [each.subject for each in message.enclosed] == [RUSSIAN, RUSSIAN]


def test_messages_are_nested_only_so_deep():
    message, depth = read(*nested(MAX_MESSAGE_DEPTH + 3)), 0
    while message.enclosed:
        (message,) = message.enclosed
        depth += 1
    assert depth == MAX_MESSAGE_DEPTH
    assert any(str(MAX_MESSAGE_DEPTH) in defect for defect in message.defects)


def test_a_bounce_returns_its_mail():
    inner = cfb.message({(cfb.SUBJECT, TEXT): "Pay", (cfb.BODY, TEXT): LETTER}, embedded=True)
    message = read(
        {(cfb.CLASS, TEXT): "REPORT.IPM.Note.NDR", (cfb.SUBJECT, TEXT): "Undeliverable: Pay"},
        [{(cfb.DISPLAY_NAME, TEXT): "ben@example.org", (0x0C1B, TEXT): "550 5.1.1 no such user"}],
        [cfb.attached_message(inner)],
    )
    assert [part.source for part in message.parts] == ["550 5.1.1 no such user"]
    assert [(each.wrapping, each.parts[0].source) for each in message.enclosed] == [(Wrapping.RETURNED, LETTER)]


def test_a_meeting_has_its_place():
    tree = cfb.message(
        {(cfb.CLASS, TEXT): "IPM.Schedule.Meeting.Request", (cfb.SUBJECT, TEXT): "Pay", (0x8005, TEXT): LETTER}
    )
    names = struct.pack("<IHHIHH", 0x8208, 3, 4, 0x8208, 6, 5)  # the first is a string at that offset, no number
    tree["__nameid_version1.0"] = {"__substg1.0_00030102": names}
    assert [part.source for part in msg.read(cfb.compound(tree), None).parts] == [LETTER]


def test_a_clear_signed_mail_is_handed_on_as_a_mail():
    mime = b'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\n\r\n' + LETTER.encode() + b"\r\n--b--"
    values = {(cfb.CLASS, TEXT): "IPM.Note.SMIME.MultipartSigned", (cfb.SUBJECT, TEXT): "Pay"}
    message = read(values, (), [cfb.attachment("smime.p7m", mime, "multipart/signed")])
    assert message.attachments == (Attachment("smime.p7m.eml", "message/rfc822", mime),)
    assert message.defects == ()


def test_an_encrypted_mail_says_so():
    values = {(cfb.CLASS, TEXT): "IPM.Note.SMIME", (cfb.SUBJECT, TEXT): "Pay"}
    message = read(values, (), [cfb.attachment("smime.p7m", b"0\x82\x01\x02", "application/pkcs7-mime")])
    assert message.defects == (msg.ENCRYPTED,)
    assert message.attachments[0].media_type == "application/pkcs7-mime"


@pytest.mark.parametrize("values", [{}, {(cfb.BODY, TEXT): " \r\n"}, {(cfb.CLASS, TEXT): "IPM.Note"}])
def test_an_empty_mail_says_what_to_do(values):
    with pytest.raises(UnreadableInputError) as error:
        read(values)
    assert error.value.code == "empty"


def test_other_compound_files_are_none_of_ours():
    word = cfb.compound({"WordDocument": bytes(5000), "ObjectPool": {"_1": cfb.message({(cfb.BODY, TEXT): LETTER})}})
    assert not msg.matches(word, "letter.doc")
    assert not msg.matches(word, "letter.msg")
    assert not msg.matches(b"From: x", "mail.msg")


def test_no_package_is_needed(monkeypatch):
    for name in ("olefile", "oxmsg", "compressed_rtf", "striprtf"):
        monkeypatch.setitem(sys.modules, name, None)
    assert msg.read(EVERYTHING, None).enclosed[0].parts[0].media_type == "text/html"


def test_large_attachments_need_a_second_level_of_tables():
    data = bytes(range(256)) * 30_000  # 7.7 MB: more than the 109 FAT sectors that the header can name
    assert read({(cfb.BODY, TEXT): LETTER}, (), [cfb.attachment("a.bin", data)]).attachments[0].data == data


# Caps


def test_caps_are_reported_not_hidden():
    long = read({(cfb.BODY, TEXT): "a " * MAX_PART_CHARS, (cfb.SUBJECT, TEXT): "s" * 9_999})
    assert (len(long.parts[0].source), len(long.subject)) == (MAX_PART_CHARS, MAX_HEADER_CHARS)
    assert any(str(MAX_PART_CHARS) in defect for defect in long.defects)
    many = read({(cfb.BODY, TEXT): LETTER}, (), [cfb.attachment("a", b"x")] * (MAX_PARTS + 5))
    assert len(many.attachments) == MAX_PARTS - 1
    assert any(str(MAX_PARTS) in defect for defect in many.defects)


def test_a_rich_text_bomb_is_cut():
    """References to the byte before them: the most that comes out of a byte, which is eight."""
    content, write = bytearray(b"\x00aaaaaaaa"), 207 + 8
    for _ in range(40_000):
        content += b"\xff"
        for _ in range(8):
            content += struct.pack(">H", (write - 1) % 4096 << 4 | 15)
            write += 17
    packed = struct.pack("<II4sI", len(content) + 12, 2**32 - 1, b"LZFu", 0) + content
    unpacked, defects = rtf.decompress(packed)
    assert MAX_RTF_BYTES <= len(unpacked) < MAX_RTF_BYTES + 200
    assert set(unpacked) == set(b"a")
    assert rtf.CUT in defects


def test_rich_text_is_cut_over_all_messages_of_a_file():
    packed = {(cfb.RTF, BYTES): cfb.stored_rtf(rb"{\rtf1 " + b"word " * 200_000)}
    inner = [cfb.attached_message(cfb.message(packed, embedded=True)) for _ in range(3)]
    message = read({(cfb.BODY, TEXT): LETTER}, (), inner)
    assert [rtf.CUT in each.defects for each in message.enclosed] == [False, True, True]


@pytest.mark.parametrize(
    ("packed", "left"),
    [
        (cfb.packed_rtf(RICH_LETTER)[:-40], "You’ve 48 hours"),
        (cfb.stored_rtf(RICH_LETTER)[:-40], "You’ve 48 hours"),
        (cfb.packed_rtf(RICH_LETTER)[:-9] + b"!" + cfb.packed_rtf(RICH_LETTER)[-8:], "You’ve 48 hours"),
        (b"\xff" * 40, ""),
        (b"abc", ""),
    ],
)
def test_damaged_rich_text_is_read_as_far_as_it_goes(packed, left):
    message = read({(cfb.SUBJECT, TEXT): "x", (cfb.RTF, BYTES): packed})
    assert "".join(part.source for part in message.parts).startswith(left)
    assert rtf.DAMAGED in message.defects


# Hostile files


def outcome(data):
    """Return the message or the code of the error; anything else that is raised fails the test."""
    msg.matches(data, "x.msg")
    try:
        return msg.read(data, "x.msg")
    except UnreadableInputError as error:
        return error.code


def patched(data, at, *numbers):
    return data[:at] + struct.pack(f"<{len(numbers)}I", *numbers) + data[at + 4 * len(numbers) :]


def entries(data):
    """Return where the directory entries stand."""
    at = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    return [place for place in range(at, len(data), 128) if data[place + 66] in (1, 2, 5) and data[place + 64] <= 64]


def fat(data):
    return (struct.unpack_from("<I", data, 76)[0] + 1) * 512


@pytest.mark.parametrize("share", range(0, 100, 3))
def test_truncated_files_are_read_in_part_or_refused(share):
    found = outcome(EVERYTHING[: len(EVERYTHING) * share // 100])
    assert found == "damaged" or (isinstance(found, Message) and msg.DAMAGED in found.defects)


@pytest.mark.parametrize("link", [0, 1, 2, 0xFFFFFFFE, 0xFFFFFFF0, 10**6])
def test_broken_sector_tables_end(link):
    data = patched(EVERYTHING, fat(EVERYTHING), *[link] * 128)
    found = outcome(data)
    assert found in ("damaged", "empty") or msg.DAMAGED in found.defects


@pytest.mark.parametrize("number", [0, 1, 3, 0xFFFFFFFA, 10**6])
def test_directories_that_lead_back_end(number):
    data = EVERYTHING
    for place in entries(data):
        data = patched(data, place + 68, number, number, number)
    found = outcome(data)
    assert found in ("damaged", "empty") or msg.DAMAGED in found.defects
    for place in entries(EVERYTHING):
        found = outcome(patched(EVERYTHING, place + 68, number, number, number))
        assert found in ("damaged", "empty") or isinstance(found, Message)


@pytest.mark.parametrize("size", [0, 1, 0x7FFFFFFF, 0xFFFFFFFF])
def test_declared_sizes_are_not_believed(size):
    data = EVERYTHING
    for place in entries(data):
        data = patched(data, place + 120, size, 0)
    found = outcome(data)
    assert found in ("damaged", "empty") or isinstance(found, Message)


def test_a_loop_of_the_second_level_tables_ends():
    """Two kilobytes that stand for a sector which is FAT and DIFAT of itself."""
    header = EVERYTHING[:44] + struct.pack("<7I", 109 + 127 * 10**6, 1, 0, 4096, 0xFFFFFFFE, 0, 0)
    data = patched(header + struct.pack("<I", 10**6) + bytes(436), 76, *[0] * 109) + bytes(1536)
    assert len(data) == 2048
    started = time.monotonic()
    assert outcome(data) == "damaged"
    assert time.monotonic() - started < 30


def test_streams_that_all_declare_the_same_bytes_are_not_read_again_and_again():
    files = [cfb.attachment(f"{number}", b"x" * 5_000) for number in range(150)]
    data = cfb.msg({(cfb.BODY, TEXT): LETTER}, (), [*files, cfb.attachment("big", b"y" * 2_000_000)])
    big = next(place for place in entries(data) if struct.unpack_from("<I", data, place + 120) == (2_000_000,))
    for place in entries(data):
        if struct.unpack_from("<I", data, place + 120) == (5_000,):
            data = data[: place + 116] + data[big + 116 : big + 128] + data[place + 128 :]
    message = msg.read(data, None)
    assert sum(each.size for each in message.attachments) < 3 * len(data)
    assert msg.DAMAGED in message.defects


def test_a_directory_without_balance_is_read(monkeypatch):
    """A tree may be one long branch; some programs write it so."""

    def one_branch(writer, numbers):
        for number, following in pairwise(numbers):
            writer.entries[number][3] = following
        return numbers[0] if numbers else cfb.FREE

    monkeypatch.setattr(cfb._Writer, "balance", one_branch)
    people = [{(cfb.DISPLAY_NAME, TEXT): f"p{number}@example.org"} for number in range(2_000)]
    message = read({(cfb.BODY, TEXT): LETTER}, people)
    assert message.parts[0].source == LETTER
    assert message.recipients.startswith("p0@example.org, p1@example.org")


def test_a_damaged_file_is_told_by_its_name_or_by_a_property_in_it():
    nothing = EVERYTHING[:512] + bytes(2_000)
    assert msg.matches(nothing, "Mail.MSG")
    assert not msg.matches(nothing, "letter.doc")
    assert msg.matches(patched(EVERYTHING, 48, 10**6), None)
    with pytest.raises(UnreadableInputError, match="Open the mail in Outlook and paste its text") as error:
        msg.read(nothing, None)
    assert error.value.code == "damaged"


MARKS = st.sampled_from([0, 1, 2, 5, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFA, 0xFFFFFFFE, 0xFFFFFFFF])
PLACES = st.one_of(
    st.integers(0, 127),  # words of the header
    st.integers(fat(EVERYTHING) // 4, fat(EVERYTHING) // 4 + 127),
    st.integers(entries(EVERYTHING)[0] // 4, entries(EVERYTHING)[-1] // 4 + 31),
    st.integers(0, len(EVERYTHING) // 4 - 1),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PLACES, st.one_of(MARKS, st.integers(0, 2**32 - 1))), min_size=1, max_size=12))
def test_any_change_gives_a_message_or_a_clear_error(changes):
    data = EVERYTHING
    for place, number in changes:
        data = patched(data, place * 4, number)
    found = outcome(data)
    assert found in ("damaged", "empty") or isinstance(found, Message)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(EVERYTHING)))
def test_any_bytes_in_the_middle_give_a_message_or_a_clear_error(data, at):
    found = outcome(EVERYTHING[:at] + data + EVERYTHING[at + len(data) :])
    assert found in ("damaged", "empty") or isinstance(found, Message)


WORDS = st.sampled_from(
    rb"{ } \* \fromhtml1 \htmltag \htmlrtf \htmlrtf0 \u8364 \u-10179 \u \uc9 \uc-1 \bin3 \bin-9 \bin9999999999 \'e9 \'"
    rb" \ansicpg932 \ansicpg0 \ansicpg65000 \fonttbl \f1 \f-1 \fcharset204 \fcharset999 \cpg1200 \colortbl ; \cf1 \cf-1"
    rb" \red255 \red-9 \v \fs0 \plain \par \~ \- \\ \deff7 text \pict \mac".split(b" ")
)


@given(st.lists(st.one_of(WORDS, st.binary(max_size=4)), max_size=60))
def test_any_rich_text_is_text(pieces):
    found = rtf.convert(b"".join(pieces))
    (found.source + found.hidden).encode("utf-8")
    assert "\0" not in found.source


@given(st.binary(max_size=200), st.sampled_from([b"LZFu", b"MELA", b"????"]))
def test_any_packed_rich_text_unpacks_to_something(data, kind):
    unpacked, _ = rtf.decompress(data[:8] + kind + data[8:], limit=10_000)
    assert len(unpacked) < 10_200


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([cfb.packed_rtf, cfb.stored_rtf]))
def test_what_is_packed_unpacks_to_the_same(data, pack):
    assert rtf.decompress(pack(data)) == (data, ())


@pytest.mark.parametrize("piece", [rb"\v\v0", rb"\f1\f2 a", b"{}", b"{", rb"\u1 ", rb"\'41", b"\\", rb"\bin9 ", b"}"])
def test_hostile_rich_text_takes_linear_time(piece):
    def seconds(size):
        started = time.perf_counter()
        rtf.convert(piece * (size // len(piece)))
        return time.perf_counter() - started

    assert seconds(400_000) < 12 * max(min(seconds(100_000) for _ in range(2)), 0.01)

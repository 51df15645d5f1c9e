import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import MAX_INPUT_BYTES, MAX_PART_CHARS, MAX_PARTS
from scamcheck.readers import read, read_all
from scamcheck.types import Message

RAW = b"Message-ID: <a@example.org>\r\nFrom: a@example.org\r\nSubject: "

SURROGATE = b"Content-Disposition: attachment; filename*=unicode_escape''%5Cud800"


def body(message: Message) -> str:
    return message.parts[0].source


def test_a_plain_mail(mails):
    message = read((mails / "plain.eml").read_bytes())
    assert message.subject == "Your account belongs to somebody else now"
    assert "anna.example@example.org" in message.sender
    assert "hacked your computer" in body(message)


def test_both_alternatives_are_read(mails):
    message = read((mails / "html.eml").read_bytes())
    assert [part.media_type for part in message.parts] == ["text/plain", "text/html"]


def test_pasted_raw_source_is_a_mail(mails):
    message = read((mails / "plain.eml").read_text(encoding="utf-8"))
    assert message.subject.startswith("Your account")


def test_a_pasted_header_block_is_text():
    text = "From: a@example.org\nTo: b@example.org\nSubject: hi\n\nI hacked you"
    assert body(read(text)) == text


def test_pasted_html_is_html():
    assert read("<html><p>Hi</p></html>").parts[0].media_type == "text/html"


@pytest.mark.parametrize(
    ("header", "payload", "found"),
    [
        ("text/plain; charset=cp-850", "Gr\u00fc\u00df".encode("cp850"), "Grüß"),
        ("text/plain; charset=nonsense", "Grüß".encode(), "Grüß"),
        ('text/plain; charset="\0"', b"hello", "hello"),
        ("text/plain; charset=windows-1251", "Привет".encode("windows-1251"), "Привет"),
        ("text/plain; charset=utf-7", b"hello +AGE-", "hello +AGE-"),
        ("text/plain; charset=unicode_escape", rb"hello \u0041", r"hello \u0041"),
        ("text/plain", "déjà".encode(), "déjà"),
    ],
)
def test_charsets(header, payload, found):
    source = RAW + b"x\r\nContent-Type: " + header.encode("latin-1") + b"\r\n\r\n" + payload
    assert body(read(source)) == found


def test_encoded_subjects():
    assert read(RAW + b"=?utf-8?B?SMOpbGzDsg==?= =?iso-8859-1?Q?_caf=E9?=\r\n\r\nx").subject == "Héllò café"
    assert read(RAW + b"=?utf-8?B?!!!?=\r\n\r\nx").subject


def test_a_mailbox_gives_every_mail(mails):
    found = list(read_all((mails / "two.mbox").read_bytes()))
    assert [item.message.subject for item in found if item.message] == [
        "Your account belongs to somebody else now",
        "Payment from your account",
    ]


def test_a_bad_mail_in_a_mailbox_is_reported_in_its_place(mails):
    data = (mails / "two.mbox").read_bytes()
    data += b"\nFrom x@example.net Wed Mar  4 10:00:00 2026\nMessage-ID: <x@example.net>\n\n"
    found = list(read_all(data))
    assert [type(each.message or each.error) for each in found] == [Message, Message, UnreadableInputError]


def test_several_mails_are_not_one(mails):
    with pytest.raises(UnreadableInputError, match="several mails") as error:
        read((mails / "two.mbox").read_bytes())
    assert error.value.code == "several"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        ("  ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged"),
        (b"\x00\x00\x00\x18ftypmp42 and so on", "picture"),
        (b"\x1aE\xdf\xa3webm", "picture"),
        (b"RIFF\xff\xff\x00\x00AVI LIST", "picture"),
        (b"%PDF-1.7 abc", "damaged"),
        (b"PK\x03\x04abc", "damaged"),
        (b"\xd0\xcf\x11\xe0abc", "binary"),
        (b"ab" + bytes(500), "binary"),
        (b"x" * (MAX_INPUT_BYTES + 1), "too_large"),
    ],
)
def test_unreadable_input_says_what_to_do(data, code):
    with pytest.raises(UnreadableInputError) as error:
        read(data)
    assert error.value.code == code
    assert str(error.value).endswith(".")


def test_caps_are_reported_not_hidden():
    source = RAW + b"x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    source += b"--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n" * (MAX_PARTS + 5)
    assert any(str(MAX_PARTS) in defect for defect in read(source).defects)
    long = read(RAW + b"x\r\n\r\n" + b"a " * MAX_PART_CHARS)
    assert len(body(long)) == MAX_PART_CHARS
    assert long.defects


def test_attachments_are_kept_unread():
    source = RAW + b"x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee attached\r\n--b\r\n"
    source += b'Content-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\n\r\nxx\r\n--b--'
    (attachment,) = read(source).attachments
    assert (attachment.name, attachment.media_type, attachment.size) == ("a.png", "image/png", 2)
    assert attachment.sha256 == hashlib.sha256(b"xx").hexdigest()
    assert "xx" not in repr(attachment)


@pytest.mark.parametrize(
    "source",
    [
        RAW + b"x\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nhello there",
        RAW + b"x\r\nContent-Type: multipart/mixed\r\n\r\nhello there",
        RAW + b"x\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8gdGhlcmU",
        RAW + b"x\r\nContent-Type: message/rfc822\r\n\r\n" * 60 + b"\r\nhello",
        RAW + b"x\r\nContent-Type: image/png\r\n" + SURROGATE + b"\r\n\r\nx",
        RAW + b"=?utf-8?B?A?=\r\n\r\nhello there",
        b"X: 1\r\n" * 100_000 + RAW + b"x\r\n\r\nhello there",
    ],
)
def test_broken_structures_are_read_all_the_same(source):
    assert isinstance(read(source, filename="a.eml"), Message)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_a_clear_error(data):
    for source in (data, RAW + data, RAW + b"x\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" + data):
        try:
            message = read(source)
        except UnreadableInputError:
            continue
        assert isinstance(message, Message)


@given(st.text(max_size=300))
def test_any_text_is_a_message_or_a_clear_error(text):
    try:
        message = read(text)
    except UnreadableInputError:
        return
    for part in message.parts:
        part.source.encode("utf-8")


def test_a_cut_paste_says_so():
    assert read("<html>" + "a " * MAX_PART_CHARS).defects
    assert not read("short").defects


def test_the_name_of_an_attachment_is_short_and_clean():
    source = RAW + b"x\r\nContent-Type: image/png; name=" + b"a" * 100_000 + b"\r\n\r\nx"
    assert len(read(source).attachments[0].name) < 300

"""The report for the police: every trace of the sender, nothing of the reader, never a picture."""

import base64
import hashlib
from dataclasses import replace

import pytest

from scamcheck.languages import LANGUAGES, load_language
from scamcheck.limits import MAX_PRINTED_MAIL, MAX_PRINTED_ROWS
from scamcheck.report import html, pdf
from scamcheck.report.attached import without_files
from scamcheck.report.document import Quote
from scamcheck.report.police import Given, police_report
from scamcheck.types import Attachment, Finding, Link, Message, Part, Picture, Span, Verdict, Wrapping, Writing
from tests.guidance.cases import assessment
from tests.guidance.test_rule import BLUFF_WORDS
from tests.report.made import ADDRESS, CALL, CONTACT, HANDLE, MAILS, NAME, PASSWORD, PHONE, WALLET
from tests.report.printed import (
    AT,
    FORMATS,
    HEADERS,
    MONERO,
    Seen,
    assert_inert,
    own_words,
    pages_of,
    police,
    read_back,
    received,
    text_of,
)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_names_every_trace_of_the_sender_and_nothing_of_the_reader(kind, language):
    given_mail, message = received()
    report = police_report(
        given_mail, message, Given.of("mail.eml", b"x"), made_at=AT, language=language, with_message=True
    )
    seen = read_back(report, kind)
    words = load_language(language)
    for trace in (
        *("evil@example.net", "pay@example.com", "bounce@example.net", "Hacker", WALLET, "spf=fail"),
        *(hashlib.sha256(b"x").hexdigest(), "2026-03-04 10:00:00", given_mail.model_version),
        words.text("verdicts.sextortion_scam"),
    ):
        assert trace in seen, trace
    for own in (PASSWORD, ADDRESS, NAME, PHONE):
        assert own not in seen, own
    assert "•" in seen
    flat = " ".join(seen.split())
    assert words.text("report.note") in flat
    assert words.text("explain.wallet_valid") in flat
    assert words.text("explain.not_measured") in flat


@pytest.mark.parametrize("kind", FORMATS)
def test_unredacted_shows_all_and_says_so(kind):
    given_mail, message = received()
    seen = read_back(police(given_mail, message, redacted=False, with_message=True), kind)
    for own in (PASSWORD, ADDRESS, NAME, PHONE, WALLET):
        assert own in seen
    assert load_language("en").text("report.unmasked") in " ".join(seen.split())


def test_data_too_short_to_be_looked_for_are_masked_in_the_attached_text_too():
    sentence = "I know that you live at number 73."
    text = f"Hello\n\n{sentence} In 73 hours you pay."
    at = Span(text.index(sentence), text.index(sentence) + len(sentence))
    number = Span(text.index("73"), text.index("73") + 2)
    given_mail = replace(MAILS["mass"], text=text, findings=(Finding("reader_data", at, {}, (number,)),))
    message = Message((Part("text/plain", text),))
    seen = text_of(pdf.render(police(given_mail, message, with_message=True)))
    assert "number 73" not in seen
    assert seen.count("number ••") == 2
    assert "73 hours" in seen


def test_nothing_of_the_readers_shows_where_the_text_is_cut():
    given_mail, message = received()
    for before in range(len(ADDRESS) + 1):
        text = "word " * (MAX_PRINTED_MAIL // 5 - 20)
        text += "x" * (MAX_PRINTED_MAIL - len(text) - before - 1) + " " + ADDRESS + " and more"
        blocks = police(given_mail, replace(message, parts=(Part("text/plain", text),)), with_message=True).blocks
        cut = next(block.text for block in blocks if isinstance(block, Quote) and block.text.startswith("word word"))
        assert len(cut) == MAX_PRINTED_MAIL
        assert cut.endswith("•" * before)
        assert "anna" not in cut


@pytest.mark.parametrize("redacted", [True, False])
def test_the_contacts_of_the_sender_are_never_masked(redacted):
    seen = text_of(pdf.render(police(MAILS["contacts"], redacted=redacted, with_message=True)))
    for trace in (CONTACT, HANDLE, CALL):
        assert trace in seen


def test_a_mail_from_the_readers_own_address_does_not_show_it():
    given_mail, message = received(sender=f"{NAME} Doe <{ADDRESS}>", return_path=ADDRESS, reply_to=ADDRESS)
    seen = text_of(pdf.render(police(given_mail, message)))
    for own in (ADDRESS, NAME, "Doe"):
        assert own not in seen


def test_who_sent_the_mail_on_stays_masked_and_the_sender_of_the_inner_one_does_not():
    outer = {"subject": "Fwd: help", "sender": f"{NAME} <{ADDRESS}>", "recipients": "help@example.com", "date": "today"}
    given_mail, inner = received()
    inner = replace(inner, wrapping=Wrapping.ATTACHED)
    chain = (
        Link(Wrapping.NOT, "Fwd: help", outer["sender"], "today"),
        replace(given_mail.chain[0], wrapping="attached"),
    )
    given_mail = replace(given_mail, chain=chain, recipients=f"{HEADERS['recipients']}, {ADDRESS}")
    message = Message((Part("text/plain", "please look"),), enclosed=(inner,), reply_to=ADDRESS, **outer)
    seen = text_of(pdf.render(police(given_mail, message, with_message=True)))
    assert "pay@example.com" in seen
    assert "evil@example.net" in seen
    assert load_language("en").text("report.sent_on") in " ".join(seen.split())
    for own in (ADDRESS, NAME):
        assert own not in seen


@pytest.mark.parametrize("kind", FORMATS)
def test_pictures_are_named_and_never_there(kind):
    data = bytes(range(256)) * 40
    encoded = base64.encodebytes(data).decode()
    pixel = "data:image/png;base64," + base64.b64encode(data).decode()
    given_mail, message = received()
    picture = Picture("photo.png", 10240, hashlib.sha256(data).hexdigest(), Writing.NOT_READ)
    given_mail = replace(given_mail, pictures=(picture,), hidden_text=f"hidden {pixel}")
    message = replace(
        message,
        parts=(
            Part("text/plain", f"see below\n{encoded}\nthe end"),
            Part("text/html", f'<p>shown <img src="{pixel}" alt="x"> {pixel} after</p>'),
        ),
        attachments=(Attachment("other.jpg", "image/jpeg", data + b"1"),),
        pictures=(picture,),
    )
    report = police(given_mail, message, with_message=True)
    seen = read_back(report, kind)
    for part in (
        "photo.png",
        "other.jpg",
        "10240",
        picture.sha256,
        message.attachments[0].sha256,
        "see below",
        "the end",
    ):
        assert part in seen, part
    assert encoded.splitlines()[3] not in seen
    assert pixel[200:260] not in "".join(seen.split())
    assert "embedded file" in seen
    if kind == "pdf":
        assert_inert(pdf.render(report))


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("a plain text", True),
        (f"send it to {WALLET} or {MONERO} now", True),
        ("A" * 299, True),
        ("A" * 300, False),
        ("\n".join(["QUJD" * 19] * 3), False),
        ("> " + "\n> ".join(["QUJD" * 19] * 3), False),
        ("\n".join(["QUJD" * 19] * 2), True),
        ("\n".join([MONERO, MONERO]), True),
        ("begin 644 a.png\n" + "\n".join(["M" + "#!.&" * 15] * 4) + "\nend", False),
        ("Meine Damen und Herren,\n" * 9, True),
        ("https://example.org/" + "a/b." * 200, True),
    ],
)
def test_files_written_as_letters_are_left_out_and_nothing_else(text, is_kept):
    shown = without_files(text, load_language("en"))
    assert (shown == text.rstrip("\n") or shown == text) is is_kept, shown
    assert ("were left out" in shown) is not is_kept


def test_a_long_mail_is_cut_and_that_is_said():
    given_mail, message = received()
    message = replace(message, parts=(Part("text/plain", "Some words of a mail. " * 10_000),) * 2)
    report = police(given_mail, message, with_message=True)
    assert sum(len(block.text) for block in report.blocks if isinstance(block, Quote)) < MAX_PRINTED_MAIL + 5_000
    seen = text_of(pdf.render(report))
    assert load_language("en").text("report.cut") in " ".join(seen.split())


def test_long_lists_are_cut_and_that_is_said():
    given_mail, message = received()
    files = tuple(Attachment(f"file{number}.bin", "text/x", bytes([number])) for number in range(200))
    many = replace(given_mail, defects=tuple(f"part {number} was not read" for number in range(200)))
    seen = text_of(pdf.render(police(many, replace(message, attachments=files))))
    assert seen.count("file") < 2 * MAX_PRINTED_ROWS
    assert seen.count("and 140 more") == 2


def test_without_a_request_the_message_is_not_attached():
    given_mail, message = received()
    message = replace(message, parts=(Part("text/plain", "only here"),))
    assert "only here" not in text_of(pdf.render(police(given_mail, message)))
    assert "only here" in text_of(pdf.render(police(given_mail, message, with_message=True)))


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_asserts_no_bluff_and_is_there_for_every_verdict(verdict, language):
    given_mail = assessment(verdict)
    for name in ("mass", "personal"):
        mail = replace(MAILS[name], verdict=verdict)
        seen = own_words(Seen.of(html.render(police(mail, language=language))).text, language)
        assert not [word for word in BLUFF_WORDS[language] if word in seen]
    assert police(given_mail, language=language).blocks


def test_all_made_mails_give_documents():
    for name, given_mail in MAILS.items():
        assert pages_of(pdf.render(police(given_mail, with_message=True))), name

"""Forwards of forwards, attachments, alternatives: which message is judged, and what is said about the others."""

from email.message import EmailMessage

import pytest

from scamcheck import check
from scamcheck.types import Verdict, Wrapping, Writing
from tests.conftest import MAILS
from tests.test_pipeline import DUTCH, LETTER, NOTE

SCAM = Verdict.SEXTORTION_SCAM


def mail(text, subject="Fwd: look", html=None):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Anna <anna@example.org>", "helpdesk@example.org", subject
    made["Message-ID"], made["Date"] = "<a@example.org>", "Tue, 3 Mar 2026 08:12:40 +0100"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def forwarded(letter, cover=NOTE):
    head = "---------- Forwarded message ---------\nFrom: X <x@example.net>\nDate: Mon, 2 Mar 2026 at 08:00\n"
    return f"{cover}\n\n{head}Subject: your account\nTo: <anna@example.org>\n\n{letter}"


def test_a_mail_as_it_came_is_its_own_chain():
    found = check((MAILS / "plain.eml").read_bytes())
    assert [link.wrapping for link in found.chain] == [Wrapping.NOT]
    assert found.around == found.other_alternative == ""
    assert found.chain[0].sender == '"Anna" <anna.example@example.org>'


def test_the_forwarded_letter_is_judged_and_the_cover_note_kept():
    found = check(mail(forwarded(LETTER)).as_bytes())
    assert found.verdict is SCAM
    assert [link.wrapping for link in found.chain] == [Wrapping.NOT, Wrapping.FORWARDED]
    assert found.chain[1].subject == "your account"
    assert "Karen" in found.around
    assert "Karen" not in found.text
    assert "recorded a video" in found.text


def test_findings_in_a_forward_lead_back_to_the_part():
    raw = mail(forwarded(LETTER)).as_bytes()
    found = check(raw)
    assert found.findings
    for finding in found.findings:
        assert finding.place is not None
        source = forwarded(LETTER) + "\n"
        assert finding.place.span.of(source).split() == finding.span.of(found.text).split()


def test_an_attached_mail_is_judged_through_two_covers():
    inner = mail(NOTE)
    inner.add_attachment(mail(LETTER, "your account"))
    outer = mail("see below")
    outer.add_attachment(inner)
    found = check(outer.as_bytes())
    assert found.verdict is SCAM
    assert [link.wrapping for link in found.chain] == [Wrapping.NOT, Wrapping.ATTACHED, Wrapping.ATTACHED]
    assert "see below" in found.around
    assert "Karen" in found.around


def test_a_letter_in_a_text_attachment_is_read_where_the_mail_says_little():
    outer = mail("Please see the attached file.")
    outer.add_attachment(DUTCH.encode(), maintype="text", subtype="plain", filename="brief.txt")
    found = check(outer.as_bytes())
    assert found.verdict is SCAM
    assert found.chain[-1].name == "brief.txt"
    assert found.language == "nl"


@pytest.mark.parametrize(
    "cover",
    [
        "I really had a video call with someone two weeks ago and was naked. Now this came. Please help me, Peter",
        "Please help. My ex has photos of me that I sent to him, and he sent me this mail today.",
    ],
)
def test_a_cover_note_with_a_shared_past_beats_the_forwarded_letter(cover):
    assert check(mail(forwarded(LETTER, cover)).as_bytes()).verdict in (Verdict.UNCERTAIN, Verdict.PERSONAL_SEXTORTION)


def test_an_answer_that_quotes_two_lines_is_judged_itself():
    text = f"{NOTE}\n\n> I hacked your device and recorded a video of you.\n> You have 48 hours."
    assert check(mail(text).as_bytes()).chain == check(mail(NOTE).as_bytes()).chain


def test_alternatives_that_differ_are_reported():
    found = check(mail(NOTE, html=f"<p>{LETTER}</p>").as_bytes())
    assert found.verdict is SCAM
    assert "Karen" in found.other_alternative
    assert check(mail(LETTER, html=f"<p>{LETTER}</p>").as_bytes()).other_alternative == ""


def test_a_picture_beside_a_threat_is_not_opened_but_named():
    outer = mail(LETTER)
    outer.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(40), maintype="image", subtype="png", filename="a.png")
    (picture,) = check(outer.as_bytes()).pictures
    assert (picture.name, picture.writing) == ("a.png", Writing.NOT_READ)


def test_what_cannot_be_read_makes_no_mail_harmless():
    outer = mail(NOTE)
    outer.add_attachment(
        b"\xd0\xcf\x11\xe0" + bytes(range(256)), maintype="application", subtype="msword", filename="a.doc"
    )
    found = check(outer.as_bytes())
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, "not_all_read")
    assert "a.doc" in found.defects[0]


def test_a_bounce_is_judged_by_the_mail_it_returns():
    report = EmailMessage()
    report["From"], report["To"], report["Subject"] = "MAILER-DAEMON@example.net", "anna@example.org", "Undelivered"
    report["Message-ID"] = "<b@example.net>"
    report.set_content("Sorry, we found nobody of that name here, so this mail comes back to you.")
    report.add_attachment(mail(LETTER, "your account"))
    raw = report.as_bytes().replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status")
    found = check(raw)
    assert found.verdict is SCAM
    assert found.chain[-1].wrapping is Wrapping.RETURNED

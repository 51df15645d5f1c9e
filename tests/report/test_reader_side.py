"""What the pipeline tells of the two sides of a mail, so that the reader's can be masked."""

import json

import pytest

import scamcheck
from scamcheck.report.json import record
from scamcheck.types import Message, Part

LETTER = (
    "I hacked your device and recorded a video of you while you visited adult sites. Send 900 dollars in bitcoin, or I "
    "send the video to all your contacts. You have 48 hours. Do not go to the police."
)
ME, THEM = "Zebediah Quill <zeb@example.org>", "Dark Lord <dark@example.net>"


def received(subject="Payment", **fields):
    return Message((Part("text/plain", LETTER),), subject=subject, sender=THEM, recipients=ME, **fields)


def test_the_sender_of_a_mail_is_evidence_and_the_recipient_is_not():
    found = scamcheck.check(received())
    assert (found.sender, found.recipients) == (THEM, ME)
    text = json.dumps(record("a", found), ensure_ascii=False)
    assert "dark@example.net" in text
    assert "zeb@example.org" not in text


@pytest.mark.parametrize("subject", ["Fwd: Payment", "TR : Payment", "Doorst: Payment", "转发：Payment"])
def test_who_may_have_sent_a_mail_on_is_no_evidence(subject):
    found = scamcheck.check(received(subject))
    assert found.sender == ""
    assert "dark@example.net" not in json.dumps(record("a", found))


def test_who_sent_a_mail_on_stands_on_the_side_of_the_reader():
    outer = Message(
        (Part("text/plain", "Please look at this. Regards, Quill"),), sender=ME, recipients="help@example.com",
        subject="Help", enclosed=(received(),),
    )  # fmt: skip
    found = scamcheck.check(outer)
    assert len(found.chain) == 2
    assert found.sender == THEM
    assert '"Zebediah Quill" <zeb@example.org>' in found.recipients
    text = json.dumps(record("a", found), ensure_ascii=False)
    assert "dark@example.net" in text
    for own in ("zeb@example.org", "Quill", "Zebediah"):
        assert own not in text


def test_pasted_text_has_no_sides():
    found = scamcheck.check(LETTER)
    assert (found.sender, found.recipients) == ("", "")


@pytest.mark.parametrize(
    ("sender", "recipients", "kept", "masked"),
    [
        ("Quill <zeb@example.org>", "zeb@example.org", (), ("Quill", "zeb")),  # the reader's own address, made up
        ("Dark Lord <dark@example.net>", "zeb@example.org", ("Dark Lord", "dark@example.net"), ()),
        ("Dark Lord <dark@example.net>", "", (), ("Dark", "dark@")),  # may be a mail that the reader sent
        ("Quill", "zeb@example.org", (), ("Quill",)),
        ("", "", (), ()),
    ],
)
def test_a_senders_name_stays_where_its_address_is_evidence(sender, recipients, kept, masked):
    message = Message((Part("text/plain", f"Well, Quill. {LETTER}"),), sender=sender, recipients=recipients)
    text = json.dumps(record("a", scamcheck.check(message))["chain"], ensure_ascii=False)
    assert all(each in text for each in kept)
    assert not any(each in text for each in masked)


def test_the_name_beside_the_readers_own_address_is_masked_everywhere():
    message = Message(
        (Part("text/plain", f"Well, Quill. {LETTER}"),), sender="Quill <zeb@example.org>", recipients="zeb@example.org"
    )
    assert "Quill" not in json.dumps(record("a", scamcheck.check(message)))

"""Which header fields the readers hand on, and that of a message in a message only its own are known."""

import time

import pytest

from scamcheck.limits import MAX_RESULTS
from scamcheck.readers import msg, read
from scamcheck.text import layers
from scamcheck.types import Wrapping
from tests.readers import cfb
from tests.readers.cfb import TEXT

LETTER = "I recorded you. Pay 900 EUR in Bitcoin within 48 hours."
FIELDS = """\
Return-Path: <bounce@bulk.example>
Authentication-Results: mx.example.org; spf=pass
 smtp.mailfrom=bulk.example
Received: from a.example by mx.example.org; Mon, 3 May 2021 10:11:12 +0200
Authentication-Results: mx.example.org; dmarc=pass
From: =?utf-8?q?=C3=84nn?= <ann@example.org>
Sender: Bob <bob@example.org>
Reply-To: Cleo
 <cleo@example.net>
To: dan@example.org
List-Post: <mailto:list@example.org>
Subject: hello
Message-ID: <1@example.org>
MIME-Version: 1.0
"""
REPORTED = (("authentication-results", "mx.example.org; spf=pass smtp.mailfrom=bulk.example"),)


def known(message):
    return message.sender, message.submitter, message.reply_to, message.return_path, message.list_id


EXPECTED = (
    "Änn <ann@example.org>",
    "Bob <bob@example.org>",
    "Cleo <cleo@example.net>",
    "<bounce@bulk.example>",
    "<mailto:list@example.org>",
)


@pytest.mark.parametrize("source", [FIELDS + "\n" + LETTER, (FIELDS + "\n" + LETTER).encode()], ids=["pasted", "file"])
def test_raw_source_has_all_fields(source):
    message = read(source)
    assert known(message) == EXPECTED
    assert message.authentication == REPORTED


def test_an_outlook_file_has_them_from_its_transport_headers():
    data = cfb.msg({(cfb.BODY, TEXT): LETTER, (cfb.HEADERS, TEXT): FIELDS.replace("\n", "\r\n") + "\r\n"})
    message = msg.read(data, None)
    assert known(message) == EXPECTED
    assert message.authentication == REPORTED


def test_an_outlook_file_without_transport_headers_has_what_its_properties_say():
    people = {
        (0x0042, TEXT): "Ann", (0x5D02, TEXT): "ann@example.org",
        (0x0C1A, TEXT): "Bob", (0x5D01, TEXT): "bob@example.org",
    }  # fmt: skip
    message = msg.read(cfb.msg({(cfb.BODY, TEXT): LETTER, (0x0050, TEXT): "cleo@example.net", **people}), None)
    assert known(message) == ("Ann <ann@example.org>", "Bob <bob@example.org>", "cleo@example.net", "", "")
    same = {(0x0C1A, TEXT): "Ann", (0x5D01, TEXT): "ann@example.org", (0x0050, TEXT): "Cleo"}
    message = msg.read(cfb.msg({(cfb.BODY, TEXT): LETTER, **same}), None)
    assert known(message) == ("Ann <ann@example.org>", "", "", "", "")


def wrapped(kind, inner=FIELDS):
    return (
        "Authentication-Results: outer.example; dmarc=pass\nFrom: eve@example.com\nTo: help@example.com\n"
        f"Message-ID: <2@example.com>\nMIME-Version: 1.0\nContent-Type: {kind}; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nPlease look at this.\n"
        f"--b\nContent-Type: message/rfc822\n\n{inner}\n{LETTER}\n--b--\n"
    )


def test_an_attached_mail_has_its_own_results_and_never_the_outer_ones():
    (inner,) = read(wrapped("multipart/mixed")).enclosed
    assert (inner.wrapping, inner.authentication) == (Wrapping.ATTACHED, REPORTED)
    (bare,) = read(wrapped("multipart/mixed", "From: x@example.net\n")).enclosed
    assert (bare.sender, bare.authentication) == ("x@example.net", ())


def test_what_stands_in_a_returned_mail_is_the_word_of_nobody():
    (inner,) = read(wrapped("multipart/report")).enclosed
    assert (inner.wrapping, inner.sender, inner.authentication) == (Wrapping.RETURNED, EXPECTED[0], ())


FORWARD = """\
Please look at this.

---------- Forwarded message ---------
From: Ann <ann@example.org>
Reply-To: cleo@example.net
Date: Mon, 3 May 2021 at 10:11
Subject: your account
To: <ann@example.org>

I recorded you. Pay 900 EUR in Bitcoin within 48 hours.
"""


def test_of_a_mail_in_a_text_only_what_stands_there_is_known():
    outer, inner = (layer.headers for layer in layers(read(FIELDS + "\n" + FORWARD)))
    assert known(outer) == EXPECTED
    assert known(inner) == ("Ann <ann@example.org>", "", "cleo@example.net", "", "")
    assert (inner.recipients, inner.subject, inner.authentication) == ("<ann@example.org>", "your account", ())
    assert outer.authentication == REPORTED


def test_a_reply_address_in_a_returned_text_is_read():
    text = (
        "550 5.1.1 unknown user\n\n----- Original message -----\n\nReturn-Path: <x@example.net>\n"
        "From: ann@example.org\nReply-To: cleo@example.net\nSubject: your account\n"
        f"Authentication-Results: mx.example.org; dmarc=pass\n\n{LETTER}\n"
    )
    inner = layers(read(FIELDS + "\n" + text))[-1].headers
    assert known(inner) == ("ann@example.org", "", "cleo@example.net", "", "")
    assert inner.authentication == ()


def test_a_pasted_window_has_its_fields():
    inner = layers(read("From: Ann <ann@example.org>\nSent: Monday, May 3, 2021 10:11\nTo: ann@example.org\n"
                        f"Reply-To: cleo@example.net\nSubject: hello\n\n{LETTER}\n"))[-1].headers  # fmt: skip
    assert known(inner) == ("Ann <ann@example.org>", "", "cleo@example.net", "", "")


def test_results_of_one_block_are_capped():
    many = "".join(
        f"Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a{n}.example\n" for n in range(5000)
    )
    start = time.process_time()
    message = read("Message-ID: <1@example.org>\n" + many + FIELDS + "\n" + LETTER)
    assert len(message.authentication) == MAX_RESULTS
    assert time.process_time() - start < 3


def test_broken_bytes_in_fields_are_text():
    message = read(
        b"Authentication-Results: mx.\xff\xfe; spf=pass\nReply-To: \xff <a@\xe9.example>\n" + FIELDS.encode() + b"\nx"
    )
    ((name, value),) = message.authentication[:1]
    assert name == "authentication-results"
    assert value.encode("utf-8")
    assert "a@" in message.reply_to

"""What servers report of a sender: the forms in which they write it, and what of it is believed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.headers.authentication import (
    Report,
    Result,
    read_received_spf,
    read_results,
    sender_check,
)
from scamcheck.readers import read
from scamcheck.types import Message

LETTER = "From: Ann <ann@example.org>\nTo: ann@example.org\nSubject: hello\nMessage-ID: <1@example.org>\n\nHello.\n"

MICROSOFT = """\
Received: from AB1.prod.example.net (2001:db8::1) by AB2.prod.example.net with HTTPS; Mon, 3 May 2021 08:11:15 +0000
ARC-Seal: i=1; a=rsa-sha256; s=arcselector9901; d=microsoft.example; cv=none; b=abc==
ARC-Authentication-Results: i=1; mx.microsoft.example 1; spf=pass smtp.mailfrom=other.example; dmarc=pass
Received: from AB3.protection.example.net (192.0.2.1) by AB1.prod.example.net; Mon, 3 May 2021 08:11:14 +0000
Authentication-Results: spf=fail (sender IP is 192.0.2.7)
 smtp.mailfrom=example.org; dkim=none (message not signed)
 header.d=none;dmarc=fail action=none header.from=example.org;compauth=fail
 reason=601
Received-SPF: Fail (protection.example.net: domain of example.org does not
 designate 192.0.2.7 as permitted sender) receiver=protection.example.net;
 client-ip=192.0.2.7; helo=[192.0.2.7];
Received: from [192.0.2.7] (192.0.2.7) by AB3.protection.example.net; Mon, 3 May 2021 08:11:13 +0000
"""
GOOGLE = """\
Delivered-To: ann@example.org
Received: by 2002:a05:1234:: with SMTP id ab1csp123; Mon, 3 May 2021 01:11:14 -0700 (PDT)
X-Received: by 2002:a17:5678:: with SMTP id cd2mr456; Mon, 03 May 2021 01:11:13 -0700 (PDT)
ARC-Authentication-Results: i=1; mx.google.example;
       dkim=pass header.i=@bulk.example header.s=s1 header.b=Ab1+/x9=;
       spf=pass (google.example: domain of b+ann=example.org@bulk.example designates 192.0.2.7 as permitted sender)
       smtp.mailfrom="b+ann=example.org@bulk.example"
Return-Path: <b+ann=example.org@bulk.example>
Received: from mail.bulk.example (mail.bulk.example. [192.0.2.7]) by mx.google.example; Mon, 03 May 2021 01:11:12 -0700
Received-SPF: pass (google.example: domain of b+ann=example.org@bulk.example designates 192.0.2.7 as permitted sender)
 client-ip=192.0.2.7;
Authentication-Results: mx.google.example;
       dkim=pass header.i=@bulk.example header.s=s1 header.b=Ab1+/x9=;
       spf=pass (google.example: domain of b+ann=example.org@bulk.example designates 192.0.2.7 as permitted sender)
       smtp.mailfrom=b+ann=example.org@bulk.example;
       dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=example.org
"""
POSTFIX = """\
Return-Path: <ann@example.org>
Authentication-Results: mx.example.org; dmarc=pass (p=reject dis=none) header.from=example.org
Authentication-Results: mx.example.org;
\tdkim=pass (2048-bit key; unprotected) header.d=example.org header.i=@example.org header.b="ab;c=(";
\tdkim-atps=neutral
Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.9; helo=mail.example.org;
 envelope-from=ann@example.org; receiver=<UNKNOWN>
Received: from mail.example.org (mail.example.org [192.0.2.9]) by mx.example.org (Postfix) with ESMTPS id 1F65A3860A8
Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=evil.example; dmarc=fail
"""
EXIM = """\
Received: from [192.0.2.7] (helo=x.example) by mx.example.com with esmtp (Exim 4.94) id 1abCDe-0001Fg-AB
Authentication-Results: mx.example.com; iprev=fail smtp.remote-ip=192.0.2.7; auth=none;
 spf=fail smtp.mailfrom=example.org; dkim=none; arc=none; dmarc=fail header.from=example.org
"""
GMX = """\
Return-Path: <someone@bulk.example>
Received: from x.bulk.example ([192.0.2.7]) by mx-ha.gmx.example (mxgmx101 [192.0.2.100]) with ESMTP (Nemesis) id 1M
Authentication-Results: gmx.example; dkim=none
"""
YAHOO = """\
X-Apparently-To: ann@example.org; Mon, 3 May 2021 08:11:15 +0000
Received-SPF: softfail (domain of transitioning ann@example.org discourages use of 192.0.2.7 as permitted sender)
Authentication-Results: mta1.mail.yahoo.example from=example.org; domainkeys=neutral (no sig); from=example.org;
 dkim=pass (ok) header.i=@bulk.example
Received: from 127.0.0.1 (EHLO x.example) (192.0.2.7) by mta1.mail.yahoo.example with SMTP
"""
NEW_YAHOO = """\
Authentication-Results: atlas.yahoo.example;
 dkim=unknown;
 spf=none smtp.mailfrom=x.example;
 dmarc=pass(p=REJECT) header.from=example.org;
Received: from 192.0.2.7 (EHLO x.example) by atlas.yahoo.example
"""


def check_of(fields, letter=LETTER):
    return sender_check(read((fields + letter).encode(), filename="mail.eml"))


@pytest.mark.parametrize(
    ("fields", "outcomes", "reported_by", "aligned", "spoofed"),
    [
        (MICROSOFT, {"spf": "fail", "dkim": "none", "dmarc": "fail"}, "protection.example.net", False, True),
        (GOOGLE, {"spf": "pass", "dkim": "pass", "dmarc": "fail"}, "mx.google.example", False, True),
        (POSTFIX, {"spf": "pass", "dkim": "pass", "dmarc": "pass"}, "mx.example.org", True, False),
        (EXIM, {"spf": "fail", "dkim": "none", "dmarc": "fail"}, "mx.example.com", False, True),
        (GMX, {"dkim": "none"}, "gmx.example", False, False),
        (YAHOO, {"spf": "softfail", "dkim": "pass"}, "mta1.mail.yahoo.example", False, False),
        (NEW_YAHOO, {"spf": "none", "dmarc": "pass"}, "atlas.yahoo.example", True, False),
    ],
    ids=["microsoft", "google", "postfix", "exim", "gmx", "yahoo", "new yahoo"],
)
def test_the_forms_of_real_servers(fields, outcomes, reported_by, aligned, spoofed):
    check = check_of(fields)
    assert dict(check.outcomes) == outcomes
    assert (check.reported_by, check.aligned, check.spoofed) == (reported_by, aligned, spoofed)


@pytest.mark.parametrize(
    ("value", "report"),
    [
        # examples after RFC 8601, appendix B
        ("example.org 1; none", Report("example.org")),
        (
            "example.com; spf=pass smtp.mailfrom=example.net",
            Report("example.com", (Result("spf", "pass", "example.net"),)),
        ),
        (
            'example.com; dkim=pass reason="good signature; spf=fail" header.i=@mail.example.com',
            Report("example.com", (Result("dkim", "pass", "mail.example.com"),)),
        ),
        (
            "foo.example.net (foobar) 1 (baz);\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\n"
            " policy (A dot can go here) . (like that) expired",
            Report("foo.example.net"),
        ),  # a comment inside the name of a method: nobody writes it, and it costs no other result
        (
            "x.example (a (b (c) ;spf=pass) ); dkim/1 = hardfail (why; not)",
            Report("x.example", (Result("dkim", "fail"),)),
        ),
        (
            r"x.example (a \( b); spf=neutral smtp.mail=ann@example.org",
            Report("x.example", (Result("spf", "neutral", "example.org"),)),
        ),
        ("x.example; spf=pass smtp.helo=a.example", Report("x.example", (Result("spf", "pass", "a.example", False),))),
        (
            "x.example dkim=pass header.d=EXAMPLE.org. dmarc=pass",
            Report("x.example", (Result("dkim", "pass", "example.org"), Result("dmarc", "pass"))),
        ),
        ("x.example; spf=passed; dkim=; dmarc; =fail", Report("x.example")),
        ("x.example; spf=pass smtp.mailfrom=localhost", Report("x.example", (Result("spf", "pass"),))),
        ("x.example (never closed; spf=pass", Report("x.example")),
        ("<script>; spf=pass", Report("", (Result("spf", "pass"),))),
        ("", Report("")),
    ],
)
def test_results_are_read(value, report):
    assert read_results(value) == report


def test_results_of_arc_stand_behind_the_number_of_their_instance():
    expected = Report("mx.example.org", (Result("spf", "pass", "example.net"),))
    assert read_results("i=2; mx.example.org 1; spf=pass smtp.mailfrom=example.net", arc=True) == expected
    assert read_results("i=2; mx.example.org; spf=pass", arc=False).by == ""


@pytest.mark.parametrize(
    ("value", "report"),
    [
        (
            "Pass (mailfrom) identity=mailfrom; envelope-from=<ann@example.org>; receiver=mx.example.org",
            Report("mx.example.org", (Result("spf", "pass", "example.org"),)),
        ),
        (
            'softfail (a; b) receiver=r.example; envelope-from="ann@example.org"; helo=x.example',
            Report("r.example", (Result("spf", "softfail", "example.org"),)),
        ),
        ("pass identity=helo; helo=x.example", Report("", (Result("spf", "pass", "x.example", False),))),
        ("perhaps (x) receiver=r.example", Report("r.example")),
        ("", Report("")),
    ],
)
def test_received_spf_is_read(value, report):
    assert read_received_spf(value) == report


def results(*values, sender="Ann <ann@example.org>", recipients="bob@example.com", **fields):
    fields["authentication"] = tuple(("authentication-results", value) for value in values)
    return sender_check(Message((), sender=sender, recipients=recipients, **fields))


@pytest.mark.parametrize(
    ("value", "aligned", "spoofed"),
    [
        ("x.example; dmarc=pass header.from=example.org", True, False),
        ("x.example; dmarc=fail; spf=pass smtp.mailfrom=example.org", False, True),
        ("x.example; spf=pass smtp.mailfrom=b.example.org; dkim=fail header.d=example.org", True, False),
        ("x.example; spf=pass smtp.mailfrom=example.net; dkim=pass header.d=example.org", True, False),
        ("x.example; spf=pass smtp.mailfrom=example.net; dkim=pass header.d=example.net", False, False),
        ("x.example; spf=pass smtp.mailfrom=notexample.org", False, False),
        ("x.example; spf=fail smtp.mailfrom=example.org; dkim=none", False, True),
        ("x.example; spf=fail smtp.mailfrom=example.org; dkim=pass header.d=example.org", True, False),  # a relay
        ("x.example; spf=fail smtp.mailfrom=example.net", False, False),
        ("x.example; spf=fail", False, False),
        ("x.example; spf=softfail smtp.mailfrom=example.org", False, False),
        ("dmarc=none; spf=pass smtp.mailfrom=example.net; compauth=fail reason=001", False, True),
        ("dmarc=none; spf=pass smtp.mailfrom=example.net; compauth=softpass reason=201", False, False),
    ],
)
def test_what_passed_counts_only_for_the_domain_in_from(value, aligned, spoofed):
    check = results(value)
    assert (check.aligned, check.spoofed) == (aligned, spoofed)


def test_of_several_signatures_the_one_of_the_sender_counts():
    check = results(
        "x.example; dkim=fail header.d=a.example; dkim=pass header.d=b.example; dkim=pass header.d=example.org"
    )
    assert (check.dkim, check.aligned) == ("pass", True)
    assert check.passed == {"b.example", "example.org"}


def test_the_domain_of_the_envelope_may_stand_in_return_path_alone():
    assert results("x.example; spf=fail", return_path="<ann@example.org>").spoofed
    assert not results("x.example; spf=fail", return_path="<ann@example.net>").spoofed
    assert not results("x.example; spf=fail", return_path="<>").spoofed


def test_only_the_topmost_server_is_believed():
    check = results("mx.example.com; spf=fail smtp.mailfrom=example.org", "other.example; dmarc=pass; dkim=pass")
    assert (check.reported_by, dict(check.outcomes)) == ("mx.example.com", {"spf": "fail"})


def test_a_server_of_the_sender_is_not_the_one_that_received_the_mail():
    value = "mx.evil.example; spf=pass smtp.mailfrom=evil.example"
    assert results(value, sender="x@evil.example") is None
    assert results(value, sender="x@evil.example", recipients="me@evil.example") is not None
    assert results(value, sender="x@evil.example", recipients="") is not None


@pytest.mark.parametrize("fields", ["", "Authentication-Results: x.example; none\n", "Received-SPF: maybe\n"])
def test_nothing_reported_is_nothing_said(fields):
    assert check_of(fields) is None


def test_arc_and_received_spf_stand_in_where_there_is_nothing_else():
    arc = "ARC-Authentication-Results: i=2; mx.example.com; dmarc=fail header.from=example.org\n"
    spf = "Received-SPF: fail (x) envelope-from=ann@example.org; receiver=mx.example.com\n"
    assert (check_of(arc).dmarc, check_of(arc).reported_by) == ("fail", "mx.example.com")
    assert (check_of(spf).spf, check_of(spf).reported_by, check_of(spf).spoofed) == ("fail", "mx.example.com", True)
    both = check_of("Authentication-Results: gmx.example; dkim=none\n" + spf)
    assert (both.spf, both.reported_by) == ("fail", "gmx.example")


PIECES = ["(", ")", '"', "\\", ";", "=", " ", "\t", "\r\n", "spf", "dkim", "dmarc", "pass", "fail", "header.d", "i=1",
          "a.b", "@", "receiver", "\ud800", "ё"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join))
def test_any_value_is_read(value):
    for report in (read_results(value), read_results(value, arc=True), read_received_spf(value)):
        assert all(result.outcome.isascii() and result.domain.isascii() for result in report.results)
    fields = (("authentication-results", value), ("received-spf", value), ("arc-authentication-results", value))
    sender_check(Message((), sender=value, recipients=value, return_path=value, authentication=fields))


@pytest.mark.parametrize("piece", ["(", ")", '"', "\\", ";", "=", " = ", "spf=pass ", "spf=pass;", "a=", "(a", '"a" '])
def test_hostile_values_take_linear_time(piece):
    def seconds(size):
        value = (piece * size)[:size]
        start = time.process_time()
        read_results(value)
        read_received_spf(value)
        return time.process_time() - start

    assert seconds(100_000) < 20 * seconds(10_000) + 0.2

"""What the headers show of the sender: tables of each indicator with near misses, and hostile values."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.features.headers.addresses import (
    Mailbox,
    mailboxes,
    organisation,
    same_sender_and_recipient,
    sender,
    shown_addresses,
)
from scamcheck.features.headers.names import free_mail
from scamcheck.features.headers.platforms import platforms
from scamcheck.features.indicators import Claim, detect
from scamcheck.features.indicators.sender import DETECTORS, NOWHERE
from scamcheck.text import assemble
from scamcheck.types import Message, Part, Span

TEXT = "I sent this mail from your own account."
FORGED = (("authentication-results", "mx.example.org; spf=fail smtp.mailfrom=example.org; dmarc=fail"),)
GENUINE = (("authentication-results", "mx.example.org; spf=pass smtp.mailfrom=example.org; dmarc=pass"),)


def find(indicator, *claims, **fields):
    """Return the facts of each finding of one indicator where the text makes the claims."""
    message = Message((Part("text/plain", TEXT),), **fields)
    reading = assemble(message)[0]
    said = [Claim(name, Span(0, len(reading.folded.text)), 0.9) for name in claims]
    return [dict(found.facts) for found in detect(reading, message, said) if found.indicator == indicator]


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("Ann <ann@example.org>", "Ann", "ann@example.org"),
        ("<Ann@EXAMPLE.org>", "", "ann@example.org"),
        ("ann@example.org", "", "ann@example.org"),
        ("ann@example.org (Ann)", "Ann", "ann@example.org"),
        ("Ann [mailto:ann@example.org]", "Ann", "ann@example.org"),
        ('"Doe, Ann" <ann@example.org>', "Doe, Ann", "ann@example.org"),
        ("Doe, Ann <ann@example.org>", "Doe, Ann", "ann@example.org"),
        ("bob@example.com <ann@example.org>", "bob@example.com", "ann@example.org"),
        ('"bob@example.com" <ann@example.org>', "bob@example.com", "ann@example.org"),
        ("<bob@example.com> <ann@example.org>", "<bob@example.com>", "ann@example.org"),
        ("bob@example.com, <ann@example.org>", "bob@example.com", "ann@example.org"),
        ("Ann <ann@example.org>, Bob <bob@example.com>", "Ann", "ann@example.org"),
        ('5" Ann <ann@example.org>', "5 Ann", "ann@example.org"),
        ("Ann :( <ann@example.org>", "Ann :", "ann@example.org"),
        ("ann@bücher.example", "", "ann@xn--bcher-kva.example"),
        ("Ann <ann@example.org", "Ann", "ann@example.org"),
        ("Ann", "Ann", ""),
        ("Ann <ann at example.org>", "Ann", ""),
        ("", "", ""),
        ("(" * 5000, "", ""),
        ("Ann <" + "a" * 600 + "@example.org>", "Ann", ""),
    ],
)
def test_a_sender_is_read(header, name, address):
    assert sender(header) == Mailbox(name, address)


@pytest.mark.parametrize(
    ("header", "addresses"),
    [
        ("ann@example.org, Bob <bob@example.org>", ["ann@example.org", "bob@example.org"]),
        ("Doe, Ann <ann@example.org>; Roe, Bob <bob@example.org>", ["ann@example.org", "bob@example.org"]),
        ("undisclosed-recipients:;", []),
        ("Team: ann@example.org, bob@example.org;", ["ann@example.org", "bob@example.org"]),
        ("ann@example.org, broken@, bob@example.org", ["ann@example.org", "bob@example.org"]),
        ('"a, b@example.org" <ann@example.org>', ["ann@example.org"]),
    ],
)
def test_recipients_are_read(header, addresses):
    assert [mailbox.address for mailbox in mailboxes(header)] == addresses


@pytest.mark.parametrize(
    ("address", "person"),
    [
        ("ann+news@example.org", "ann@example.org"),
        ("an.n+x@googlemail.com", "ann@gmail.com"),
        ("an.n@example.org", "an.n@example.org"),
        ("+x@example.org", "+x@example.org"),
    ],
)
def test_a_person_is_told_without_tags(address, person):
    assert Mailbox("", address).person == person


@pytest.mark.parametrize(
    ("domain", "registered"),
    [
        ("example.org", "example.org"),
        ("a.b.example.org", "example.org"),
        ("a.example.co.uk", "example.co.uk"),
        ("example.co.uk", "example.co.uk"),
        ("co.uk", "co.uk"),
        ("www.example.de", "example.de"),
        ("", ""),
    ],
)
def test_what_somebody_registered(domain, registered):
    assert organisation(domain) == registered


@pytest.mark.parametrize(
    ("own", "to", "same"),
    [
        ("Ann <ann@example.org>", "ann@EXAMPLE.org", True),
        ("ann@example.org", "Ann <ann+shop@example.org>", True),
        ("Support <ann@example.org>", "ann@example.org", True),
        ("<ann@example.org>", "ann@example.org, ann@example.org", True),
        ("ann@example.org", "ann@example.org, bob@example.org", None),  # the reader may be Bob
        ("ann@example.org", "bob@example.org, cleo@example.org", False),
        ("ann@example.org", "ann@example.com", False),
        ('"ann@example.org" <x@example.net>', "ann@example.org", False),
        ("ann@example.org", "", None),
        ("nobody", "ann@example.org", None),
    ],
)
def test_sender_is_recipient(own, to, same):
    assert same_sender_and_recipient(Message((), sender=own, recipients=to)) is same
    assert find("sender_is_recipient", sender=own, recipients=to) == ([{"header": "From"}] if same else [])


def test_sender_is_recipient_with_what_the_server_says_and_on_lists():
    own = {"sender": "ann@example.org", "recipients": "ann@example.org"}
    assert find("sender_is_recipient", authentication=FORGED, **own) == [{"header": "From", "spoof_reported": True}]
    assert find("sender_is_recipient", authentication=GENUINE, **own) == [{"header": "From", "spoof_reported": False}]
    assert find("sender_is_recipient", list_id="<news.example.org>", **own) == []


@pytest.mark.parametrize(
    ("own", "to", "trick", "more"),
    [
        ('"bob@example.com" <x@example.net>', "ann@example.org", "address", {"shown_domain": "example.com"}),
        ("bob@example.com <x@example.net>", "ann@example.org", "address", {"shown_domain": "example.com"}),
        ("Bob (bob@gmail.com) <x@gmail.com>", "ann@example.org", "address", {"shown_domain": "gmail.com"}),
        ("bob@example.com <bob@example.com>", "ann@example.org", None, {}),
        ("info@example.com <news@mail.example.com>", "ann@example.org", None, {}),
        ("Bob @ Home <x@example.net>", "ann@example.org", None, {}),
        ("ann@example.org <x@example.net>", "ann@example.org", "own_address", {}),
        ("Ann <ann+a@example.org> <x@example.net>", "Ann <ann@example.org>", "own_address", {}),
        ("ann@example.org <ann@example.org>", "ann@example.org", None, {}),
        ("Ann Example <x@example.net>", "Ann Example <ann@example.org>", "own_name", {}),
        ("Ánn  EXAMPLE <x@example.net>", "Ann Example <ann@example.org>", "own_name", {}),
        ("ann.example <x@example.net>", "ann.example@example.org", "own_name", {}),
        ("Ann Example <ann@example.net>", "Ann Example <ann@example.org>", None, {}),  # a second account
        ("Ann Example <a.example@example.org>", "Ann Example <ann@example.org>", None, {}),
        ("Ann <x@example.net>", "Ann <ann@example.org>", None, {}),  # many are called Ann
        ("Ann Example <x@example.net>", "Ann Example <ann@example.org>, bob@example.org", None, {}),
        ("Support <x@example.net>", "support@example.org", None, {}),
        ("PayPal <x@gmail.com>", "ann@example.org", "known_name", {"shown_name": "PayPal"}),
        ("PAYPAL. Customer Service <x@gmail.com>", "ann@example.org", "known_name", {"shown_name": "PayPal"}),
        ("Police nationale <x@hotmail.com>", "ann@example.org", "known_name", {"shown_name": "Police Nationale"}),
        ("Polizia di Stato - Roma <x@libero.it>", "ann@example.org", "known_name", {"shown_name": "Polizia di Stato"}),
        ("PayPal <x@shop.example>", "ann@example.org", None, {}),  # perhaps a shop or a country of theirs
        ("Paypalina Example <x@gmail.com>", "ann@example.org", None, {}),
        ("Friends of the Polizei Museum <x@gmail.com>", "ann@example.org", None, {}),
        ("Ann of PayPal <x@gmail.com>", "ann@example.org", None, {}),
        ("Pаypal Service <x@example.net>", "ann@example.org", "look_alike", {}),  # a Cyrillic a
        ("Pay\u200bPal <x@example.net>", "ann@example.org", "look_alike", {}),
        ("РАУРАL <x@example.net>", "ann@example.org", "look_alike", {}),
        ("ІNTЕRРOL Office Unit <x@example.net>", "ann@example.org", "look_alike", {}),
        ("КВС Service Team <x@example.net>", "ann@example.org", "look_alike", {}),  # all three Cyrillic
        ("Анна Example <x@example.net>", "ann@example.org", None, {}),
        ("Ånn Exämple <x@example.net>", "ann@example.org", None, {}),
        ("A\u030ann Exa\u0308mple <x@example.net>", "ann@example.org", None, {}),  # the same, decomposed
        ("Ann ❤️ Shop 👩‍💻 <x@example.net>", "ann@example.org", None, {}),
        ("株式会社 Example <x@example.net>", "ann@example.org", None, {}),
        ("Ann", "ann@example.org", None, {}),
        ("", "ann@example.org", None, {}),
    ],
)
def test_display_name(own, to, trick, more):
    domain = sender(own).domain
    expected = [{"header": "From", "trick": trick, "domain": domain, **more}] if trick else []
    assert find("display_name", sender=own, recipients=to) == expected


def test_a_name_may_carry_two_tricks():
    found = find("display_name", sender="PаyPal bob@example.com <x@gmail.com>", recipients="ann@example.org")
    assert {facts["trick"] for facts in found} == {"look_alike", "address", "known_name"}


@pytest.mark.parametrize(
    ("own", "more"),
    [
        ("'bob@example.com' via Birds <birds@lists.example>", {"list_id": "<birds.lists.example>"}),
        ('"bob@example.com (via Google Drive)" <drive-shares-noreply@google.com>', {}),
        ("bob@example.com via DocuSign <dse@docusign.net>", {}),
    ],
)
def test_lists_and_platforms_put_their_users_into_the_name(own, more):
    assert find("display_name", sender=own, recipients="ann@example.org", **more) == []


@pytest.mark.parametrize(
    ("own", "reply", "differs"),
    [
        ("ann@example.org", "bob@example.net", True),
        ("Ann <ann@example.org>", "<bob@gmail.com>", True),
        ("ann@gmail.com", "bob@gmail.com", True),
        ("ann@gmail.com", "a.nn+x@googlemail.com", False),
        ("ann@example.org", "support@mail.example.org", False),
        ("noreply@mail.example.org", "support@example.org", False),
        ("ann@example.org", "x@example.net, ann@example.org", False),
        ("ann@example.org", "nobody", False),
        ("nobody", "ann@example.org", False),
        ("ann@example.org", "", False),
    ],
)
def test_reply_to_differs(own, reply, differs):
    facts = {"header": "Reply-To", "from_domain": sender(own).domain}
    expected = [{**facts, "reply_domain": mailboxes(reply)[0].domain}] if differs else []
    assert find("reply_to_differs", sender=own, reply_to=reply) == expected
    assert find("reply_to_differs", sender=own, reply_to=reply, list_id="<birds.example>") == []


def test_sender_check_says_who_reports_and_what():
    facts = {"header": "Authentication-Results", "spf": "fail", "dmarc": "fail", "reported_by": "mx.example.org"}
    assert find("sender_check", sender="ann@example.org", authentication=FORGED) == [{**facts, "aligned": False}]
    unnamed = (("authentication-results", "spf=pass smtp.mailfrom=example.org; compauth=pass reason=100"),)
    expected = {"header": "Authentication-Results", "spf": "pass", "aligned": True}
    assert find("sender_check", sender="ann@example.org", authentication=unnamed) == [expected]
    assert find("sender_check", sender="ann@example.org") == []


def passed(domain, outcome="pass"):
    return (("authentication-results", f"mx.example.org; dkim={outcome} header.d={domain}"),)


@pytest.mark.parametrize(
    ("fields", "platform", "confirmed"),
    [
        ({"sender": "service@paypal.com", "authentication": passed("paypal.com")}, "PayPal", True),
        ({"sender": "Bob <service@mail.paypal.com>"}, "PayPal", False),
        ({"sender": "service@paypal.com", "authentication": passed("paypal.com", "fail")}, None, None),
        ({"sender": "service@paypal.com", "authentication": passed("example.net")}, None, None),
        ({"sender": "service@paypal.com.example.net"}, None, None),
        ({"sender": "service@notpaypal.com"}, None, None),
        ({"sender": "PayPal <service@example.net>"}, None, None),
        (
            {
                "sender": "bob@example.net",
                "submitter": "Google Calendar <calendar-notification@google.com>",
                "authentication": passed("google.com"),
            },
            "Google",
            True,
        ),
        ({"sender": "bob@gmail.com", "authentication": passed("gmail.com")}, None, None),
        ({"sender": "bob@example.net", "submitter": "bob@gmail.com"}, None, None),
        ({}, None, None),
    ],
)
def test_platform_notice(fields, platform, confirmed):
    found = find("platform_notice", "recording", recipients="ann@example.org", **fields)
    assert [(facts["platform"], facts["confirmed"]) for facts in found] == ([(platform, confirmed)] if platform else [])


@pytest.mark.parametrize(
    ("claims", "count"),
    [
        (["recording"], 1),
        (["contacts_threat"], 1),
        (["payment_demand", "hacked_device"], 1),
        (["payment_demand"], 0),
        (["payment_demand", "deadline"], 0),
        (["hacked_device"], 0),
        ([], 0),
    ],
)
def test_only_a_threat_makes_a_platform_notice_of_note(claims, count):
    assert len(find("platform_notice", *claims, sender="service@paypal.com")) == count


@pytest.mark.parametrize(
    ("own", "to", "authentication", "facts"),
    [
        ("ann@example.org", "ann@example.org", (), {"from_equals_to": True}),
        ("x@example.net", "ann@example.org", (), {"from_equals_to": False}),
        ("ann@example.org", "", (), {}),
        ("ann@example.org", "ann@example.org", FORGED, {"from_equals_to": True, "spoof_reported": True}),
        ("ann@example.org", "ann@example.org", GENUINE, {"from_equals_to": True, "spoof_reported": False}),
    ],
)
def test_own_address(own, to, authentication, facts):
    assert find("own_address", "own_address", sender=own, recipients=to, authentication=authentication) == [facts]
    assert find("own_address", sender=own, recipients=to, authentication=authentication) == []


def test_the_tables_hold_plain_registrable_domains():
    kinds = {"invoice", "calendar", "file", "form", "signature", "code", "message", "event", "admin"}
    for domain, platform in platforms().items():
        assert organisation(domain) == domain == domain.lower()
        assert platform.name
        assert platform.kind in kinds
    for domain in free_mail():
        assert organisation(domain) == domain == domain.lower()
    assert not free_mail() & platforms().keys()


PEOPLE = st.lists(
    st.sampled_from(["<", ">", '"', "\\", "(", ")", ",", ";", ":", "@", ".", " ", "ann@example.org", "mailto:", "Ann",
                     "PayPal", "gmail.com", "а", "\u200b", "\ud800", "&#", "ß"])
    | st.text(max_size=4),
    max_size=30,
).map("".join)  # fmt: skip


@given(PEOPLE, PEOPLE, PEOPLE)
def test_any_headers_give_findings_without_an_address_in_them(own, to, reply):
    message = Message((), sender=own, recipients=to, reply_to=reply, submitter=own, return_path=to)
    claims = [Claim("recording", Span(0, 0), 0.9)]
    for detector in DETECTORS:
        for found in detector.find(assemble(message)[0], message, claims):
            assert found.span == NOWHERE
            assert not any("@" in str(value) for value in found.facts.values())


@pytest.mark.parametrize(
    "piece",
    ["<", ">", '"', "\\", "(", "()", ",", "a,", "@", "a@", "a@b.example,", "<a@b.example>", "ß ", "&amp;", "a.a@"],
)
def test_hostile_headers_are_cut(piece):
    value = (piece * 100_000)[:100_000]
    start = time.process_time()
    sender(value)
    mailboxes(value)
    list(shown_addresses(value))
    message = Message((), sender=value, recipients=value, reply_to=value)
    for detector in DETECTORS:
        list(detector.find(assemble(Message(()))[0], message, []))
    assert time.process_time() - start < 1

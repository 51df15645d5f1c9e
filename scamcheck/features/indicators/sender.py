"""What the headers show of the sender, and the claim that the mail was sent from the reader's own address.

Facts of the headers stand nowhere in the visible text: their findings have the empty span 0..0 and the fact `header`,
the field that they are about. None holds an address or a name of a person, so that they can be shown and exported.
"""

from collections.abc import Iterator, Sequence

from scamcheck.features.headers.addresses import mailboxes, organisation, same_sender_and_recipient, sender
from scamcheck.features.headers.authentication import sender_check
from scamcheck.features.headers.names import free_mail, tricks
from scamcheck.features.headers.platforms import platform_notice
from scamcheck.features.indicators.base import Claim, Detector, Kind, Strength, named, visible_span
from scamcheck.text import Text
from scamcheck.types import Finding, Message, Span

NOWHERE = Span(0, 0)
"""The span of a finding that stands in no text."""

Facts = dict[str, str | int | float | bool]

_THREATS = frozenset(("recording", "contacts_threat"))
_THREATS_WITH_DEMAND = frozenset(("hacked_device", "malware", "tracking", "no_police"))


def _spoof_reported(message: Message) -> dict[str, bool]:
    """Return the fact whether the receiving server found the sender made up, none where it says nothing of it."""
    check = sender_check(message)
    return {} if check is None else {"spoof_reported": check.spoofed}


def _own_address(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    same = same_sender_and_recipient(message)
    facts = ({} if same is None else {"from_equals_to": same}) | _spoof_reported(message)
    for claim in named(claims, "own_address"):
        yield Finding("own_address", visible_span(text, claim.span.start, claim.span.end), facts)


def _sender_is_recipient(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    # many lists put their own address, where answers go, in the place of the sender's (RFC 7960 section 4.1.3.3)
    if same_sender_and_recipient(message) and not message.list_id:
        yield Finding("sender_is_recipient", NOWHERE, {"header": "From", **_spoof_reported(message)})


def _display_name(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    domain = sender(message.sender).domain
    for trick, facts in tricks(message):
        yield Finding("display_name", NOWHERE, {"header": "From", "trick": trick, "domain": domain, **facts})


def _reply_to_differs(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Yield where answers go to another organisation, or at a free-mail provider to another mailbox.

    Mailing lists set Reply-To to the list, so theirs says nothing.
    """
    own, replies = sender(message.sender), mailboxes(message.reply_to)
    if not own.address or not replies or message.list_id:
        return
    related = (
        reply.person == own.person
        or (organisation(reply.domain) == organisation(own.domain) and reply.domain not in free_mail())
        for reply in replies
    )
    if not any(related):
        facts = {"header": "Reply-To", "from_domain": own.domain, "reply_domain": replies[0].domain}
        yield Finding("reply_to_differs", NOWHERE, facts)


def _sender_check(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    check = sender_check(message)
    if check is None:
        return
    by = {"reported_by": check.reported_by} if check.reported_by else {}
    facts: Facts = {"header": "Authentication-Results", **check.outcomes, **by, "aligned": check.aligned}
    yield Finding("sender_check", NOWHERE, facts)


def _platform_notice(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Yield where the notice of a platform threatens. A demand of money alone is no threat: bills make one."""
    said = {claim.name for claim in claims}
    if not (said & _THREATS or ("payment_demand" in said and said & _THREATS_WITH_DEMAND)):
        return
    notice = platform_notice(message)
    if notice:
        facts: Facts = {
            "header": notice.header,
            "platform": notice.platform.name,
            "kind": notice.platform.kind,
            "confirmed": notice.confirmed,
        }
        yield Finding("platform_notice", NOWHERE, facts)


DETECTORS = (
    Detector("own_address", _own_address),
    Detector("sender_is_recipient", _sender_is_recipient, Kind.HEADER, Strength.SUPPORTING),
    Detector("display_name", _display_name, Kind.HEADER, Strength.SUPPORTING),
    Detector("reply_to_differs", _reply_to_differs, Kind.HEADER, Strength.ORDINARY),
    Detector("sender_check", _sender_check, Kind.HEADER, Strength.ORDINARY),
    Detector("platform_notice", _platform_notice, Kind.HEADER, Strength.SUPPORTING),
)

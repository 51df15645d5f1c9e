"""Facts about people in the text: how the sender wants to be reached, and what they name of the reader's."""

from collections.abc import Iterator, Sequence

from scamcheck.features.contact.handles import Handle, find_handles
from scamcheck.features.contact.mail_addresses import MailAddress, find_mail_addresses
from scamcheck.features.contact.owner import Owner, cues, owner, sentence_around
from scamcheck.features.contact.personal import personal_spans
from scamcheck.features.contact.phones import candidates, e164
from scamcheck.features.headers.addresses import Mailbox, mailboxes
from scamcheck.features.indicators.base import Claim, Detector, Kind, Strength, named, visible_span
from scamcheck.text import Text
from scamcheck.text.redact import phone_like
from scamcheck.text.unicode import merge
from scamcheck.types import Finding, Message, Span

_PROOF = frozenset(("own_address", "leaked_password", "reader_data", "hacked_device"))
"""Claims in whose sentence an address or a number is named as proof: it is the reader's unless the words say else."""

_LIST_ENDINGS = ("-request", "-leave", "-unsubscribe", "-subscribe", "-bounces", "-owner", "-help")
"""Ends of the addresses by which one leaves a mailing list (RFC 2142, section 6; Mailman): nobody's contact. Nor is the
list itself, as its foot names it."""

_NEAR = 40  # characters before a number without a country, or an address, in which a word tells what it is


def _owner(text: Text, span: Span, claims: Sequence[Claim]) -> Owner:
    told = owner(text.folded.text, span, text.language)
    if told is Owner.UNKNOWN and any(claim.name in _PROOF and claim.span.intersects(span) for claim in claims):
        return Owner.READER
    return told


def _addresses(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[tuple[MailAddress, Owner, bool]]:
    """Yield each address with its owner and whether it is the recipient's."""
    recipients = {mailbox.person for mailbox in mailboxes(message.recipients)}
    for found in find_mail_addresses(text.folded.text):
        mine = Mailbox("", found.address).person in recipients
        yield found, Owner.READER if mine else _owner(text, found.span, claims), mine


def _contact_addresses(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for found, whose, _ in _addresses(text, message, claims):
        before = text.folded.text[max(0, found.span.start - _NEAR) : found.span.start].lower()
        of_list = found.address.partition("@")[0].endswith(_LIST_ENDINGS) or "mailing list" in before
        if whose is Owner.SENDER and not of_list:
            span = visible_span(text, found.span.start, found.span.end)
            yield Finding("contact_address", span, {"address": found.address})


def _contact_phones(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    for found in candidates(folded):
        if not found.international:
            before = folded[max(0, found.span.start - _NEAR) : found.span.start].lower()
            if not cues(text.language).phone.search(before):
                continue
        if _owner(text, found.span, claims) is Owner.SENDER and (number := e164(folded, found, text.language)):
            span = visible_span(text, found.span.start, found.span.end)
            yield Finding("contact_phone", span, {"phone": number})


def _handles(text: Text, claims: Sequence[Claim]) -> Iterator[tuple[Handle, Owner]]:
    for found in find_handles(text.folded.text):
        whose = _owner(text, found.span, claims)
        yield found, Owner.SENDER if whose is Owner.UNKNOWN and found.secretive else whose


def _contact_handles(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for found, whose in _handles(text, claims):
        if whose is Owner.SENDER:
            span = visible_span(text, found.span.start, found.span.end)
            yield Finding("contact_handle", span, {"app": found.app, "handle": found.handle})


def _named_accounts(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    for found, whose, recipient in _addresses(text, message, claims):
        around = sentence_around(text.folded.text, found.span)
        proof = any(claim.name in _PROOF and claim.span.intersects(around) for claim in claims)
        told = proof or owner(text.folded.text, found.span, text.language) is Owner.READER
        if whose is Owner.READER and told:
            span = visible_span(text, found.span.start, found.span.end)
            yield Finding("named_account", span, {"is_recipient": recipient}, secrets=(span,))
    for handle, whose in _handles(text, claims):
        if whose is Owner.READER:
            span = visible_span(text, handle.span.start, handle.span.end)
            yield Finding("named_account", span, {"is_recipient": False, "app": handle.app}, secrets=(span,))


def _reader_data(text: Text, message: Message, claims: Sequence[Claim]) -> Iterator[Finding]:
    folded = text.folded.text
    for claim in named(claims, "reader_data"):
        at = claim.span.start
        numbers = [Span(at + span.start, at + span.end) for span in phone_like(claim.span.of(folded))]
        theirs = [span for span in numbers if owner(folded, span, text.language) is Owner.SENDER]
        found = [*(span for span in numbers if span not in theirs), *personal_spans(folded, claim.span)]
        secrets = [span for span in found if not any(span.intersects(other) for other in theirs)]
        yield Finding(
            "reader_data",
            visible_span(text, claim.span.start, claim.span.end),
            secrets=merge([visible_span(text, span.start, span.end) for span in secrets]),
        )


DETECTORS = (
    Detector("contact_address", _contact_addresses, Kind.FACT, Strength.ORDINARY),
    Detector("contact_handle", _contact_handles, Kind.FACT, Strength.ORDINARY),
    Detector("contact_phone", _contact_phones, Kind.FACT, Strength.ORDINARY),
    Detector("named_account", _named_accounts, Kind.FACT, Strength.ORDINARY),
    Detector("reader_data", _reader_data),
)

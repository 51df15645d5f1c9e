"""Claims of proof about the reader: a password, the reader's own address as sender."""

import re
from collections.abc import Iterator
from email.utils import getaddresses

from email_validator import EmailNotValidError, validate_email

from scamcheck.features.cues import find_cues
from scamcheck.features.indicators.base import Detector, visible_span
from scamcheck.limits import MAX_ADDRESS_CHARS
from scamcheck.text import Text
from scamcheck.types import Finding, Message

_TRAILING = ".,;:)*\"'"  # not "!": passwords often end with it
_INTRODUCES = (":", '"', "'", "«", "„", "“", "=")
_HAS_SIGN = re.compile(r"[\d_@#$%!&+=-]")


def _passwords(text: Text, message: Message) -> Iterator[Finding]:
    for match, _ in find_cues("leaked_password", text.folded.text, text.language):
        group = next((name for name, value in match.groupdict().items() if value), None)
        if group is None:
            yield Finding("leaked_password", visible_span(text, *match.span()))
            continue
        value = match[group].rstrip(_TRAILING)
        lead = text.folded.text[match.start() : match.start(group)].rstrip()
        # "your password is known" names none: a bare word counts only behind a colon or quotes, or with a digit or sign
        if len(value) < 4 or not (_HAS_SIGN.search(value) or lead.endswith(_INTRODUCES)):
            continue
        start = match.start(group)
        secret = visible_span(text, start, start + len(value))
        whole = visible_span(text, match.start(), start + len(value))
        yield Finding("leaked_password", whole, {"quoted": True}, secret=secret)


def _addresses(header: str) -> set[str]:
    """Return the normalised addresses in a header value; broken ones are left out."""
    found: set[str] = set()
    try:
        pairs = getaddresses([header[:MAX_ADDRESS_CHARS]])
    except RecursionError:
        return found
    for _, address in pairs:
        try:
            found.add(validate_email(address, check_deliverability=False, test_environment=True).normalized.lower())
        except EmailNotValidError:
            continue
    return found


def same_sender_and_recipient(message: Message) -> bool | None:
    """Return whether From and To name the same address, or None where one of them is not known."""
    sender, recipients = _addresses(message.sender), _addresses(message.recipients)
    return bool(sender & recipients) if sender and recipients else None


def _own_address(text: Text, message: Message) -> Iterator[Finding]:
    same = same_sender_and_recipient(message)
    facts = {} if same is None else {"from_equals_to": same}
    for match, _ in find_cues("own_address", text.folded.text, text.language):
        yield Finding("own_address", visible_span(text, *match.span()), facts)


DETECTORS = (Detector("leaked_password", _passwords), Detector("own_address", _own_address))
